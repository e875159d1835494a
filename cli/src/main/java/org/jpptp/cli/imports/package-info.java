/** Other programs' descriptions of PPTP tunnels, and what becomes of them in a profile. */
@NullMarked
package org.jpptp.cli.imports;

import org.jspecify.annotations.NullMarked;
