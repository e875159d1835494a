/**
 * The {@code jpptp} command: {@link org.jpptp.cli.Main} is its entry, and everything else lies below.
 *
 * <p>{@code cli.command} has one class per command, {@code cli.option} what their options mean, {@code cli.usage} the
 * words, numbers and exit codes of a command line, {@code cli.service} how a tunnel is run, {@code cli.secret} where passwords come from, {@code cli.view}
 * what is shown. Tunnels are reached through {@code cli.service.TunnelRunner} only, so that {@code --help} and
 * {@code --version} load none of their libraries.
 */
@NullMarked
package org.jpptp.cli;

import org.jspecify.annotations.NullMarked;
