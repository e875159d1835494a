package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.client.ClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 21 of docs/threats: a password is in no output, and not in memory for longer than it is needed. */
class SecretsTest {
    private static final String CANARY = "c4nary-pass-phrase";

    private final CommandLineRunner shell = new CommandLineRunner();

    @TempDir
    Path directory;

    private List<List<String>> sources() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), CANARY + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        shell.input = CANARY + "\n";
        shell.environment.put("JPPTP_PASSWORD", CANARY);
        return List.of(List.of("--password-file", file.toString()), List.of("--password-fd", "0"), List.of());
    }

    private CommandLineRunner.Result connect(List<String> source, String... more) {
        List<String> line = new ArrayList<>(List.of("connect", "vpn", "-u", "alice"));
        line.addAll(source);
        line.addAll(List.of(more));
        return shell.run(line.toArray(String[]::new));
    }

    @Test
    void noOutputHoldsThePassword() throws IOException {
        for (List<String> source : sources()) {
            for (String verbosity : List.of("--color", "-q", "-vvv")) {
                for (String format : List.of("--no-color", "--json")) {
                    if (verbosity.equals("--color") && format.equals("--no-color")) {
                        continue;
                    }
                    CommandLineRunner.Result result = connect(source, verbosity, format);
                    assertThat(result.exitCode()).isZero();
                    assertThat(result.out() + result.err()).doesNotContain(CANARY);
                }
            }
        }
    }

    @Test
    void noDefectTellsThePassword() throws IOException {
        shell.runner = (config, listener) -> {
            throw new IllegalStateException("with " + config);
        };
        for (List<String> source : sources()) {
            CommandLineRunner.Result result = connect(source, "-vv");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("Credentials[alice]").doesNotContain(CANARY);
        }
    }

    @Test
    void anArgumentThatMayBeAPasswordIsNotRepeated() {
        for (List<String> mistake : List.of(
                List.of("--password", CANARY),
                List.of("--password=" + CANARY),
                List.of("-p", CANARY),
                List.of(CANARY))) {
            CommandLineRunner.Result result = connect(mistake);
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out() + result.err()).doesNotContain(CANARY);
        }
    }

    @Test
    void thePasswordIsThereWhileTheTunnelRunsAndWipedAfterwards() throws IOException {
        List<ClientConfig> configs = new ArrayList<>();
        TunnelRunner ending = shell.runner;
        shell.runner = (config, listener) -> {
            assertThat(new String(config.credentials().password())).isEqualTo(CANARY);
            configs.add(config);
            return ending.prepare(config, listener);
        };
        for (List<String> source : sources()) {
            assertThat(connect(source).exitCode()).isZero();
        }

        assertThat(configs)
                .hasSize(3)
                .allSatisfy(
                        config -> assertThat(config.credentials().password()).containsOnly('\0'));
    }
}
