/** Links against links, in virtual time. */
@NullMarked
package org.jpptp.ppp;

import org.jspecify.annotations.NullMarked;
