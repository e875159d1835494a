/** Many tunnels in one process, and one under more load than it carries. */
@NullMarked
package org.jpptp.lab.tunnels;

import org.jspecify.annotations.NullMarked;
