/** Logs of PPP programs, each dialect to the same evidence as a capture: the packets that it tells of are put together again. */
@NullMarked
package org.jpptp.client.explain.log;

import org.jspecify.annotations.NullMarked;
