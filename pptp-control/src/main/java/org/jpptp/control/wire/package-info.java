/** The messages of RFC 2637 §2: one record each, with the codec for them. */
@NullMarked
package org.jpptp.control.wire;

import org.jspecify.annotations.NullMarked;
