/**
 * The Linux edge of {@link org.jpptp.client.net}: iproute2's {@code ip} does the changes, a journal remembers how to undo
 * them.
 */
@NullMarked
package org.jpptp.client.net.linux;

import org.jspecify.annotations.NullMarked;
