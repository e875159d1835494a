/** Where a password comes from; never an argument, which everybody on the machine could read. */
@NullMarked
package org.jpptp.cli.secret;

import org.jspecify.annotations.NullMarked;
