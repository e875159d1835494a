/** EAP (RFC 2284) for either side, and the methods that run in it, a class each. */
@NullMarked
package org.jpptp.ppp.auth.eap;

import org.jspecify.annotations.NullMarked;
