/** MPPE (RFC 3078) and its keys (RFC 3079). */
@NullMarked
package org.jpptp.ppp.mppe;

import org.jspecify.annotations.NullMarked;
