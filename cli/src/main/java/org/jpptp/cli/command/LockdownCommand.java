package org.jpptp.cli.command;

import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Operand;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Routing.Lan;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.Lockdown;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp lockdown}: what stays closed when no tunnel is there. */
final class LockdownCommand extends Command {
    /** What LSB wants of a status that is not on. */
    private static final int OFF = 3;
    /** And of one that cannot be known. */
    private static final int UNKNOWN = 4;

    private static final String ON = "Lockdown is on: nothing leaves this machine but tunnels.";
    private static final String ON_BUT_LAN =
            "Lockdown is on: nothing leaves this machine but tunnels, and what is for its own private networks.";

    private final TunnelRunner runner;
    private final Streams streams;

    private final Operand what = Operand.required("WHAT", "on, off or status.");

    private final Flag allowLan = new Flag(
            "--allow-lan", "With on: still reach this host's own networks, where their addresses are private.");

    LockdownCommand(TunnelRunner runner, Streams streams) {
        this.runner = runner;
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Messages messages = new Messages(streams.err(), streams.errStyle(null));
        Lockdown lockdown =
                runner.lockdown(line -> {}).orElseThrow(() -> new UsageException("This system has no lockdown."));
        if (!what.text().equals("status")) {
            streams.goOnWithoutOut();
        }
        try {
            switch (what.text()) {
                case "on" -> {
                    lockdown.on(allowLan.isSet() ? Lan.OPEN : Lan.CLOSED).ifPresent(messages::warning);
                    streams.out().println(allowLan.isSet() ? ON_BUT_LAN : ON);
                }
                case "off" -> {
                    lockdown.off();
                    streams.out().println("Lockdown is off.");
                }
                case "status" -> {
                    int code = status(lockdown);
                    return code == ExitCodes.SUCCESS && streams.lost().isPresent() ? UNKNOWN : code;
                }
                default ->
                    throw new UsageException(
                            "lockdown takes on, off or status, not '" + Numbers.shown(what.text()) + "'.");
            }
            return ExitCodes.SUCCESS;
        } catch (HostChangeException e) {
            messages.failure(e.failure());
            return e.failure().reason().exitCode();
        }
    }

    private int status(Lockdown lockdown) {
        switch (lockdown.state()) {
            case ON -> {
                streams.out().println(ON);
                return ExitCodes.SUCCESS;
            }
            case ON_BUT_LAN -> {
                streams.out().println(ON_BUT_LAN);
                return ExitCodes.SUCCESS;
            }
            case HIDDEN -> {
                streams.out()
                        .println("Whether lockdown is on is shown to root only. Say 'sudo jpptp lockdown status'.");
                return UNKNOWN;
            }
            case UNTIL_BOOT ->
                streams.out()
                        .println(
                                "Lockdown is in pieces: it holds, and ends with a boot, since another program has removed"
                                        + " its file. Say 'jpptp lockdown on' or off.");
            case REMOVED ->
                streams.out()
                        .println("Lockdown is in pieces: another program has removed it from the kernel, though it is"
                                + " switched on. Say 'jpptp lockdown on' or off.");
            case OFF -> streams.out().println("Lockdown is off.");
        }
        return OFF;
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "lockdown",
                        this,
                        "on: let nothing leave this machine but tunnels, also while none is up, and after a boot; off: end"
                                + " that; status: say which holds.")
                .exitCodes(Endings.of("Done; of status: it is on.")
                        .with(OFF, "Of status: it is off, or in pieces; of on and off: not root.")
                        .with(UNKNOWN, "Of status: that is not known, or cannot be written.")
                        .with(
                                FailureReason.HOST_CHANGE_REFUSED,
                                "The packet filter refused it, or the file that keeps it cannot be written."))
                .with(what, allowLan)
                .spec();
    }
}
