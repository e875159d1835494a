/** The Linux edge: libc through JNA, and the raw socket that enhanced GRE travels on. */
@NullMarked
package org.jpptp.gre.linux;

import org.jspecify.annotations.NullMarked;
