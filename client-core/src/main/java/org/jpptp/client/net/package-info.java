/** What a tunnel changes on the host, and how it is undone: {@link org.jpptp.client.net.HostNetwork}. */
@NullMarked
package org.jpptp.client.net;

import org.jspecify.annotations.NullMarked;
