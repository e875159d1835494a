/** The IPv6 Control Protocol (RFC 5072): two interface identifiers, and nothing else. */
@NullMarked
package org.jpptp.ppp.ipv6cp;

import org.jspecify.annotations.NullMarked;
