/**
 * An embedded PPTP server for demonstrations and tests, not for real users. {@link org.jpptp.lab.server.ServerSession}
 * is its pure machine, {@link org.jpptp.lab.server.EmbeddedServer} its edge.
 */
@NullMarked
package org.jpptp.lab.server;

import org.jspecify.annotations.NullMarked;
