/** The Linux edge of {@link org.jpptp.client.tun}: a descriptor of {@code /dev/net/tun}. */
@NullMarked
package org.jpptp.client.tun.linux;

import org.jspecify.annotations.NullMarked;
