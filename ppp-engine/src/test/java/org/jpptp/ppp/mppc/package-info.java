/** Compressor against decompressor, and what nobody should send. */
@NullMarked
package org.jpptp.ppp.mppc;

import org.jspecify.annotations.NullMarked;
