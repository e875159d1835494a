package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.client.Cidr;
import org.jpptp.client.ClientConfig;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectOptionsTest {
    private final CommandLineRunner shell = new CommandLineRunner();

    static Stream<Arguments> refused() {
        return Stream.of(
                bad("", "Missing required subcommand.", "See 'jpptp --help'."),
                bad("conect vpn -u a", "There is no command 'conect'. Did you mean connect?", "See 'jpptp --help'."),
                bad("connect -u a", "SERVER is missing."),
                bad("connect vpn", "Missing required option: '--user=NAME'."),
                bad("connect vpn -u a b", "There are more arguments than SERVER."),
                bad("connect vpn -u a --mtu", "Missing required parameter for option '--mtu' (OCTETS)."),
                bad("connect vpn -u a --mtu 1400 --mtu 1300", "Option '--mtu' (OCTETS) should be specified only once."),
                bad("connect vpn -u a --rout 10.0.0.0/8", "There is no option --rout. Did you mean --route?"),
                bad(
                        "connect vpn -u a --password=secret",
                        "There is no option --password, since everybody on this machine could read the password;"
                                + " use --password-file, --password-fd, or wait for the prompt."),
                bad("connect vpn -u a --mtu 575", mtu("575")),
                bad("connect vpn -u a --mtu 1457", mtu("1457")),
                bad("connect vpn -u a --mtu big", mtu("big")),
                bad("connect vpn -u a --mtu -1", mtu("-1")),
                bad("connect vpn -u a --mtu 99999999999", mtu("99999999999")),
                bad("connect vpn -u a --timeout 0", timeout("0")),
                bad("connect vpn -u a --timeout 3601", timeout("3601")),
                bad("connect vpn -u a --timeout 1m", timeout("1m")),
                bad("connect vpn:0 -u a", port("0")),
                bad("connect vpn:65536 -u a", port("65536")),
                bad("connect vpn: -u a", port("")),
                bad("connect :1723 -u a", "SERVER is empty; it takes a name, an IPv4 address, or either with :PORT."),
                bad("connect ::1 -u a", "SERVER is an IPv6 address, and PPTP runs over IPv4 only."),
                bad("connect [::1]:1723 -u a", "SERVER is an IPv6 address, and PPTP runs over IPv4 only."),
                bad("connect 300.1.1.1 -u a", server("300.1.1.1")),
                bad("connect 10.1.1 -u a", server("10.1.1")),
                bad("connect 010.1.1.1 -u a", server("010.1.1.1")),
                bad("connect vpn..example -u a", server("vpn..example")),
                bad("connect http//vpn -u a", server("http//vpn")),
                bad("connect vpn -u a --route 10.0.0.1/8", route("10.0.0.1/8")),
                bad("connect vpn -u a --route 10.0.0.0/33", route("10.0.0.0/33")),
                bad("connect vpn -u a --route fe80::/10", route("fe80::/10")),
                bad("connect vpn -u a --route lan", route("lan")),
                bad("connect vpn -u=", "--user is empty."),
                bad("connect vpn -u A\\a --domain B", "--domain and --user both name a domain; give it once."),
                bad("connect vpn -u a --domain=", "--domain takes the name of a domain without a backslash."),
                bad("connect vpn -u a --domain B\\", "--domain takes the name of a domain without a backslash."),
                bad(
                        "connect vpn -u " + "a".repeat(257),
                        "--user is longer than the 256 characters that MS-CHAPv2 takes."),
                bad(
                        "connect vpn -u a --interface a/b",
                        "--interface takes 1 to 15 letters, digits, dots, dashes and underscores, not 'a/b'."),
                bad(
                        "connect vpn -u a --interface abcdefghijklmnop",
                        "--interface takes 1 to 15 letters, digits, dots, dashes and underscores,"
                                + " not 'abcdefghijklmnop'."),
                bad(
                        "connect vpn -u a --namespace ../x",
                        "--namespace takes the name of a network namespace as 'ip netns' lists it, not '../x'."),
                bad(
                        "connect vpn -u a --password-file f --password-fd 3",
                        "--password-file and --password-fd exclude each other."),
                bad("connect vpn -u a --password-fd x", "--password-fd takes a whole number from 0 to 65535, not 'x'."),
                bad("connect vpn -u a -q -v", "--quiet and --verbose exclude each other."),
                bad("connect vpn -u a -vvvv", "--verbose can be given three times at most."));
    }

    private static Arguments bad(String line, String sentence) {
        return bad(line, sentence, "See 'jpptp connect --help'.");
    }

    private static Arguments bad(String line, String sentence, String remedy) {
        return Arguments.of(line, "jpptp: " + sentence + " " + remedy + " (exit code 2)\n");
    }

    private static String mtu(String value) {
        return "--mtu takes a whole number from 576 to 1456 octets, not '" + value + "'.";
    }

    private static String timeout(String value) {
        return "--timeout takes a whole number from 1 to 3600 seconds, not '" + value + "'.";
    }

    private static String port(String value) {
        return "The port of SERVER takes a whole number from 1 to 65535, not '" + value + "'.";
    }

    private static String server(String value) {
        return "SERVER takes a name or an IPv4 address, not '" + value + "'.";
    }

    private static String route(String value) {
        return "--route takes an IPv4 network such as 10.0.0.0/8, with no bit set behind the prefix, not '" + value
                + "'.";
    }

    @ParameterizedTest
    @MethodSource("refused")
    void oneSentenceBeforeAnythingIsContacted(String line, String expected) {
        CommandLineRunner.Result result = shell.run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(result.err()).isEqualTo(expected);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(shell.started).isEmpty();
    }

    @Test
    void controlCharactersAreNotEchoed() {
        assertThat(shell.run("connect", "vpn", "-u", "a", "--interface", "a\u001b[2Jb")
                        .err())
                .contains("not 'a?[2Jb'");
        assertThat(shell.run("connect", "vpn", "-u", "a\u001bb").err()).startsWith("jpptp: --user holds characters");
        assertThat(shell.run("connect", "vpn", "-u", "a\uFFFDb").err()).contains("LC_ALL=C.UTF-8");
    }

    @Test
    void theDefaults() {
        assertThat(shell.run("connect", "vpn.example.com", "-u", "CORP\\alice").exitCode())
                .isZero();

        ClientConfig config = shell.started.get(0);
        assertThat(config.server()).isEqualTo("vpn.example.com");
        assertThat(config.port()).isEqualTo(1723);
        assertThat(config.credentials().name()).isEqualTo("CORP\\alice");
        assertThat(config.auth()).containsExactly(AuthMethod.MSCHAPV2);
        assertThat(config.mppe()).isEqualTo(MppePolicy.REQUIRE_128_STATELESS);
        assertThat(config.mtu()).isEqualTo(1400);
        assertThat(config.interfaceName()).isNull();
        assertThat(config.namespace()).isNull();
        assertThat(config.routes()).isEmpty();
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void everyOption() {
        String line = "connect 203.0.113.7:1724 --user alice --domain CORP --route 10.0.0.0/8 --route 192.168.7.1"
                + " --route 10.0.0.0/8 --mtu 576 --timeout 3600 --interface office.1 --namespace blue --no-color --json";
        assertThat(shell.run(line.split(" ")).exitCode()).isZero();

        ClientConfig config = shell.started.get(0);
        assertThat(config.server()).isEqualTo("203.0.113.7");
        assertThat(config.port()).isEqualTo(1724);
        assertThat(config.credentials().name()).isEqualTo("CORP\\alice");
        assertThat(config.mtu()).isEqualTo(576);
        assertThat(config.interfaceName()).isEqualTo("office.1");
        assertThat(config.namespace()).isEqualTo("blue");
        assertThat(config.routes())
                .isEqualTo(List.of(
                        Cidr.parse("10.0.0.0/8").orElseThrow(),
                        Cidr.parse("192.168.7.1").orElseThrow()));
        assertThat(config.timeout()).isEqualTo(Duration.ofHours(1));
    }
}
