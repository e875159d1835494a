/**
 * The words of PPP: what a link is configured with, what it tells, and how it fails. The machines lie in the packages
 * below, and {@link org.jpptp.ppp.link.PppLink} joins them.
 *
 * <p>Nothing here opens a socket, starts a thread or reads a clock (docs/architecture.md).
 */
@NullMarked
package org.jpptp.ppp;

import org.jspecify.annotations.NullMarked;
