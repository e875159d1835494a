/** How a tunnel is run: in the foreground of a terminal or of a script, until it ends or a signal ends it. */
@NullMarked
package org.jpptp.cli.service;

import org.jspecify.annotations.NullMarked;
