package org.jpptp.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.cli.command.CommandLineRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that are refused, each in one sentence, before anything is contacted. */
class RefusedOptionsTest {
    private final CommandLineRunner shell = new CommandLineRunner();

    static Stream<Arguments> refused() {
        return Stream.of(
                bad("", "Missing required subcommand.", "See 'jpptp --help'."),
                bad("conect vpn -u a", "There is no command 'conect'. Did you mean connect?", "See 'jpptp --help'."),
                bad("dial", "There is no command 'dial'.", "See 'jpptp --help'."),
                bad("connekt vpn -u a", "There is no command 'connekt'. Did you mean connect?", "See 'jpptp --help'."),
                bad("help dial", "There is no command 'dial'.", "See 'jpptp help --help'."),
                bad("connect http://vpn -u a", "SERVER is a URL of another kind than pptp://."),
                bad("connect pptp://a@vpn -u a", "SERVER takes no user name; it goes with -u."),
                bad("connect pptp:// -u a", "SERVER is empty; it takes a name, an IPv4 address, or either with :PORT."),
                bad("connect vpn -u a --show-secrets", "--show-secrets goes with --verbose, --log or --capture only."),
                bad("connect -u a", "SERVER is missing."),
                bad("connect vpn.example.com", "--user is missing."),
                bad("connect vpn --mtu 1400", "--user is missing, and there is no profile 'vpn' in /etc/jpptp."),
                bad("connect vpn -u a b", "There are more arguments than SERVER."),
                bad("status a b", "There are more arguments than NAME.", "See 'jpptp status --help'."),
                bad("bugreport a b", "There are more arguments than NAME.", "See 'jpptp bugreport --help'."),
                bad("help profile sho", "There is no command 'profile sho'.", "See 'jpptp help --help'."),
                bad("version x", "There are arguments, and version takes none.", "See 'jpptp version --help'."),
                bad("doctor x", "There are arguments, and doctor takes none.", "See 'jpptp doctor --help'."),
                bad(
                        "profile save a b c",
                        "There are more arguments than NAME and SERVER.",
                        "See 'jpptp profile save --help'."),
                bad("profile foo", "There is no command 'foo'.", "See 'jpptp profile --help'."),
                bad(
                        "profile save -- n 192.0.2.1 -u a",
                        "Behind -- stands no option, and -u is one; put it in front of that.",
                        "See 'jpptp profile save --help'."),
                bad(
                        "connect vpn -u a --mss=",
                        "--mss takes clamp, off, or a whole number from 88 to 1416 octets, not ''."),
                bad("connect vpn -u a --interface all", "--interface cannot be all, a name that the kernel keeps."),
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
                bad("connect vpn -u a --echo-interval 3601", echoInterval("3601")),
                bad("connect vpn -u a --echo-interval -1", echoInterval("-1")),
                bad(
                        "connect vpn -u a --echo-failures many",
                        "--echo-failures takes a whole number from 0 to 1000, not 'many'."),
                bad(
                        "connect vpn -u a --echo-interval 0 --echo-failures 3",
                        "--echo-failures counts what --echo-interval 0 never sends; leave one of them out."),
                bad("connect vpn -u a --reconnect --max-tries -1", maxTries("-1")),
                bad("connect vpn -u a --reconnect --max-tries many", maxTries("many")),
                bad(
                        "connect vpn -u a --max-tries 3",
                        "--max-tries says something about reconnecting, and --reconnect is not given."),
                bad(
                        "connect vpn -u a --fail-open",
                        "--fail-open says something about reconnecting, and --reconnect is not given."),
                bad("connect vpn:0 -u a", port("0")),
                bad("connect vpn:65536 -u a", port("65536")),
                bad("connect vpn: -u a", port("")),
                bad("connect :1723 -u a", "SERVER is empty; it takes a name, an IPv4 address, or either with :PORT."),
                bad("connect ::1 -u a", "SERVER is an IPv6 address, and PPTP runs over IPv4 only."),
                bad("connect [::1]:1723 -u a", "SERVER is an IPv6 address, and PPTP runs over IPv4 only."),
                bad("connect ::ffff:192.0.2.1 -u a", "SERVER is an IPv6 address, and PPTP runs over IPv4 only."),
                bad("connect 192.0.2.1:1723:5 -u a", "SERVER has more colons than the one in front of a port."),
                bad("connect pptp://192.0.2.1:1723/x -u a", "SERVER takes no path behind the address."),
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
                bad("connect vpn -u a --on-up ip-up", hook("--on-up", "ip-up")),
                bad("connect vpn -u a --on-down ./x", hook("--on-down", "./x")),
                bad("connect vpn -u a --dns auto", dns("auto")),
                bad("connect vpn -u a --dns 10.1.0.2/32", dns("10.1.0.2/32")),
                bad("connect vpn -u a --dns 2001:db8::53", dns("2001:db8::53")),
                bad("connect vpn -u a --dns ,corp.example", dns("")),
                bad("connect vpn -u a --dns none --dns accept", "--dns none stands alone."),
                bad("connect vpn -u a --dns none,corp.example", "--dns none stands alone."),
                bad("connect vpn -u a --dns accept,", domain("")),
                bad("connect vpn -u a --dns accept,~corp.example", domain("~corp.example")),
                bad("connect vpn -u a --dns accept,$(id)", domain("$(id)")),
                bad("connect vpn -u a --dns accept,-x.example", domain("-x.example")),
                bad("connect vpn -u a --dns 10.1.0.2,10.1.0.3", domain("10.1.0.3")),
                bad("connect vpn -u a --dns accept," + "a".repeat(64), domain("a".repeat(60) + "...")),
                bad(
                        "connect vpn -u a --dns 10.1.0.2 --dns 10.1.0.3 --dns 10.1.0.4 --dns 10.1.0.5",
                        "--dns takes at most 3 addresses and 32 domains."),
                bad(
                        "connect vpn -u a --password-file f --password-fd 3",
                        "--password-file and --password-fd exclude each other."),
                bad("connect vpn -u a --password-fd x", "--password-fd takes a whole number from 0 to 65535, not 'x'."),
                bad("connect vpn -u a --auth=", list("--auth", "")),
                bad("connect vpn -u a --auth mschapv2,", list("--auth", "mschapv2,")),
                bad("connect vpn -u a --auth mschapv2,,pap", list("--auth", "mschapv2,,pap")),
                bad("connect vpn -u a --auth mschapv2,mschapv2", "--auth names mschapv2 twice."),
                bad("connect vpn -u a --auth spap", auth("spap")),
                bad("connect vpn -u a --auth MSCHAPV2", auth("MSCHAPV2")),
                bad("connect vpn -u a --auth any", auth("any")),
                bad(
                        "connect vpn -u a --auth pap",
                        "--auth names pap: PAP sends the password in clear; add --allow-pap if that is acceptable."),
                bad(
                        "connect vpn -u a --auth mschap,mschapv2 --allow-pap",
                        "--auth names mschap: MS-CHAP v1 does not prove the server; add --allow-mschap if that is acceptable."),
                bad("connect vpn -u a --auth chap --mppe none", unproved("CHAP-MD5", "chap")),
                bad("connect vpn -u a --auth eap-md5 --mppe none", unproved("EAP-MD5", "eap-md5")),
                bad(
                        "connect vpn -u a --auth mschapv2 --allow-pap",
                        "--allow-pap allows what --auth leaves out; add pap there, or leave the option out."),
                bad(
                        "connect vpn -u a --auth pap --allow-pap",
                        "--auth names PAP only, without keys for MPPE, which is required; add --mppe none to go without"
                                + " encryption."),
                bad(
                        "connect vpn -u a --auth pap,chap,eap-md5 --allow-pap --allow-chap --allow-eap-md5 --mppe any",
                        "--auth names CHAP-MD5 and EAP-MD5 and PAP only, without keys for MPPE, which is required; add"
                                + " --mppe none to go without encryption."),
                bad("connect vpn -u a --mppe=", list("--mppe", "")),
                bad("connect vpn -u a --mppe 128,128", "--mppe names 128 twice."),
                bad("connect vpn -u a --mppe 64", mppe("64")),
                bad("connect vpn -u a --mppe 128,off", mppe("off")),
                bad("connect vpn -u a --mppe any,40", ANY),
                bad("connect vpn -u a --mppe 128,any,none", ANY),
                bad("connect vpn -u a --mppe-mode=", mode("")),
                bad("connect vpn -u a --mppe-mode stateless,stateful", mode("stateless,stateful")),
                bad(
                        "connect vpn -u a --mppe none --mppe-mode any",
                        "--mppe-mode says how to encrypt, and --mppe none that nothing is encrypted; leave one of them"
                                + " out."),
                bad("connect vpn -u a --mppc --mppc", "Option '--mppc' should be specified only once."),
                bad("connect vpn -u a --ipv6 --mtu 1279", "--ipv6 needs an --mtu of 1280 octets or more."),
                bad("connect vpn -u a --offload all", "--offload takes none, checksum, tso or uso, not 'all'."),
                bad("connect vpn -u a --new-password-file f", "--new-password-file goes with --change-password only."),
                bad("connect vpn -u a --new-password-fd 3", "--new-password-fd goes with --change-password only."),
                bad(
                        "connect vpn -u a --change-password --new-password-file f --new-password-fd 3",
                        "--new-password-file and --new-password-fd exclude each other."),
                bad(
                        "connect vpn -u a --change-password --new-password-fd x",
                        "--new-password-fd takes a whole number from 0 to 65535, not 'x'."),
                bad(
                        "connect vpn -u a --change-password --password-fd 0 --new-password-fd 00",
                        "--password-fd and --new-password-fd read the same descriptor; give each its own."),
                bad(
                        "connect vpn -u a --change-password --password-file f --new-password-file f",
                        "--password-file and --new-password-file name the same file."),
                bad(
                        "connect vpn -u a --change-password --auth pap --allow-pap --mppe none",
                        "--change-password works with MS-CHAP only, and --auth leaves it out."),
                bad("connect vpn -u a -q -v", "--quiet and --verbose exclude each other."),
                bad("connect vpn -u a -vvvv", "--verbose can be given three times at most."));
    }

