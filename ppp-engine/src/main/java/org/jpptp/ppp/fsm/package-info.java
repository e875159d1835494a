/** The option negotiation automaton of RFC 1661 §4, shared by LCP, CCP and IPCP. */
@NullMarked
package org.jpptp.ppp.fsm;

import org.jspecify.annotations.NullMarked;
