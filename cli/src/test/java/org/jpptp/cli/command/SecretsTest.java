package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.client.ClientConfig;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 21 of docs/threats.md: a password is in no output, and not in memory for longer than it is needed. */
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
        shell.runner = (config, listener, secrets) -> {
            throw new IllegalStateException("with " + config);
        };
        for (List<String> source : sources()) {
            CommandLineRunner.Result result = connect(source, "-vv");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("Credentials[alice]").doesNotContain(CANARY);
        }
    }

    /** What is read octet by octet leaves no copy behind. In a JVM of its own, all whose memory is looked through. */
    @Test
    void noCopyOfStandardInputIsLeft() throws Exception {
        Path heap = directory.resolve("heap.hprof");
        Process child = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Dheap=" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.jpptp.cli.FakeTunnelMain",
                        "heap",
                        "--password-fd",
                        "0")
                .start();
        try {
            try (OutputStream in = child.getOutputStream()) {
                in.write((CANARY + "\n").getBytes(StandardCharsets.UTF_8));
            }
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
            assertThat(out.readLine()).startsWith("Tunnel pptp0 is up");
            assertThat(out.readLine()).isEqualTo("dumped");
        } finally {
            child.destroyForcibly();
        }
        String memory = Files.readString(heap, StandardCharsets.ISO_8859_1);
        assertThat(memory.contains("vpn.example.com")).isTrue();
        assertThat(memory.contains(CANARY)).isFalse();
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
        shell.runner = (config, listener, secrets) -> {
            assertThat(new String(config.identity().credentials().password())).isEqualTo(CANARY);
            configs.add(config);
            return ending.prepare(config, listener, secrets);
        };
        for (List<String> source : sources()) {
            assertThat(connect(source).exitCode()).isZero();
        }

        assertThat(configs)
                .hasSize(3)
                .allSatisfy(config ->
                        assertThat(config.identity().credentials().password()).containsOnly('\0'));
    }

    /** Without a terminal nobody is asked, but for the new password that was given beforehand. */
    @Test
    void theNewPasswordIsAnsweredOnceAndWipedAfterwards() throws IOException {
        Path file = Files.writeString(directory.resolve("new"), "n3w-" + CANARY + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        PppEvent.SecretWanted expired = new PppEvent.SecretWanted(
                PppEvent.Secret.NEW_PASSWORD, new Refusal(Refusal.Verdict.CHAP_FAILURE, "alice", 648, ""));
        PppEvent.SecretWanted wrong = new PppEvent.SecretWanted(
                PppEvent.Secret.CREDENTIALS, new Refusal(Refusal.Verdict.CHAP_FAILURE, "alice", 691, ""));
        List<Credentials> answers = new ArrayList<>();
        TunnelRunner ending = shell.runner;
        shell.runner = (config, listener, secrets) -> {
            assertThat(secrets).isNotNull();
            assertThat(secrets.ask(wrong, config.identity().credentials())).isNull();
            Credentials answer = secrets.ask(expired, config.identity().credentials());
            assertThat(answer).isNotNull();
            assertThat(answer.name()).isEqualTo("alice");
            assertThat(new String(answer.password())).isEqualTo(CANARY);
            assertThat(answer.newPassword()).containsExactly(("n3w-" + CANARY).toCharArray());
            assertThat(secrets.ask(expired, config.identity().credentials())).isNull();
            answers.add(answer);
            return ending.prepare(config, listener, secrets);
        };
        for (List<String> source : sources()) {
            CommandLineRunner.Result result =
                    connect(source, "-vvv", "--change-password", "--new-password-file", file.toString());
            assertThat(result.exitCode()).isZero();
            assertThat(result.out() + result.err()).doesNotContain(CANARY);
        }
        assertThat(answers).hasSize(3);
    }

    @Test
    void whoeverGivesThePasswordElsewhereIsAskedNothing() throws IOException {
        for (List<String> source : sources()) {
            assertThat(connect(source).exitCode()).isZero();
        }
        assertThat(shell.secrets).hasSize(3).allMatch(Optional::isEmpty);
    }
}
