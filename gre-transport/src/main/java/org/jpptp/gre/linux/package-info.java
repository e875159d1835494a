/** The raw socket that enhanced GRE travels on, as Linux has it. */
@NullMarked
package org.jpptp.gre.linux;

import org.jspecify.annotations.NullMarked;
