/** The driver of a tunnel: owns the event loop, the clock and the descriptors, and no protocol. */
@NullMarked
package org.jpptp.client.driver;

import org.jspecify.annotations.NullMarked;
