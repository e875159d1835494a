/** Linux behind the seam: epoll, {@code /dev/net/tun}, raw sockets and iproute2. */
@NullMarked
package org.jpptp.client.host.linux;

import org.jspecify.annotations.NullMarked;
