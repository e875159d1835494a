/** The report page: facts of client.report, written as one HTML file that needs nothing else. */
@NullMarked
package org.jpptp.cli.report;

import org.jspecify.annotations.NullMarked;
