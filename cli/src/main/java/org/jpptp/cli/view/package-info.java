/** How a tunnel's progress and its failure are shown: to people, and as JSON to programs. */
@NullMarked
package org.jpptp.cli.view;

import org.jspecify.annotations.NullMarked;
