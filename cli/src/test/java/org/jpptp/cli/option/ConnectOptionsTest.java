package org.jpptp.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jpptp.cli.command.CommandLineRunner;
import org.jpptp.client.Cidr;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.HookSettings;
import org.jpptp.client.Ipv6;
import org.jpptp.client.NameSettings;
import org.jpptp.client.Offload;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.ServerSettings;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppTiming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What options come to. Those that are refused: {@link RefusedOptionsTest}. */
class ConnectOptionsTest {
    private final CommandLineRunner shell = new CommandLineRunner();

    @ParameterizedTest
    @ValueSource(strings = {"vpn.example.com:99", "pptp://vpn.example.com:99", "PPTP://vpn.example.com:99/"})
    void aServerMayBeAUrl(String server) {
        assertThat(shell.run("connect", server, "-u", "alice").exitCode()).isZero();
        assertThat(shell.started.get(0).server()).isEqualTo(new ServerSettings("vpn.example.com", 99));
    }

    @Test
    void standardInputHasANameAmongFiles() {
        shell.input = "secret\n";
        CommandLineRunner.Result result = shell.run("connect", "vpn", "-u", "alice", "--password-file", "-");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(shell.run(
                                "connect",
                                "vpn",
                                "-u",
                                "a",
                                "--password-file",
                                "-",
                                "--change-password",
                                "--new-password-fd",
                                "0")
                        .err())
                .contains("read the same descriptor");
    }

    @Test
    void theDefaults() {
        assertThat(shell.run("connect", "vpn.example.com", "-u", "CORP\\alice").exitCode())
                .isZero();

        ClientConfig config = shell.started.get(0);
        assertThat(config.server().host()).isEqualTo("vpn.example.com");
        assertThat(config.server().port()).isEqualTo(1723);
        assertThat(config.identity().user()).isEqualTo("CORP\\alice");
        assertThat(config.policy().auth()).containsExactlyInAnyOrder(AuthMethod.MSCHAPV2, AuthMethod.EAP_MSCHAPV2);
        assertThat(config.policy().mppe()).isEqualTo(MppePolicy.REQUIRE_128_STATELESS);
        assertThat(config.network().mtu()).isEqualTo(1400);
        assertThat(config.network().interfaceName()).isNull();
        assertThat(config.network().namespace()).isNull();
        assertThat(config.network().routes()).isEmpty();
        assertThat(config.timing().comingUp()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.network().ipv6()).isEqualTo(Ipv6.NONE);
        assertThat(config.network().offload()).isEqualTo(Offload.USO);
    }

    @Test
    void echoesMayBeOfAnyPaceOrOff() {
        for (String arguments : List.of("", " --echo-interval 20 --echo-failures 0", " --echo-interval 0")) {
            assertThat(shell.run(("connect vpn -u a" + arguments).split(" ")).exitCode())
                    .isZero();
        }
        assertThat(shell.started)
                .extracting(config -> config.timing().ppp())
                .containsExactly(
                        PppTiming.DEFAULT,
                        PppTiming.DEFAULT.withEcho(Duration.ofSeconds(20), 0),
                        PppTiming.DEFAULT.withEcho(Duration.ZERO, 4));
    }

    @Test
    void reconnection() {
        for (String options : List.of("", " --reconnect", " --reconnect --max-tries 3 --fail-open")) {
            assertThat(shell.run(("connect vpn -u a" + options).split(" ")).exitCode())
                    .isZero();
        }
        assertThat(shell.started)
                .extracting(ClientConfig::reconnect)
                .containsExactly(
                        ReconnectSettings.OFF,
                        ReconnectSettings.on(ReconnectSettings.Mode.FAIL_CLOSED),
                        ReconnectSettings.on(ReconnectSettings.Mode.FAIL_OPEN).withMaxTries(3));
    }

