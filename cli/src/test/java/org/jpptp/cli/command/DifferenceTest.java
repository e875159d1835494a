package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.json.Json;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.profile.Launch;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.view.AskedJson;
import org.jpptp.cli.view.Streams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** How what is asked for is found not to be what runs. */
class DifferenceTest {
    private static ConnectOptions.Checked asked(String arguments) {
        List<String> line = new ArrayList<>(List.of("vpn.example.com", "-u", "alice"));
        Stream.of(arguments.split(" ")).filter(word -> !word.isEmpty()).forEach(line::add);
        ConnectOptions options = new ConnectOptions();
        Arguments.line(options.spec()).parseArgs(line.toArray(String[]::new));
        PrintStream none = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Streams streams = new Streams(
                new ByteArrayInputStream(new byte[0]),
                none,
                none,
                StandardCharsets.UTF_8,
                Streams.Watcher.NOBODY,
                Streams.Watcher.NOBODY,
                Map.of("JPPTP_PASSWORD", "secret"));
        return options.check(streams, Optional.empty());
    }

    /** As it comes over the socket. */
    private static JsonObject running(String arguments) {
        ConnectOptions.Checked given = asked(arguments);
        JsonObject asked = AskedJson.of("alice", given.policy(), given.network(), given.reconnect(), List.of());
        return Json.read(JsonObject.of("asked", asked).toString()).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "'' | --route 10.0.0.0/8 | without --route 10.0.0.0/8",
                "--route 10.0.0.0/8 | '' | with --route 10.0.0.0/8, which is not asked for now",
                "--route 10.0.0.0/8 | --route 10.0.0.0/8 --route 172.16.0.0/12 | without --route 172.16.0.0/12",
                "--route 10.0.0.0/8 | --route 10.1.0.0/16 | without --route 10.1.0.0/16",
                "--full-tunnel | --route 10.0.0.0/8 | with --full-tunnel, which is not asked for now",
                "--full-tunnel | --full-tunnel --allow-lan | without --allow-lan",
                "'' | --proxy 1080 | without --proxy",
                "--proxy 1080 | '' | with --proxy 127.0.0.1:1080, which is not asked for now",
                "--proxy 1080 | --proxy 1081 | with --proxy 127.0.0.1:1080 and not with 127.0.0.1:1081",
                "--proxy 1080 | --route 10.0.0.0/8 | with --proxy 127.0.0.1:1080, which is not asked for now",
                "'' | --namespace blue | without --namespace",
                "--namespace red | --namespace blue | with --namespace red and not with blue",
                "'' | --dns accept | with another --dns",
                "--dns 10.0.0.2 | --dns 10.0.0.2,corp.example | with another --dns",
                "--auth mschapv2 | '' | with another --auth",
                "--allow-mschap | '' | with another --auth",
                "--mppe 40 | '' | with another --mppe",
                "--mppe 128,none | --mppe 128 | with another --mppe",
                "'' | --mppe-mode any | with another --mppe",
                "'' | --mppc | with another --mppe",
                "--mtu 1300 | '' | with --mtu 1300 and not with 1400",
                "--mss off | '' | with --mss off and not with clamp",
                "--mss 1200 | --mss off | with --mss 1200 and not with off",
                "'' | --ipv6 | without --ipv6",
                "--route 10.0.0.0/8 --metric 5 | --route 10.0.0.0/8 --metric 6 | with --metric 5 and not with 6",
                "'' | --reconnect | without --reconnect",
                "--reconnect --fail-open | --reconnect | 'with --fail-open, which is not asked for now'",
                "'' | --on-up /bin/true | without --on-up",
                "--on-down /bin/true | --on-down /bin/false | with --on-down /bin/true and not with /bin/false",
                "--on-reconnect /bin/true --reconnect | --reconnect | 'with --on-reconnect /bin/true, which is not asked for now'",
            })
    void whatGoesElsewhereIsTold(String is, String wanted, String told) {
        assertThat(Difference.ofSettings(running(is), asked(wanted))).contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "'' | --dns none",
                "--route 10.0.0.0/8 --route 172.16.0.0/12 | --route 172.16.0.0/12 --route 10.0.0.0/8 --route 10.0.0.0/8",
                "--full-tunnel | --route default",
                "--full-tunnel | --full-tunnel --route 10.0.0.0/8",
                "--proxy 1080 | --proxy 127.0.0.1:1080 --dns accept",
                "--dns 10.0.0.2,corp.example | --dns 10.0.0.2,corp.example",
                "--mppe any --auth mschapv2,eap-mschapv2 | --auth eap-mschapv2,mschapv2 --mppe 40,56,128",
                "--timeout 30 | --timeout 40",
            })
    void theSameInOtherWordsIsNoDifference(String is, String wanted) {
        assertThat(Difference.ofSettings(running(is), asked(wanted))).isEmpty();
    }

    /** So that a new option is not left out without a word. */
    @Test
    void everyOptionIsComparedOrOfTheStartAlone() {
        Set<String> known =
                Set.of(("--user --domain --full-tunnel --lockdown --allow-lan --proxy --namespace --route --dns --auth"
                                + " --allow-mschap --allow-chap --allow-eap-md5 --allow-pap --mppe --mppe-mode --mppc --mtu --mss --ipv6"
                                + " --metric --reconnect --fail-open --on-up --on-down --on-reconnect"
                                + " --password-file --password-fd --change-password --new-password-file --new-password-fd"
                                + " --timeout --json --quiet --verbose --color")
                        .split(" "));
        ConnectOptions options = new ConnectOptions();
        List<String> rest = new ArrayList<>();
        List<String> line = new ArrayList<>(List.of("vpn.example.com"));
        for (OptionSpec option : options.spec().options()) {
            if (!known.contains(option.longestName())) {
                rest.add(option.longestName());
                line.add(option.longestName() + (option.arity().max() == 0 ? "" : "=1"));
            }
        }
        CommandLine.ParseResult parsed = Arguments.line(options.spec()).parseArgs(line.toArray(String[]::new));
        List<String> besides = Launch.of(options, parsed, Profiles.of(Map.of())).besides();
        assertThat(besides).extracting(each -> each.replaceFirst(" .*", "")).containsExactlyElementsOf(rest);
        assertThat(besides).contains("--anonymous", "--log " + Path.of("1").toAbsolutePath());
    }

    private static JsonObject startedWith(List<String> besides) {
        JsonObject asked = new JsonObject.Builder()
                .putAll(running("").object("asked"))
                .put("besides", besides)
                .build();
        JsonObject document = new JsonObject.Builder()
                .put("asked", asked)
                .put("interface", JsonObject.of("name", "pptp0"))
                .build();
        return Json.read(document.toString()).orElseThrow();
    }

    @Test
    void whatATunnelGoesOnWithoutIsTold() {
        List<String> wanted = List.of("--log /tmp/log", "--anonymous", "--interface pptp0");
        assertThat(Difference.ofRest(startedWith(List.of()), wanted)).containsExactly("--log /tmp/log", "--anonymous");
        assertThat(Difference.ofRest(startedWith(List.of("--log /tmp/other", "--anonymous")), wanted))
                .containsExactly("--log /tmp/log");
        assertThat(Difference.ofRest(startedWith(wanted), wanted)).isEmpty();
        assertThat(Difference.ofRest(startedWith(wanted), List.of()))
                .as("that it does more is no loss")
                .isEmpty();
        assertThat(Difference.ofRest(JsonObject.EMPTY, wanted))
                .as("of an older program")
                .isEmpty();
    }

    /** It does not tell, and nobody is kept from what works. */
    @ParameterizedTest
    @ValueSource(
            strings = {"--route 10.0.0.0/8", "--proxy 1080", "--dns accept", "--mppe 40", "--mtu 1300", "--reconnect"})
    void aTunnelOfAnOlderProgramIsAskedForWhatItTells(String wanted) {
        String old = "{\"asked\":{\"user\":\"alice\",\"fullTunnel\":false,\"lockdown\":false}}";
        assertThat(Difference.ofSettings(Json.read(old).orElseThrow(), asked(wanted)))
                .isEmpty();
    }

    @Test
    void ofATunnelThatTellsNothingNothingIsSaid() {
        assertThat(Difference.ofSettings(JsonObject.EMPTY, asked("--full-tunnel")))
                .isEmpty();
    }
}
