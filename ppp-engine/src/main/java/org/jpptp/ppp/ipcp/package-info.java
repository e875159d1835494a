/** The IP Control Protocol (RFC 1332) with the name servers of RFC 1877. */
@NullMarked
package org.jpptp.ppp.ipcp;

import org.jspecify.annotations.NullMarked;
