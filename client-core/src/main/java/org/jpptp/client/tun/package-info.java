/** The tunnel interface: {@link org.jpptp.client.tun.TunDevice}, with its Linux edge in {@code tun.linux}. */
@NullMarked
package org.jpptp.client.tun;

import org.jspecify.annotations.NullMarked;
