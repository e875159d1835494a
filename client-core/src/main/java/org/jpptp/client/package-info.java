/**
 * The words of the PPTP client: {@link org.jpptp.client.ClientConfig} in, {@link org.jpptp.client.TunnelEvent}s out, and
 * one {@link org.jpptp.client.Failure} when it does not work. What acts lies in the packages below.
 */
@NullMarked
package org.jpptp.client;

import org.jspecify.annotations.NullMarked;
