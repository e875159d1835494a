/** A real server, network namespaces and the built command, for tests that need them. */
@NullMarked
package org.jpptp.lab.peer;

import org.jspecify.annotations.NullMarked;