    @Test
    void everyOption() {
        String line = "connect 203.0.113.7:1724 --user alice --domain CORP --route 10.0.0.0/8 --route 192.168.7.1"
                + " --route 10.0.0.0/8 --mtu 576 --timeout 3600 --interface office.1 --namespace blue --no-color --json";
        assertThat(shell.run(line.split(" ")).exitCode()).isZero();

        ClientConfig config = shell.started.get(0);
        assertThat(config.server().host()).isEqualTo("203.0.113.7");
        assertThat(config.server().port()).isEqualTo(1724);
        assertThat(config.identity().user()).isEqualTo("CORP\\alice");
        assertThat(config.network().mtu()).isEqualTo(576);
        assertThat(config.network().interfaceName()).isEqualTo("office.1");
        assertThat(config.network().namespace()).isEqualTo("blue");
        assertThat(config.network().routes())
                .isEqualTo(List.of(
                        Cidr.parse("10.0.0.0/8").orElseThrow(),
                        Cidr.parse("192.168.7.1").orElseThrow()));
        assertThat(config.timing().comingUp()).isEqualTo(Duration.ofHours(1));
    }

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of("", "MSCHAPV2 EAP_MSCHAPV2"),
                Arguments.of("--auth mschapv2", "MSCHAPV2"),
                Arguments.of("--auth eap-mschapv2,mschapv2", "MSCHAPV2 EAP_MSCHAPV2"),
                Arguments.of("--allow-mschap", "MSCHAPV2 EAP_MSCHAPV2 MSCHAPV1"),
                Arguments.of("--allow-pap", "MSCHAPV2 EAP_MSCHAPV2 PAP"),
                Arguments.of("--auth mschap --allow-mschap", "MSCHAPV1"),
                Arguments.of("--auth chap --allow-chap --mppe none", "CHAP_MD5"),
                Arguments.of("--auth eap-md5 --allow-eap-md5 --mppe 128,none", "EAP_MD5"),
                Arguments.of("--auth pap --allow-pap --mppe none", "PAP"),
                Arguments.of(
                        "--allow-mschap --allow-chap --allow-eap-md5 --allow-pap",
                        "MSCHAPV2 EAP_MSCHAPV2 MSCHAPV1 CHAP_MD5 EAP_MD5 PAP"));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theMethodsOfAuthentication(String options, String methods) {
        assertThat(shell.run(("connect vpn -u a " + options).split(" ")).exitCode())
                .isZero();
        assertThat(shell.started.get(0).policy().auth())
                .extracting(AuthMethod::name)
                .containsExactlyInAnyOrder(methods.split(" "));
    }

    static Stream<Arguments> policies() {
        Set<MppeStrength> all = EnumSet.allOf(MppeStrength.class);
        Set<MppeStrength> strong = EnumSet.of(MppeStrength.BITS_128);
        Set<MppeStrength> weak = EnumSet.of(MppeStrength.BITS_40);
        Set<MppeMode> stateless = EnumSet.of(MppeMode.STATELESS);
        Set<MppeMode> stateful = EnumSet.of(MppeMode.STATEFUL);
        Set<MppeMode> both = EnumSet.allOf(MppeMode.class);
        return Stream.of(
                Arguments.of("--mppe 128", MppePolicy.REQUIRE_128_STATELESS),
                Arguments.of("--mppe-mode stateful", MppePolicy.require(strong, stateful)),
                Arguments.of("--mppe 40 --mppe-mode any", MppePolicy.require(weak, both)),
                Arguments.of(
                        "--mppe any --mppe-mode any --mppc",
                        MppePolicy.require(all, both).withMppc()),
                Arguments.of("--mppe 40,128,56", MppePolicy.require(all, stateless)),
                Arguments.of("--mppe none,any", MppePolicy.permit(all, stateless)),
                Arguments.of("--mppe 128,none", MppePolicy.permit(strong, stateless)),
                Arguments.of("--mppe none", MppePolicy.permit(Set.of(), stateless)),
                Arguments.of(
                        "--mppe none --mppc --mppe-mode any",
                        MppePolicy.permit(Set.of(), both).withMppc()));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void theEncryption(String options, MppePolicy policy) {
        assertThat(shell.run(("connect vpn -u a " + options).split(" ")).exitCode())
                .isZero();
        assertThat(shell.started.get(0).policy().mppe()).isEqualTo(policy);
    }

    @Test
    void helpIsInSections() {
        String help = shell.run("connect", "--help").out();
        assertThat(help.lines().filter(line -> line.matches("[A-Z][a-z ]+:")).toList())
                .containsExactly(
                        "User:",
                        "What may be agreed on:",
                        "Network:",
                        "Reconnection:",
                        "Records:",
                        "Output:",
                        "Exit codes:");
        assertThat(help).containsSubsequence("--password-fd", "--allow-pap", "--ipv6", "--json", "--version");
        assertThat(help.lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void offload() {
        for (Offload level : Offload.values()) {
            shell.run("connect", "vpn", "-u", "a", "--offload", level.name().toLowerCase(Locale.ROOT));
        }
        assertThat(shell.started)
                .extracting(started -> started.network().offload())
                .containsExactly(Offload.values());
    }

    @Test
    void ipv6() {
        assertThat(shell.run("connect", "vpn", "-u", "a", "--ipv6").exitCode()).isZero();
        assertThat(shell.started.get(0).network().ipv6()).isEqualTo(Ipv6.LINK_LOCAL);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                     IGNORED,  '',                  ''",
        "--dns none,                             IGNORED,  '',                  ''",
        "--dns accept,                           ACCEPTED, '',                  ''",
        "'--dns accept,corp.example,lab.example', ACCEPTED, '',                 corp.example lab.example",
        "'--dns 10.1.0.2,corp.example --dns 10.1.0.3,corp.example', IGNORED, 10.1.0.2 10.1.0.3, corp.example",
        "'--dns accept --dns 10.1.0.2,x',        ACCEPTED, 10.1.0.2,            x",
    })
    void names(String options, NameSettings.Pushed pushed, String servers, String domains) {
        assertThat(shell.run(("connect vpn -u a " + options).strip().split(" +", -1))
                        .exitCode())
                .isZero();
        NameSettings names = shell.started.get(0).network().names();
        assertThat(names.pushed()).isEqualTo(pushed);
        assertThat(names.servers().stream().map(Inet4Address::getHostAddress).collect(Collectors.joining(" ")))
                .isEqualTo(servers);
        assertThat(String.join(" ", names.domains())).isEqualTo(domains);
    }

    @Test
    void hooks() {
        shell.run("connect", "vpn", "-u", "a", "--on-up", "/etc/ppp/ip-up", "--on-reconnect", "/x y");
        assertThat(shell.started.get(0).network().hooks())
                .isEqualTo(new HookSettings(Path.of("/etc/ppp/ip-up"), null, Path.of("/x y")));
    }
}
