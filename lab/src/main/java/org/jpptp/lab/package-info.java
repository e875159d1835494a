/** Placeholder. */
@NullMarked
package org.jpptp.lab;

import org.jspecify.annotations.NullMarked;
