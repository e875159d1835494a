/** SOCKS5 and HTTP, spoken with clients by handlers of Netty's that know no socket. */
@NullMarked
package org.jpptp.client.proxy.netty;

import org.jspecify.annotations.NullMarked;
