/** MPPC (RFC 2118): the compression that may go before MPPE, or alone. */
@NullMarked
package org.jpptp.ppp.mppc;

import org.jspecify.annotations.NullMarked;
