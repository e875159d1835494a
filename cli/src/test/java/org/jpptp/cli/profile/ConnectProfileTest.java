package org.jpptp.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jpptp.cli.command.CommandLineRunner;
import org.jpptp.client.Cidr;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Ipv6;
import org.jpptp.client.Remedy;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.Setting;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppePolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code connect NAME}: lines and arguments together. */
class ConnectProfileTest {
    private static final String BANNER =
            "warning: PPTP cannot be made secure; use it to reach what speaks nothing else.\n";

    private final CommandLineRunner shell = new CommandLineRunner();

    @TempDir
    Path config;

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectories(config.resolve("jpptp"));
        shell.environment.put("XDG_CONFIG_HOME", config.toString());
        shell.environment.put(
                "CONFIGURATION_DIRECTORY", config.resolve("machine").toString());
    }

    private Path profile(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".conf"), text.replace('|', '\n') + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private CommandLineRunner.Result connect(String... arguments) {
        List<String> line = new ArrayList<>(List.of("connect"));
        line.addAll(Arrays.asList(arguments));
        return shell.run(line.toArray(String[]::new));
    }

    private ClientConfig started(String... arguments) {
        CommandLineRunner.Result result = connect(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return shell.started.get(shell.started.size() - 1);
    }

    @Test
    void aProfileSaysWhatOptionsSay() throws IOException {
        profile(
                "office",
                "server = vpn.example.com:99|user = alice|domain = CORP|route = 10.0.0.0/8|route = 192.168.7.0/24|ipv6 = on"
                        + "|mppc = off|allow-pap = on|mppe = 128,none|timeout = 5|interface = office0|mtu = 1300");
        ClientConfig config = started("office");
        assertThat(config.server()).isEqualTo(new ServerSettings("vpn.example.com", 99));
        assertThat(config.identity().user()).isEqualTo("CORP\\alice");
        assertThat(config.network().routes())
                .extracting(Cidr::toString)
                .containsExactly("10.0.0.0/8", "192.168.7.0/24");
        assertThat(config.network().ipv6()).isEqualTo(Ipv6.LINK_LOCAL);
        assertThat(config.network().mtu()).isEqualTo(1300);
        assertThat(config.network().interfaceName()).isEqualTo("office0");
        assertThat(config.policy().mppe().mppc()).isFalse();
        assertThat(config.policy().mppe().required()).isFalse();
        assertThat(config.policy().auth()).contains(AuthMethod.PAP);
        assertThat(config.timing().comingUp()).hasSeconds(5);
        assertThat(started(folder.resolve("office.conf").toString()).server()).isEqualTo(config.server());
    }

    @Test
    void theCommandLineWins() throws IOException {
        profile(
                "office",
                "server = vpn|user = alice|route = 10.0.0.0/8|route = 10.1.0.0/16|mtu = 1300|ipv6 = on|mppc = on");
        ClientConfig config =
                started("office", "-u", "bob", "--route", "192.168.7.0/24", "--mtu=1400", "--ipv6=off", "--mppc=on");
        assertThat(config.identity().user()).isEqualTo("bob");
        assertThat(config.network().routes()).extracting(Cidr::toString).containsExactly("192.168.7.0/24");
        assertThat(config.network().mtu()).isEqualTo(1400);
        assertThat(config.network().ipv6()).isEqualTo(Ipv6.NONE);
        assertThat(config.policy().mppe().mppc()).isTrue();
    }

    /** Routes cannot be taken back on the command line. */
    @Test
    void aProxyTakesThePlaceOfTheRoutes() throws IOException {
        profile("office", "server = vpn|user = alice|route = 10.0.0.0/8|route = 10.1.0.0/16|metric = 5");
        ClientConfig config = started("office", "--proxy", "1080");
        assertThat(config.network().proxy()).isNotNull();
        assertThat(config.network().routing().metric()).isZero();
        assertThat(config.network().routes()).extracting(Cidr::toString).containsExactly("0.0.0.0/0");
    }

    /** What protects this machine is not dropped without a word. */
    @Test
    void aProxyIsRefusedBesideAFullTunnelUntilThatIsTakenBack() throws IOException {
        profile("office", "server = vpn|user = alice|full-tunnel = on");
        assertThat(shell.run("connect", "office", "--proxy", "1080").err())
                .contains("office.conf:3: full-tunnel would change this machine's network");
        assertThat(started("office", "--proxy", "1080", "--full-tunnel=off")
                        .network()
                        .proxy())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "mpe = 128 >> office.conf:3: there is no key 'mpe'; did you mean 'mppe'?",
                "MTU = 1400 >> office.conf:3: there is no key 'MTU'; did you mean 'mtu'?",
                "--mtu = 1400 >> office.conf:3: there is no key '--mtu'; did you mean 'mtu'?",
                "zzzzzzz = 1 >> office.conf:3: there is no key 'zzzzzzz'.",
                "json = on >> office.conf:3: json is no key, since it says how one run is shown; give --json to the command.",
                "pass word: c4nary = x >> office.conf:3: what stands before the '=' is no key.",
                "help = on >> office.conf:3: there is no key 'help'.",
                "ipv6 = yes >> office.conf:3: ipv6 takes on or off, not 'yes'.",
                "mtu = >> office.conf:3: mtu has no value.",
                "user = bob >> office.conf:3: user stands in line 2 already.",
                "mtu = big >> office.conf:3: mtu takes a whole number from 576 to 1456 octets, not 'big'.",
                "route = 10.0.0.0/8|route = 10.0.0.1/8 >> office.conf:4: route takes an IPv4 network*, not '10.0.0.1/8'.",
                "auth = pap >> office.conf:3: auth names pap: PAP sends the password in clear; add allow-pap = on if that is"
                        + " acceptable.",
                "mppe = none|mppe-mode = any >> office.conf:4: mppe-mode says how to encrypt, and mppe = none (line 3) that"
                        + " nothing is encrypted; leave one of them out.",
                "|change-password = on|auth = pap|allow-pap = on|mppe = none >> office.conf:4: change-password works with"
                        + " MS-CHAP only, and auth (line 5) leaves it out.",
                "domain = CORP|user = X\\a >> office.conf:4: user stands in line 2 already.",
                "ipv6 = on > --mtu 1200 > office.conf:3: ipv6 needs an --mtu of 1280 octets or more.",
                "mtu = 1200 > --ipv6 > --ipv6 needs an mtu (office.conf:3) of 1280 octets or more.",
                "auth = pap > --mppe 40 > office.conf:3: auth names pap: PAP sends the password in clear; add allow-pap = on"
                        + " if that is acceptable.",
                " > --mtu big > --mtu takes a whole number from 576 to 1456 octets, not 'big'.",
                "password-file = x|password-fd = 0 >> office.conf:3: password-file and password-fd (line 4) exclude each"
                        + " other.",
                "password = x|password-fd = 0 >> office.conf:3: password and password-fd (line 4) exclude each other.",
                "password-fd = 77 >> office.conf:3: password-fd = 77 is not open; sudo closes descriptors, so put it in"
                        + " front of what opens them, or use password-fd = 0.",
                "password-file = /nowhere >> office.conf:3: The password file /nowhere does not exist.",
                "password = \"\" >> office.conf:3: password has no value.",
            })
    void everyErrorSaysWhereItIs(String lines, String arguments, String sentence) throws IOException {
        profile("office", "server = vpn|user = alice|" + (lines == null ? "" : lines));
        List<String> line = new ArrayList<>(List.of("office", "-q"));
        if (arguments != null) {
            line.addAll(List.of(arguments.split(" ", -1)));
        }
        CommandLineRunner.Result result = connect(line.toArray(String[]::new));
        String expected = Pattern.quote("jpptp: " + sentence.replace("FOLDER", folder.toString())
                + " See 'jpptp connect --help'. (exit code 2)\n");
        // What another class says at length is not said again here.
        assertThat(result.err()).matches(expected.replace("*", "\\E.*\\Q"));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(shell.started).isEmpty();
    }

    @Test
    void serverAndUserAreSaidSomewhere() throws IOException {
        profile("office", "user = alice");
        assertThat(connect("office").err())
                .startsWith("jpptp: office.conf: the key 'server' is missing, with the server's name or address.");
        profile("office", "server = vpn");
        assertThat(connect("office").err())
                .startsWith("jpptp: office.conf: the key 'user' is missing; add it, or give -u");
        assertThat(started("office", "-u", "bob").identity().user()).isEqualTo("bob");
        profile("office", "server = @/etc/passwd|user = @alice");
        assertThat(connect("office", "-q").err())
                .startsWith("jpptp: office.conf:1: server takes a name or an IPv4 address, not '@/etc/passwd'.");
        profile("office", "server = office|user = @alice");
        assertThat(started("office").server().host()).isEqualTo("office");
        assertThat(shell.started.get(shell.started.size() - 1).identity().user())
                .isEqualTo("@alice");
    }

    @Test
    void aServerIsNoProfile() throws IOException {
        profile("vpn", "server = 192.0.2.1|user = alice");
        for (String server : List.of("vpn.", "vpn:1723", "vpn.conf", "pptp://vpn")) {
            assertThat(started(server, "-u", "bob").server().host()).startsWith("vpn");
        }
        assertThat(started("vpn", "-u", "bob").server().host()).isEqualTo("192.0.2.1");
        assertThat(started("other", "-u", "bob").server().host()).isEqualTo("other");
        assertThat(connect("./vpn.conf", "-u", "bob").err()).contains("The profile ./vpn.conf does not exist.");
    }

    @Test
    void passwordsHaveTheirOrder() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "of a file\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Path credentials = Files.createDirectories(config.resolve("credentials"));
        List<String> passwords = new ArrayList<>();
        shell.seen = started ->
                passwords.add(new String(started.identity().credentials().password()));
        shell.input = "given\n";
        shell.environment.put("JPPTP_PASSWORD", "of the environment");
        profile("office", "server = vpn|user = alice|password = of the profile");
        started("office", "--password-fd", "0");
        started("office");
        profile("office", "server = vpn|user = alice|password-file = secret");
        started("office");
        profile("office", "server = vpn|user = alice");
        started("office");
        shell.environment.put("CREDENTIALS_DIRECTORY", credentials.toString());
        started("office");
        Files.writeString(credentials.resolve("office.password"), "of systemd\n");
        started("office");
        assertThat(passwords)
                .containsExactly(
                        "given",
                        "of the profile",
                        "of a file",
                        "of the environment",
                        "of the environment",
                        "of systemd");
    }

    @Test
    void aPasswordThatOthersCanSeeIsRefused() throws IOException {
        Path file = profile("office", "server = vpn|user = alice|password = c4nary");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        CommandLineRunner.Result result = connect("office", "-vvv");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains(
                        "office.conf:3: the password can be seen by others than the owner of the file; run 'chmod 600 "
                                + file + "'.")
                .doesNotContain("c4nary");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        result = connect("office", "-vvv", "--json");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out() + result.err()).doesNotContain("c4nary");
    }

    @Test
    void aRemedyNamesTheKeyWhereTheProfileHasIt() throws IOException {
        profile("office", "server = vpn|user = alice|mtu = 1300");
        Remedy remedy = Remedy.of("Try ")
                .set(Setting.MPPE, "40")
                .say(", ")
                .set(Setting.ALLOW_WEAK, "pap")
                .say(", ")
                .set(Setting.IPV6)
                .say(", ")
                .add(Setting.AUTH, "pap")
                .say(", ")
                .set(Setting.VERBOSE, "2")
                .say(" or ")
                .set(Setting.TIMEOUT, "9")
                .say(".");
        shell.failure = Failure.of(FailureReason.REFUSED, "Seen.", remedy);
        assertThat(connect("office", "-q", "--timeout", "5").err())
                .startsWith("jpptp: Seen. Try 'mppe = 40', 'allow-pap = on', 'ipv6 = on', name pap in 'auth', -vv or"
                        + " --timeout 9. (exit code 11");
        assertThat(connect("office", "--json").out()).contains("Try 'mppe = 40', 'allow-pap = on'");
    }

    @Test
    void whatWorkedIsSavedOnceItIsUp() throws IOException {
        profile(
                "office",
                "server = vpn|user = alice|password = c4nary|route = 10.0.0.0/8|change-password = on"
                        + "|new-password-fd = 0|allow-pap = on");
        CommandLineRunner.Result result =
                connect("office", "--save", "copy", "--mtu", "1300", "--mppe=128", "--password-fd", "0");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        shell.input = "new\n";
        assertThat(connect("office", "--save", "copy", "--mtu", "1300", "--mppe=128")
                        .exitCode())
                .isZero();
        Path machine = config.resolve("machine");
        assertThat(machine.resolve("copy.conf")).doesNotExist();
        shell.up = true;
        shell.input = "new\n";
        result = connect("office", "--save", "copy", "--mtu", "1300", "--mppe=128");
        Path copy = Profiles.of(shell.environment).locate("copy").orElseThrow();
        assertThat(result.err())
                .contains("jpptp: saved as " + copy + "; 'jpptp connect copy' does the same from now on.");
        assertThat(copy)
                .hasContent("server = vpn\nuser = alice\nallow-pap = on\nmppe = 128\nroute = 10.0.0.0/8\nmtu = 1300\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(started("copy").network().mtu()).isEqualTo(1300);
        assertThat(connect("office", "--save", "copy").err())
                .startsWith("jpptp: There is a profile " + copy + " already; choose another name, or remove it.");
        assertThat(connect("office", "--save", "a.b").err()).startsWith("jpptp: A profile's name is 1 to 32 letters");
    }

    @Test
    void theDefaultsAreThoseOfTheOptions() throws IOException {
        profile("office", "server = vpn|user = alice");
        ClientConfig config = started("office");
        assertThat(config.policy().mppe()).isEqualTo(MppePolicy.REQUIRE_128_STATELESS);
        assertThat(connect("office").err()).isEqualTo(BANNER);
    }
}
