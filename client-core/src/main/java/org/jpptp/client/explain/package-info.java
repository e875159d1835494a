/** From a capture or a log to a verdict: what was seen, what proves it, and what to do. */
@NullMarked
package org.jpptp.client.explain;

import org.jspecify.annotations.NullMarked;
