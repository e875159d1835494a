/** The Link Control Protocol (RFC 1661 §5, §6; RFC 1570): what we ask for, what we accept. */
@NullMarked
package org.jpptp.ppp.lcp;

import org.jspecify.annotations.NullMarked;
