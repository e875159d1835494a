/**
 * A PPP link as a pure machine, and the layers that it is made of: frames and time go in, frames and events come out.
 * {@link org.jpptp.ppp.link.PppLink} is the entry.
 */
@NullMarked
package org.jpptp.ppp.link;

import org.jspecify.annotations.NullMarked;
