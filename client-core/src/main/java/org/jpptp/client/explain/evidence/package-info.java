/** What a capture or a log shows of a tunnel, whoever wrote it: facts with the time and the place that they come from. */
@NullMarked
package org.jpptp.client.explain.evidence;

import org.jspecify.annotations.NullMarked;
