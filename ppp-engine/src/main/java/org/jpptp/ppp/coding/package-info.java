/** What MPPC and MPPE share: the header with the coherency count, and how a datagram is told from garbage. */
@NullMarked
package org.jpptp.ppp.coding;

import org.jspecify.annotations.NullMarked;
