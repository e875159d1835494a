/**
 * The PPTP control connection of RFC 2637 as pure machines: octets and time go in, octets and events come out.
 *
 * <p>{@link org.jpptp.control.ControlConnection} is the client (the PNS that places a call), {@link
 * org.jpptp.control.ControlServer} the server (the PAC that accepts it).
 */
@NullMarked
package org.jpptp.control;

import org.jspecify.annotations.NullMarked;
