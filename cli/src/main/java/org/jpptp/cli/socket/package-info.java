/**
 * The control socket of a tunnel: how others of its user ask it how it is doing, wait until it is up, and end it. The
 * protocol is in docs/control-socket.md.
 */
@NullMarked
package org.jpptp.cli.socket;

import org.jspecify.annotations.NullMarked;
