/** The commands, a class each, and {@link org.jpptp.cli.command.Cli}, which runs one and tells of its failures. */
@NullMarked
package org.jpptp.cli.command;

import org.jspecify.annotations.NullMarked;
