package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jpptp profile} and {@code jpptp import}: what is told, and what is written. */
class ProfileCommandTest {
    private static final String NOTHING_DONE = " (exit code 2)\n";
    private static final Path FILES = Path.of("src/test/resources/org/jpptp/cli/imports");

    private final CommandLineRunner shell = new CommandLineRunner();

    @TempDir
    Path config;

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(config.resolve("machine"));
        shell.environment.put("CONFIGURATION_DIRECTORY", folder.toString());
        shell.environment.put("XDG_CONFIG_HOME", folder.toString());
    }

    private Path profile(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".conf"), text.replace('|', '\n') + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    /** The resolver would be asked for a name that is none of a server's. */
    @Test
    void probeTakesNoProfile() throws Exception {
        Path file = profile("office", "server = vpn.example.com|user = a");
        assertThat(shell.run("probe", "office").err())
                .startsWith(
                        "jpptp: SERVER takes a server here, and 'office' names a profile, of the server vpn.example.com; a host"
                                + " of this name is office:1723.")
                .contains("(exit code 2)");
        assertThat(shell.run("probe", file.toString()).err())
                .startsWith("jpptp: SERVER takes a server here, and '" + file
                        + "' names a profile, of the server vpn.example.com.");
        assertThat(shell.run("probe", "/none.conf").err())
                .startsWith("jpptp: SERVER takes a server here, and '/none.conf' names a profile.");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() throws IOException {
        profile(
                "bad",
                "mpe = 3|ipv6 = yes|auth = pap|mtu = big|route = 1|route = 10.0.0.0/8|route = 2|user = a|timeout = 9999"
                        + "|password = x|password-fd = 3|[x]|mtu = 1400");
        CommandLineRunner.Result result = shell.run("profile", "check", "bad");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err().lines().map(line -> line.replaceAll("network .*, not", "network …, not")))
                .containsExactly(
                        "bad.conf: the key 'server' is missing, with the server's name or address.",
                        "bad.conf:1: there is no key 'mpe'; did you mean 'mppe'?",
                        "bad.conf:2: ipv6 takes on or off, not 'yes'.",
                        "bad.conf:3: auth names pap: PAP sends the password in clear; add allow-pap = on if that is"
                                + " acceptable.",
                        "bad.conf:4: mtu takes a whole number from 576 to 1456 octets, not 'big'.",
                        "bad.conf:5: route takes an IPv4 network …, not '1'.",
                        "bad.conf:7: route takes an IPv4 network …, not '2'.",
                        "bad.conf:9: timeout takes a whole number from 1 to 3600 seconds, not '9999'.",
                        "bad.conf:10: password and password-fd (line 11) exclude each other.",
                        "bad.conf:12: there are no sections in a profile.",
                        "bad.conf:13: mtu stands in line 4 already.");
        assertThat(result.out()).isEmpty();
        result = shell.run(
                "profile",
                "check",
                Files.writeString(folder.resolve("x"), "x\n".repeat(99)).toString());
        assertThat(result.err().lines()).hasSize(21).last().isEqualTo("There are 81 more.");
    }

    @Test
    void aGoodOneIsInOrder() throws IOException {
        Path file = profile("good", "server = vpn|user = a|password = c4nary|route = 10.0.0.0/8|mppe = 40,none");
        CommandLineRunner.Result result = shell.run("profile", "check", "good");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo(file + " is in order.\n");
        assertThat(shell.run("profile", "check", file.toString()).exitCode()).isZero();
        assertThat(shell.run("profile", "path", "good").out()).isEqualTo(file + "\n");

        result = shell.run("profile", "show", "good");
        assertThat(result.out().lines().map(line -> line.strip().replaceAll(" {2,}", "|")))
                .startsWith("Profile good, " + file, "server|vpn|line 1", "user|a|line 2")
                .contains("password|(not shown)|line 3", "mppe|40,none|line 5", "mtu|1400|default", "mppc|off|default");
        assertThat(result.out()).doesNotContain("c4nary");
        assertThat(shell.run("profile", "show", "good", "--json").out().lines())
                .contains(
                        "{\"key\":\"mppe\",\"value\":\"40,none\",\"line\":5}",
                        "{\"key\":\"mtu\",\"value\":\"1400\",\"line\":null}");
    }

    @Test
    void theListTellsWhatIsWrong() throws IOException {
        profile("good", "server = vpn|user = a");
        profile("bad", "server = x y|user = a");
        Files.createDirectory(folder.resolve("dir.conf"));
        Files.writeString(folder.resolve("not a name.conf"), "");
        assertThat(shell.run("profile", "list").out())
                .isEqualTo("bad   " + folder + "/bad.conf  x y\n"
                        + "  bad.conf:1: server takes a name or an IPv4 address, not 'x y'.\n"
                        + "dir   " + folder + "/dir.conf\n"
                        + "  The profile " + folder + "/dir.conf is a directory.\n"
                        + "good  " + folder + "/good.conf  vpn\n");
        assertThat(shell.run("profile", "list", "--json").out().lines())
                .hasSize(3)
                .contains("{\"name\":\"good\",\"file\":\"" + folder
                        + "/good.conf\",\"server\":\"vpn\",\"valid\":true,\"problem\":null}");
    }

    @Test
    void whatIsNotThereSaysSo() {
        String nowhere = "jpptp: There is no profile 'nix' in " + folder;
        for (String command : new String[] {"show", "check", "path"}) {
            CommandLineRunner.Result result = shell.run("profile", command, "nix");
            assertThat(result.err()).startsWith(nowhere).endsWith(NOTHING_DONE);
            assertThat(result.exitCode()).isEqualTo(2);
        }
        assertThat(shell.run("profile", "list").err()).startsWith("There is no profile in " + folder);
        assertThat(shell.run("profile").err()).startsWith("jpptp: Missing required subcommand.");
    }

    @Test
    void optionsBecomeAProfile() throws IOException {
        CommandLineRunner.Result result = shell.run(
                "profile",
                "save",
                "office",
                "vpn",
                "-u",
                "CORP\\a",
                "--route=10.0.0.0/8",
                "--ipv6",
                "--password-fd",
                "0",
                "--password-file",
                "-",
                "--json");
        assertThat(result.err()).contains("exclude each other").endsWith(NOTHING_DONE);
        assertThat(folder).isEmptyDirectory();
        result = shell.run("profile", "save", "office", "vpn", "-u", "CORP\\a", "--route=10.0.0.0/8", "--ipv6", "-vv");
        Path file = Path.of(result.out().replaceAll("^Saved as |\\.\n$", ""));
        assertThat(file).hasContent("server = vpn\nuser = CORP\\a\nroute = 10.0.0.0/8\nipv6 = on\n");
        assertThat(shell.run("connect", "office").exitCode()).isZero();
        assertThat(shell.run("profile", "save", "office", "vpn", "-u", "b").err())
                .contains("There is a profile");
        assertThat(file).content().contains("CORP");
    }

    @Test
    void whatIsImportedConnects() throws IOException {
        CommandLineRunner.Result result = shell.run(
                "import",
                FILES.resolve("pppd/pptpsetup").toString(),
                "--secrets",
                FILES.resolve("pppd/chap-secrets").toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).endsWith("pptpsetup.conf; 'jpptp connect pptpsetup' connects by it.\n");
        shell.seen = config ->
                assertThat(config.identity().credentials().password()).containsExactly("s3cret # one".toCharArray());
        assertThat(shell.run("connect", "pptpsetup").exitCode()).isZero();
        assertThat(shell.started.get(0).identity().user()).isEqualTo("CORP\\alice");

        result = shell.run("import", FILES.resolve("pppd/quotes").toString(), "--stdout");
        assertThat(result.out())
                .isEqualTo("# quotes\nserver = vpn.example.com\nuser = alice\nmppe = 128\nauth = eap-mschapv2\n");
        assertThat(result.err()).contains("quotes: the password is not written to standard output.");
    }

    @Test
    void aPhoneBookHasSeveral() throws IOException {
        String book = FILES.resolve("windows/several.pbk").toString();
        assertThat(shell.run("import", book, "--name", "x").err()).contains("has 2; choose one with --entry");
        assertThat(shell.run("import", book, "--entry", "Nix").err()).contains("There is no entry 'Nix'");
        assertThat(shell.run("import", book, "--entry", "Modem").err()).contains("names no PPTP server");
        assertThat(folder).isEmptyDirectory();
        assertThat(shell.run("import", book, "--entry", "Branch B", "--name", "b")
                        .exitCode())
                .isZero();
        assertThat(shell.run("import", book).out()).contains("Branch-A.conf", "Branch-B.conf");
        assertThat(shell.run("connect", "b", "-u", "alice").exitCode()).isZero();
        assertThat(shell.started.get(0).policy().mppe().required()).isFalse();
    }

    @Test
    void aFileThatCannotBeImportedSaysSo() throws IOException {
        shell.input = "pptp_server vpn\nplugin pptp.so\nname a\nmtu 99\n";
        CommandLineRunner.Result result = shell.run("import", "-", "--name", "in");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("standard input:4: an MTU of 99 is left out");
        assertThat(shell.run("import", folder.toString()).err())
                .contains("is a directory")
                .endsWith(NOTHING_DONE);
        assertThat(shell.run("import", folder + "/nix").err())
                .contains("does not exist")
                .endsWith(NOTHING_DONE);
        Path large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);
        assertThat(shell.run("import", large.toString()).err()).contains("is longer than any that is meant");
        Path odd = Files.writeString(folder.resolve("odd"), "pptp_server 'a b'\nplugin pptp.so\nname a\n");
        assertThat(shell.run("import", odd.toString()).err())
                .contains("odd:1: left out: server takes a name or an IPv4 address, not 'a b'.")
                .contains("names no PPTP server that can be connected to.")
                .endsWith(NOTHING_DONE);
        assertThat(folder.resolve("odd.conf")).doesNotExist();
    }
}
