/** The built command against servers: the real one of the lab, and the embedded one that fails as it is told. */
@NullMarked
package org.jpptp.cli.tunnel;

import org.jspecify.annotations.NullMarked;
