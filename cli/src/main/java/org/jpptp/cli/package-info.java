/** Placeholder. */
@NullMarked
package org.jpptp.cli;

import org.jspecify.annotations.NullMarked;