    private static final String ANY = "--mppe any means 128,56,40, and stands alone or with none.";

    private static String list(String option, String value) {
        return option + " takes a list of words with a comma between two of them, not '" + value + "'.";
    }

    private static String auth(String word) {
        return "--auth takes a list of mschapv2, eap-mschapv2, mschap, chap, eap-md5 and pap, not '" + word + "'.";
    }

    private static String unproved(String label, String word) {
        return "--auth names " + word + ": " + label
                + " does not prove the server, and yields no keys to encrypt with; add --allow-" + word
                + " if that is acceptable.";
    }

    private static String mppe(String word) {
        return "--mppe takes a list of 128, 56, 40 and none, or any, not '" + word + "'.";
    }

    private static String mode(String value) {
        return "--mppe-mode takes stateless, stateful or any, not '" + value + "'.";
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

    private static String maxTries(String value) {
        return "--max-tries takes a whole number from 0 to 1000000, not '" + value + "'.";
    }

    private static String timeout(String value) {
        return "--timeout takes a whole number from 1 to 3600 seconds, not '" + value + "'.";
    }

    private static String echoInterval(String value) {
        return "--echo-interval takes a whole number from 0 to 3600 seconds, not '" + value + "'.";
    }

    private static String port(String value) {
        return "The port of SERVER takes a whole number from 1 to 65535, not '" + value + "'.";
    }

    private static String server(String value) {
        return "SERVER takes a name or an IPv4 address, not '" + value + "'.";
    }

    private static String route(String value) {
        return "--route takes an IPv4 network such as 10.0.0.0/8, with no bit set behind the prefix, or default, not '"
                + value + "'.";
    }

    private static String hook(String option, String value) {
        return option + " takes the absolute path of a program, without arguments, not '" + value + "'.";
    }

    private static String dns(String value) {
        return "--dns takes accept, none or the IPv4 address of a name server, not '" + value + "'.";
    }

    private static String domain(String value) {
        return "--dns takes domains such as corp.example behind a comma, not '" + value + "'.";
    }

    /** As a script gives them whose variable is not set. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-u",
                "--user",
                "--domain",
                "--password-file",
                "--password-fd",
                "--new-password-file",
                "--new-password-fd",
                "--auth",
                "--mppe",
                "--mppe-mode",
                "--route",
                "--dns",
                "--on-up",
                "--on-down",
                "--on-reconnect",
                "--mtu",
                "--timeout",
                "--interface",
                "--namespace",
                "--offload"
            })
    void noOptionTakesAnEmptyValue(String option) {
        List<String> line = new ArrayList<>(List.of("connect", "vpn", option, ""));
        if (!option.matches("-u|--user")) {
            line.addAll(List.of("-u", "alice"));
        }
        if (option.startsWith("--new")) {
            line.add("--change-password");
        }
        CommandLineRunner.Result result = shell.run(line.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).startsWith("jpptp: ").contains(option.equals("-u") ? "--user" : option);
        assertThat(shell.started).isEmpty();
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
    void aNewPasswordNeedsATerminalOrAnotherSource() {
        CommandLineRunner.Result result = shell.run("connect", "vpn", "-u", "a", "-q", "--change-password");
        assertThat(result.err())
                .isEqualTo("jpptp: There is no terminal to ask for the new password on; use --new-password-file or"
                        + " --new-password-fd. See 'jpptp connect --help'. (exit code 2)\n");
        assertThat(shell.started).isEmpty();
    }
}
