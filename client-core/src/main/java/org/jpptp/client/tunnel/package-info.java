/** One attempt at a tunnel, from the server's name to the last change undone: {@link org.jpptp.client.tunnel.PptpClient}. */
@NullMarked
package org.jpptp.client.tunnel;

import org.jspecify.annotations.NullMarked;
