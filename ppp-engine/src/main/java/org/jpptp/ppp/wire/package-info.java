/** PPP's formats: frames, control packets and their Configuration Options (RFC 1661 §2, §5, §6). */
@NullMarked
package org.jpptp.ppp.wire;

import org.jspecify.annotations.NullMarked;
