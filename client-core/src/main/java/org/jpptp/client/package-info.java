/**
 * The PPTP client: {@link org.jpptp.client.ClientConfig} in, {@link org.jpptp.client.TunnelEvent}s out, and one {@link
 * org.jpptp.client.Failure} when it does not work.
 */
@NullMarked
package org.jpptp.client;

import org.jspecify.annotations.NullMarked;
