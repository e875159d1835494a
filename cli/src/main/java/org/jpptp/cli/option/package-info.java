/** Groups of options, and the configuration that they say. */
@NullMarked
package org.jpptp.cli.option;

import org.jspecify.annotations.NullMarked;
