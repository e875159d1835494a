package org.jpptp.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jpptp.cli.command.CommandLineRunner;
import org.jpptp.client.NameSettings.Pushed;
import org.jpptp.client.NetworkSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --proxy} makes of a tunnel, and what contradicts it. */
class ProxyOptionsTest {
    private final CommandLineRunner shell = new CommandLineRunner();

    private CommandLineRunner.Result connect(String options) {
        List<String> words = new ArrayList<>(List.of("connect", "vpn.example.com", "-u", "alice"));
        words.addAll(Arrays.asList(options.split(" ", -1)));
        return shell.run(words.toArray(String[]::new));
    }

    private NetworkSettings network(String options) {
        CommandLineRunner.Result result = connect(options);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return shell.started.get(0).network();
    }

    @ParameterizedTest
    @CsvSource({
        "1080, 127.0.0.1:1080, false",
        "127.0.0.2:1, 127.0.0.2:1, false",
        "0.0.0.0:65535, 0.0.0.0:65535, true",
        "[::1]:1080, [0:0:0:0:0:0:0:1]:1080, false",
        "10.0.0.5:8080, 10.0.0.5:8080, true",
    })
    void whereItListens(String option, String shown, boolean open) {
        NetworkSettings network = network("--proxy " + option);
        assertThat(Objects.requireNonNull(network.proxy()).toString()).isEqualTo(shown);
        assertThat(network.proxy().isOpenToOthers()).isEqualTo(open);
        assertThat(network.isApart()).isTrue();
    }

    @Test
    void everythingThereGoesThroughTheTunnelAndTheServersResolversAreAsked() {
        NetworkSettings network = network("--proxy 1080");
        assertThat(network.routes()).hasToString("[0.0.0.0/0]");
        assertThat(network.routing().isFull()).as("of this host nothing does").isFalse();
        assertThat(network.names().pushed()).isEqualTo(Pushed.ACCEPTED);
    }

    @Test
    void whoNamesResolversGetsThose() {
        NetworkSettings network = network("--proxy 1080 --dns 10.0.0.53");
        assertThat(network.names().pushed()).isEqualTo(Pushed.IGNORED);
        assertThat(network.names().servers()).hasToString("[/10.0.0.53]");
        assertThat(new ProxyOptionsTest()
                        .network("--proxy 1080 --dns none")
                        .names()
                        .isWanted())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "65536", "x", "localhost:1080", "10.0.0:1080", "300.0.0.1:80", "::1:1080", "10.0.0.5", ":1"
            })
    void whatIsNeitherPortNorAddress(String option) {
        CommandLineRunner.Result result = connect("--proxy " + option);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("jpptp: --proxy takes a port, or an address of this machine and a port such as"
                        + " 127.0.0.1:1080, not '" + option + "'.");
        assertThat(shell.started).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--namespace blue",
                "--route 10.0.0.0/8",
                "--full-tunnel",
                "--lockdown",
                "--metric 5",
                "--on-up /bin/true",
                "--on-down /bin/true",
                "--on-reconnect /bin/true",
                "--fail-open --reconnect"
            })
    void whatWouldChangeTheHostAllTheSame(String option) {
        CommandLineRunner.Result result = connect("--proxy 1080 " + option);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("jpptp: " + option.replaceFirst(" .*", "")
                        + " would change this machine's network, which --proxy leaves alone.");
        assertThat(shell.started).isEmpty();
    }

    @Test
    void aProgramNeedsATunnelAndATunnelAProgram() {
        CommandLineRunner.Result nothing = shell.run("exec", "office");
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("There is no program to run behind 'office'.");
        CommandLineRunner.Result nowhere = shell.run("exec", "office", "--", "true", "--version");
        assertThat(nowhere.exitCode()).isEqualTo(125);
        assertThat(nowhere.err()).contains("There is no tunnel office that is up behind a proxy.");
    }
}
