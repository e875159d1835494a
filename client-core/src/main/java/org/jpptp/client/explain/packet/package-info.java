/** From the packets of a capture to what PPTP is made of: link layers, IP and its fragments, TCP in order, GRE. */
@NullMarked
package org.jpptp.client.explain.packet;

import org.jspecify.annotations.NullMarked;
