/** Authentication protocols, each a machine for either side: {@link org.jpptp.ppp.auth.Authentication}. */
@NullMarked
package org.jpptp.ppp.auth;

import org.jspecify.annotations.NullMarked;
