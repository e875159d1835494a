/**
 * The Linux edge of {@link org.jpptp.client.net}: the host's own commands, above all iproute2's {@code ip}, make each
 * {@link org.jpptp.client.net.linux.Change}, and a journal remembers how to undo it.
 */
@NullMarked
package org.jpptp.client.net.linux;

import org.jspecify.annotations.NullMarked;
