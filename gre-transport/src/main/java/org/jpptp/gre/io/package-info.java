/**
 * The system's own: libc through JNA, its error numbers, and file descriptors that are no Netty channels, polled by
 * Netty's epoll loop. The raw socket uses them, and the TUN device does.
 */
@NullMarked
package org.jpptp.gre.io;

import org.jspecify.annotations.NullMarked;
