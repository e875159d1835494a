/**
 * {@link org.jpptp.client.session.Session} joins the three machines (control connection, GRE tunnel, PPP link) into one
 * pure machine: it has no thread, no socket and no clock.
 */
@NullMarked
package org.jpptp.client.session;

import org.jspecify.annotations.NullMarked;
