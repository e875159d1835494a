/** A whole client session against a whole server session over a simulated network, in virtual time. */
@NullMarked
package org.jpptp.lab.simulation;

import org.jspecify.annotations.NullMarked;
