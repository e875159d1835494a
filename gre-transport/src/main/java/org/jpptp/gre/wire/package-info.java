/** The formats: enhanced GRE (RFC 2637 §4.1) and as much of IPv4 as stands before it, over a {@code ByteBuf} in place. */
@NullMarked
package org.jpptp.gre.wire;

import org.jspecify.annotations.NullMarked;
