package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Routing.Lan;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.Lockdown;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code jpptp lockdown}: what it asks for, says, and returns. */
class LockdownCommandTest {
    private static final String ON = "Lockdown is on: nothing leaves this machine but tunnels.\n";

    private static final String ON_BUT_LAN =
            "Lockdown is on: nothing leaves this machine but tunnels, and what is for its own private networks.\n";

    private final List<String> asked = new ArrayList<>();
    private Lockdown.State state = Lockdown.State.OFF;
    private @Nullable Failure refusal;
    private String warning = "";
    private CommandLineRunner shell;

    @BeforeEach
    void prepare() {
        shell = new CommandLineRunner();
        shell.runner = new TunnelRunner() {
            @Override
            public Optional<Lockdown> lockdown(HostLog log) {
                return Optional.of(new Remembered());
            }

            @Override
            public Tunnel prepare(ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets) {
                throw new AssertionError("no tunnel is asked for");
            }
        };
    }

    private final class Remembered implements Lockdown {
        @Override
        public State state() {
            return state;
        }

        @Override
        public Optional<String> on(Lan lan) throws HostChangeException {
            ask("on " + lan);
            state = lan == Lan.OPEN ? State.ON_BUT_LAN : State.ON;
            return warning.isEmpty() ? Optional.empty() : Optional.of(warning);
        }

        @Override
        public void off() throws HostChangeException {
            ask("off");
            state = State.OFF;
        }

        private void ask(String what) throws HostChangeException {
            asked.add(what);
            if (refusal != null) {
                throw new HostChangeException(refusal);
            }
        }
    }

    private void says(int exitCode, String out, String err, String... arguments) {
        CommandLineRunner.Result result = shell.run(arguments);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.out()).isEqualTo(out);
        assertThat(result.err()).isEqualTo(err);
    }

    @Test
    void onOffAndWhichOfThemHolds() {
        says(3, "Lockdown is off.\n", "", "lockdown", "status");
        says(0, ON, "", "lockdown", "on");
        says(0, ON, "", "lockdown", "status");
        says(0, ON_BUT_LAN, "", "lockdown", "on", "--allow-lan");
        says(0, ON_BUT_LAN, "", "lockdown", "status");
        says(0, "Lockdown is off.\n", "", "lockdown", "off");
        assertThat(asked).containsExactly("on CLOSED", "on OPEN", "off");
    }

    @Test
    void whatOthersHaveChangedIsNotOn() {
        state = Lockdown.State.UNTIL_BOOT;
        says(
                3,
                "Lockdown is in pieces: it holds, and ends with a boot, since another program has removed its file."
                        + " Say 'jpptp lockdown on' or off.\n",
                "",
                "lockdown",
                "status");
        state = Lockdown.State.REMOVED;
        says(
                3,
                "Lockdown is in pieces: another program has removed it from the kernel, though it is switched on."
                        + " Say 'jpptp lockdown on' or off.\n",
                "",
                "lockdown",
                "status");
    }

    @Test
    void whereNobodyMayLookNothingIsSaidToBeOff() {
        state = Lockdown.State.HIDDEN;
        says(
                4,
                "Whether lockdown is on is shown to root only. Say 'sudo jpptp lockdown status'.\n",
                "",
                "lockdown",
                "status");
    }

    @Test
    void thatItEndsWithABootIsAWarning() {
        warning = "Lockdown is on, but ends with a boot.";
        says(0, ON, "warning: Lockdown is on, but ends with a boot.\n", "lockdown", "on");
    }

    @Test
    void aHostThatRefusesIsAFailure() {
        refusal = Failure.of(FailureReason.HOST_CHANGE_REFUSED, "No nft.", "Install it.");
        says(5, "", "jpptp: No nft. Install it. (exit code 5)\n", "lockdown", "on");
        says(5, "", "jpptp: No nft. Install it. (exit code 5)\n", "lockdown", "off");
    }

    @Test
    void anotherWordIsAnErrorOfUsage() {
        CommandLineRunner.Result result = shell.run("lockdown", "onn");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("lockdown takes on, off or status, not 'onn'.");
        assertThat(asked).isEmpty();
    }
}
