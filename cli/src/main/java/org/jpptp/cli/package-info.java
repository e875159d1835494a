/**
 * The {@code jpptp} command: one class per subcommand, and {@link org.jpptp.cli.Main} in front of them.
 *
 * <p>What is shown lies in {@code cli.view}, where passwords come from in {@code cli.secret}. Tunnels are reached through
 * {@link org.jpptp.cli.TunnelRunner} only, so that {@code --help} and {@code --version} load none of their libraries.
 */
@NullMarked
package org.jpptp.cli;

import org.jspecify.annotations.NullMarked;
