/**
 * PPP as pure machines: frames and time go in, frames and events come out. {@link org.jpptp.ppp.PppLink} is the entry.
 *
 * <p>Nothing here opens a socket, starts a thread or reads a clock (docs/architecture.md).
 */
@NullMarked
package org.jpptp.ppp;

import org.jspecify.annotations.NullMarked;
