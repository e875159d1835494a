/** The event-loop edge: file descriptors that are no Netty channels, polled by Netty's epoll loop. */
@NullMarked
package org.jpptp.gre.netty;

import org.jspecify.annotations.NullMarked;
