/**
 * The seam between tunnels and the machine that they run on: what a system has to give them. {@code *.linux} is the one that
 * is real; the tests have another in memory, where time is virtual.
 */
@NullMarked
package org.jpptp.client.host;

import org.jspecify.annotations.NullMarked;
