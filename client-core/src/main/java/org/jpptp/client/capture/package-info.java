/**
 * A capture of one's own tunnel: decorators of the host's loop, sockets and interface, which copy what passes into a file. They
 * are put in only where somebody wants one.
 */
@NullMarked
package org.jpptp.client.capture;

import org.jspecify.annotations.NullMarked;
