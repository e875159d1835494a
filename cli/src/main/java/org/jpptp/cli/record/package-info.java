/** What is kept of a tunnel: a capture, a log, and in memory the trace that a report of a fault needs. */
@NullMarked
package org.jpptp.cli.record;

import org.jspecify.annotations.NullMarked;
