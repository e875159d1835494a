/** With a password: whether it is the one, and what the tunnel carried. */
@NullMarked
package org.jpptp.client.explain.decrypt;

import org.jspecify.annotations.NullMarked;
