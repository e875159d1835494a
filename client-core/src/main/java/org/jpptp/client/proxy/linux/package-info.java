/** The process in which the proxy runs, in a network namespace of its own, and how the tunnel's process drives it. */
@NullMarked
package org.jpptp.client.proxy.linux;

import org.jspecify.annotations.NullMarked;
