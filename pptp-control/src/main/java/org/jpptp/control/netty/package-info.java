/** The edge of the control connection: TCP on a Netty event loop, which knows octets but no messages. */
@NullMarked
package org.jpptp.control.netty;

import org.jspecify.annotations.NullMarked;
