/**
 * Enhanced GRE (RFC 2637 §4) as a pure machine, {@link org.jpptp.gre.GreTunnel}: packets and time go in, packets come
 * out, in order and once. Its edges are {@code gre.linux} (the raw socket) and {@code gre.io} (the system and its event loop).
 */
@NullMarked
package org.jpptp.gre;

import org.jspecify.annotations.NullMarked;
