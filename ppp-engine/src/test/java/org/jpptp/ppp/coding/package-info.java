/** What MPPC and MPPE share. */
@NullMarked
package org.jpptp.ppp.coding;

import org.jspecify.annotations.NullMarked;
