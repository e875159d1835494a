/** Control packets in words, in the notation of pppd's debug log. */
@NullMarked
package org.jpptp.ppp.text;

import org.jspecify.annotations.NullMarked;
