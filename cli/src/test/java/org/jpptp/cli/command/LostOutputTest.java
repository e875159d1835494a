package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.jpptp.cli.command.CommandLineRunner.Output;
import org.jpptp.cli.command.CommandLineRunner.Result;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Routing.Lan;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.Lockdown;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands come to whose standard output is lost. */
class LostOutputTest {
    private static final String REFUSED = "jpptp: Standard output cannot be written to: No space left on device."
            + " Let it go elsewhere, or make room there if it is a file.";

    private static final String GOES_ON = "warning: standard output cannot be written to (No space left on device)."
            + " Nothing more is written there; what runs goes on.\n";

    @TempDir
    Path home;

    private final CommandLineRunner shell = new CommandLineRunner();

    @BeforeEach
    void prepare() throws IOException {
        shell.environment.putAll(
                Map.of("CONFIGURATION_DIRECTORY", home.toString(), "XDG_CONFIG_HOME", home.toString()));
        Files.writeString(
                Files.createFile(
                        home.resolve("office.conf"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                "server = vpn.example.com\nuser = alice\n");
    }

    private Result run(Output output, String line) {
        shell.output = output;
        return shell.run(line.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "help",
                "help connect",
                "--help",
                "connect --help",
                "profile show --help",
                "version",
                "--version",
                "completion bash",
                "completion zsh",
                "profile list",
                "profile list --json",
                "profile show office",
                "profile show office --json",
                "profile path office",
                "profile check office",
                "doctor --json",
                "bugreport",
                "bugreport --anonymous",
                "import --stdout src/test/resources/org/jpptp/cli/imports/networkmanager/simple.nmconnection",
            })
    void whatOnlyShowsSomethingHasFailed(String line) {
        Result kept = run(Output.KEPT, line);
        assertThat(kept.out()).isNotEmpty();
        assertThat(run(Output.REFUSED, line)).isEqualTo(new Result(5, "", kept.err() + REFUSED + " (exit code 5)\n"));
        assertThat(run(Output.UNREAD, line)).as("behind it is head(1)").isEqualTo(new Result(0, "", kept.err()));
    }

    /** The verdict was found all the same. */
    @Test
    void whatFailsAnywayKeepsItsExitCode() {
        String line = "explain ../lab/harness/src/test/resources/captures/windows-xp-control.pcap";
        int code = run(Output.KEPT, line).exitCode();
        assertThat(code).isNotZero();
        Result result = run(Output.REFUSED, line);
        assertThat(result.exitCode()).isEqualTo(code);
        assertThat(result.err()).endsWith(REFUSED + "\n");
        assertThat(run(Output.UNREAD, line).err()).doesNotContain("tandard output");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect vpn.example.com -u alice", "profile save new vpn.example.com -u alice"})
    void whatDoesSomethingHasDoneIt(String line) {
        shell.up = true;
        Result result = run(Output.REFUSED, line);
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains(GOES_ON).doesNotContain("exit code");
    }

    private static final class Closed implements TunnelRunner, Lockdown {
        @Override
        public Optional<Lockdown> lockdown(HostLog log) {
            return Optional.of(this);
        }

        @Override
        public Tunnel prepare(ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets) {
            throw new AssertionError("no tunnel is asked for");
        }

        @Override
        public State state() {
            return State.ON;
        }

        @Override
        public Optional<String> on(Lan lan) {
            return Optional.empty();
        }

        @Override
        public void off() {}
    }

    @Test
    void whatHasTheCodesOfAServiceIsNotKnown() {
        shell.runner = new Closed();
        assertThat(run(Output.REFUSED, "lockdown status")).isEqualTo(new Result(4, "", REFUSED + "\n"));
        assertThat(run(Output.UNREAD, "lockdown status")).isEqualTo(new Result(0, "", ""));
        assertThat(run(Output.REFUSED, "lockdown on")).isEqualTo(new Result(0, "", GOES_ON));
        assertThat(run(Output.REFUSED, "lockdown off")).isEqualTo(new Result(0, "", GOES_ON));
    }
}
