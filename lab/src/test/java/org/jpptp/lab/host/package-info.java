/**
 * A machine in memory for {@link org.jpptp.client.tunnel.PptpClient}: whole tunnels to the embedded server without root, without
 * a socket and without waiting.
 */
@NullMarked
package org.jpptp.lab.host;

import org.jspecify.annotations.NullMarked;
