/** The Compression Control Protocol as far as MPPE needs it (RFC 1962, RFC 3078 §2). */
@NullMarked
package org.jpptp.ppp.ccp;

import org.jspecify.annotations.NullMarked;
