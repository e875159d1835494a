/** What is told of captures and logs, compared with what others make of them. */
@NullMarked
package org.jpptp.lab.explain;

import org.jspecify.annotations.NullMarked;
