package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    private static final String BANNER =
            "warning: PPTP cannot be made secure; use it to reach what speaks nothing else.\n";

    private final CommandLineRunner shell = new CommandLineRunner();

    private CommandLineRunner.Result failing(Failure failure, String... options) {
        shell.runner =
                (config, listener, secrets) -> CommandLineRunner.ending(listener, TunnelEvent.Ended.neverUp(failure));
        String[] line = Arrays.copyOf(new String[] {"connect", "vpn", "-u", "alice"}, 4 + options.length);
        System.arraycopy(options, 0, line, 4, options.length);
        return shell.run(line);
    }

    @Test
    void versionAndHelpSucceed() {
        assertThat(shell.run("--version").out()).startsWith("jpptp ").contains(" (Java ");
        assertThat(shell.run("connect", "--version").out()).startsWith("jpptp ");
        assertThat(shell.run("--help").out()).contains("Commands:").contains("connect");
        assertThat(shell.run("version").out()).isEqualTo(shell.run("--version").out());
        assertThat(shell.run("help").out()).isEqualTo(shell.run("--help").out()).doesNotContain("man jpptp");
        assertThat(shell.run("help", "connect").out())
                .isEqualTo(shell.run("connect", "--help").out());
        assertThat(shell.run("help", "profile", "save").out())
                .isEqualTo(shell.run("profile", "save", "--help").out())
                .contains("jpptp profile save NAME");
        assertThat(shell.run("help", "profile", "sav").err())
                .startsWith("jpptp: There is no command 'profile sav'.")
                .contains("(exit code 2)");
        assertThat(shell.run("help", "connect", "office").err())
                .startsWith("jpptp: There is no command 'connect office'.");
        CommandLineRunner.Result help = shell.run("connect", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Exit codes:").contains("  130   Stopped by a signal");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING_TO_EXPLAIN")
    void everyFailureHasItsExitCode(FailureReason reason) {
        CommandLineRunner.Result result = failing(Failure.of(reason, "Seen.", "Do."));
        assertThat(result.exitCode()).isEqualTo(reason.exitCode());
        assertThat(result.err()).startsWith(BANNER + "jpptp: Seen. Do. (exit code " + reason.exitCode());
        // What this host refuses is no phase of the way to the server.
        boolean ofThisHost = reason.compareTo(FailureReason.NAME_NOT_FOUND) < 0 || reason == FailureReason.INTERRUPTED;
        assertThat(result.out()).matches(ofThisHost ? "" : "  ✗ server      connecting to the server {30,}\\d+ ms\n");
    }

    @Test
    void quietTellsTheFailureOnly() {
        assertThat(failing(Failure.of(FailureReason.REFUSED, "Seen.", "Do."), "-q")
                        .err())
                .isEqualTo("jpptp: Seen. Do. (exit code 11; Windows error 800)\n");
    }

    @Test
    void jsonTellsTheFailureOnBoth() {
        CommandLineRunner.Result result = failing(Failure.of(FailureReason.REFUSED, "Seen.", "Do."), "--json");
        assertThat(result.err()).isEqualTo(BANNER + "jpptp: Seen. Do. (exit code 11; Windows error 800)\n");
        assertThat(result.out().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"type\":\"") && line.endsWith("}"));
    }

    @Test
    void whoHasNoTerminalIsNotSentToOne() {
        shell.up = true;
        assertThat(shell.run("connect", "vpn", "-u", "alice").out()).contains(" Ctrl-C to disconnect.\n");
        shell.environment.put("NOTIFY_SOCKET", "/run/systemd/notify");
        assertThat(shell.run("connect", "vpn", "-u", "alice").out())
                .contains("Tunnel pptp0 is up after")
                .contains(" Stop the service to disconnect.\n")
                .doesNotContain("Ctrl-C");
    }

    /** Neither a prompt nor a password file comes before what this machine lacks. */
    @Test
    void whatIsInTheWayIsToldBeforeAPasswordIsAskedFor() {
        shell.environment.clear();
        shell.runner = new TunnelRunner() {
            @Override
            public Optional<Failure> preflight(NetworkSettings wanted, Logs logs) {
                return Optional.of(Failure.of(FailureReason.HOST_CHANGE_REFUSED, "No ip.", "Install it."));
            }

            @Override
            public Tunnel prepare(ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets) {
                throw new AssertionError("not run");
            }
        };
        CommandLineRunner.Result result = shell.run("connect", "vpn", "-u", "alice", "--json");
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err()).isEqualTo(BANNER + "jpptp: No ip. Install it. (exit code 5)\n");
        assertThat(result.out().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("\"type\":\"ended\"") && line.contains("\"exitCode\":5"));
    }

    /** docs/json-events.md. */
    @ParameterizedTest
    @ValueSource(strings = {"--password-file /nowhere/password", "--log /nowhere/log", "--capture /nowhere/capture"})
    void whatIsRefusedWritesNoEvent(String option) {
        List<String> line = new ArrayList<>(List.of("connect", "vpn", "-u", "alice", "--json"));
        line.addAll(List.of(option.split(" ")));
        CommandLineRunner.Result result = shell.run(line.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void endedBeforeItWasUp() {
        shell.runner =
                (config, listener, secrets) -> CommandLineRunner.ending(listener, TunnelEvent.Ended.neverUp(null));
        CommandLineRunner.Result result = shell.run("connect", "vpn", "-u", "alice");
        assertThat(result.exitCode()).isEqualTo(130);
        assertThat(result.err()).isEqualTo(BANNER + "jpptp: Stopped before the tunnel was up. (exit code 130)\n");
    }

    @Test
    void aDefectIsOneSentence() {
        shell.runner = (config, listener, secrets) -> {
            throw new IllegalStateException("odd");
        };
        CommandLineRunner.Result result = shell.run("connect", "vpn", "-u", "alice");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo(BANNER + "jpptp: Met a defect of its own: java.lang.IllegalStateException: odd."
                        + " Please report it, with the output of -vv. (exit code 1)\n");
    }

    @Test
    void anErrorIsOneSentence() {
        shell.runner = (config, listener, secrets) -> {
            throw new NoClassDefFoundError("gone");
        };
        CommandLineRunner.Result result = shell.run("connect", "vpn", "-u", "alice", "-v");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("NoClassDefFoundError: gone").doesNotContain("\tat ");
    }

    @Test
    void aDefectIsTracedWhenAsked() {
        shell.runner = (config, listener, secrets) -> {
            throw new IllegalStateException("odd");
        };
        assertThat(shell.run("connect", "vpn", "-u", "alice", "-vv").err())
                .contains("\tat org.jpptp.cli.")
                .contains("jpptp: Met a defect of its own");
    }
}
