package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jpptp.lab.oracle.Capture;
import org.jpptp.lab.oracle.Tshark;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.peer.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the command keeps of a tunnel with Debian's pptpd, beside what an independent capture has of the same. */
@RequiresRealPeer
@RequiresTshark
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordsIT {
    private static final String SERVER = "10.99.0.2";
    private static final String OUTER = "frame.interface_name == outer";

    @TempDir
    Path folder;

    private RealPeer peer;
    private TestNamespace here;

    @BeforeAll
    void boot() {
        peer = RealPeer.builder()
                .options(RealPeer.MPPE_128)
                .user("alice", "secret")
                .start();
        here = peer.namespace();
    }

    @AfterAll
    void powerOff() {
        peer.close();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private record Said(int code, String out, String err) {}

    private Said run(String input, String... arguments) {
        try (JpptpProcess jpptp = JpptpProcess.start(here, input, List.of(arguments))) {
            int code = jpptp.awaitExit(Connect.LONG);
            return new Said(code, jpptp.out().text(), jpptp.err().text());
        }
    }

    /** Octet counts and numbers of each way, by an independent reader. */
    private static List<String> gre(Path capture, String more) {
        return Tshark.fields(
                        capture,
                        "gre && !icmp" + more,
                        "ip.src",
                        "ip.dst",
                        "gre.key.call_id",
                        "gre.sequence_number",
                        "gre.key.payload_length")
                .stream()
                .sorted()
                .toList();
    }

    @Test
    void aTunnelCapturesItselfAsOthersDo() throws IOException {
        Path own = folder.resolve("own.pcapng");
        Path log = folder.resolve("own.log");
        Path theirs = folder.resolve("theirs.pcap");
        Path inner = folder.resolve("inside.pcap");
        try (Capture capture = Capture.start(here, peer.device(), theirs);
                JpptpProcess jpptp = Connect.to(
                        SERVER,
                        here,
                        "secret",
                        "--route",
                        "192.168.77.0/24",
                        "--capture",
                        own.toString(),
                        "--log",
                        log.toString(),
                        "--show-secrets")) {
            Connect.awaitUp(jpptp);
            String device =
                    jpptp.out().await("^Tunnel \\S+ is up after", Connect.LONG).split(" ", -1)[1];
            Capture inside = Capture.start(here, device, inner);
            assertThat(here.exec(Connect.LONG, "ping", "-c", "5", "-i", "0.2", "-w", "60", RealPeer.INNER_ADDRESS)
                            .out())
                    .contains("5 received");
            Said report = run("", "bugreport", SERVER, "-o", path("up.txt"));
            assertThat(report.code()).as(report.err()).isZero();
            Connect.settle(here);
            inside.close();
            jpptp.signal("INT");
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isZero();
            Path unused = capture.stop();
        }
        for (Path file : List.of(own, log, folder.resolve("up.txt"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(Tshark.fields(own, "_ws.malformed || tcp.analysis.flags", "frame.number"))
                .isEmpty();
        assertThat(Tshark.names(own).stream().sorted().toList())
                .isNotEmpty()
                .isEqualTo(Tshark.names(theirs).stream().sorted().toList());
        assertThat(gre(own, " && " + OUTER)).isNotEmpty().isEqualTo(gre(theirs, ""));
        assertThat(Tshark.fields(own, "icmp && frame.interface_name == inner", "icmp.type"))
                .hasSizeGreaterThanOrEqualTo(14)
                .isEqualTo(Tshark.fields(inner, "icmp", "icmp.type"));

        Said explained =
                run("secret\n", "explain", own.toString(), "--password-fd", "0", "--decrypt", path("inner.pcapng"));
        assertThat(explained.code()).as(explained.err()).isZero();
        assertThat(explained.out()).contains("The password given is the one that \"alice\" used here.");
        assertThat(Tshark.fields(folder.resolve("inner.pcapng"), "icmp", "icmp.seq", "icmp.type", "ip.src"))
                .isEqualTo(
                        Tshark.fields(own, "icmp && frame.interface_name == inner", "icmp.seq", "icmp.type", "ip.src"));
        aStrangersCaptureIsDecrypted(theirs, inner);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("inner.pcapng"))))
                .isEqualTo("rw-------");
        for (String file : List.of(log.toString(), path("up.txt"))) {
            Said of = run("", "explain", file);
            assertThat(of.code()).as(file + of.err()).isZero();
            assertThat(of.out()).contains("The tunnel was up");
        }
        assertThat(Files.readString(folder.resolve("up.txt")))
                .contains("== doctor", "== status", "== trace", "sent [LCP ConfReq");
    }

    /**
     * By the command, to exactly the datagrams that went in.
     *
     * @param outer tcpdump's, of the tunnel's packets
     * @param inner tcpdump's, of the interface
     */
    private void aStrangersCaptureIsDecrypted(Path outer, Path inner) {
        Path decrypted = folder.resolve("decrypted.pcapng");
        Said right =
                run("secret\n", "explain", outer.toString(), "--password-fd", "0", "--decrypt", decrypted.toString());
        assertThat(right.code()).as(right.err()).isZero();
        assertThat(right.out()).contains("The password given is the one that \"alice\" used here.");
        assertThat(datagrams(decrypted)).hasSize(14).isEqualTo(datagrams(inner));

        Path none = folder.resolve("none.pcapng");
        Said wrong = run("wrong\n", "explain", outer.toString(), "--password-fd", "0", "--decrypt", none.toString());
        assertThat(wrong.out()).contains("The password given is not the one that \"alice\" used here.");
        assertThat(Files.exists(none) ? datagrams(none) : List.of()).isEmpty();
    }

    private static List<String> datagrams(Path capture) {
        return Tshark.fields(
                        capture,
                        "icmp",
                        "ip.src",
                        "ip.dst",
                        "ip.id",
                        "ip.ttl",
                        "ip.checksum",
                        "icmp.type",
                        "icmp.seq",
                        "icmp.checksum",
                        "data.data")
                .stream()
                .sorted()
                .toList();
    }

    private void agree(int code, String sentence, String password, String... more) throws IOException {
        Path own = folder.resolve("failed-" + code + ".pcapng");
        Path log = folder.resolve("failed-" + code + ".log");
        List<String> arguments = Connect.arguments(
                SERVER, "--capture", own.toString(), "--log", log.toString(), "--route", "192.168.77.0/24");
        arguments.addAll(List.of(more));
        Said live = run(password + "\n", arguments.toArray(String[]::new));
        assertThat(live.code()).as(live.err()).isEqualTo(code);
        String said = live.err().replaceAll("(?s).*jpptp: ", "").replaceAll("(?s) \\(exit code.*", "");
        assertThat(said).contains(sentence);
        Said report = run("", "bugreport", SERVER, "-o", path("report-" + code + ".txt"));
        assertThat(report.code()).as(report.err()).isZero();
        for (String file : List.of(own.toString(), log.toString(), path("report-" + code + ".txt"))) {
            Said explained = run("", "explain", file);
            assertThat(explained.code())
                    .as(file + explained.err() + explained.out())
                    .isEqualTo(code);
            assertThat(explained.out().replaceAll("\\s+", " ")).as(file).contains(sentence);
        }
        assertThat(Tshark.fields(own, "_ws.malformed || tcp.analysis.flags", "frame.number"))
                .isEmpty();
        assertThat(String.join("\n", Tshark.fields(own, "frame.comment", "frame.comment")))
                .contains(sentence);
    }

    /** Under a name of its own, which no other tunnel has failed with. */
    @Test
    void aReportOfATunnelThatHasWorkedSaysSo() throws IOException {
        String name = "rp" + ProcessHandle.current().pid();
        try (JpptpProcess jpptp = Connect.to(SERVER, here, "secret", "--interface", name)) {
            Connect.awaitUp(jpptp);
            jpptp.signal("INT");
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isZero();
        }
        Said report = run("", "bugreport", name, "-o", path("worked.txt"));
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(Files.readString(folder.resolve("worked.txt")))
                .contains("== trace " + name + ": its user ended it at ")
                .contains(" = Disconnected after ");
        Said explained = run("", "explain", path("worked.txt"));
        assertThat(explained.code()).as(explained.err()).isZero();
        assertThat(explained.out()).contains("The tunnel was up for");
    }

    @Test
    void aWrongPasswordIsInAllOfThem() throws IOException {
        agree(19, "The server rejected the name or the password of \"alice\"", "wrong");
    }

    @Test
    void soIsEncryptionThatIsRefused() throws IOException {
        agree(
                22,
                "The server refuses the encryption that is required (MPPE 40-bit stateless)",
                "secret",
                "--mppe",
                "40");
    }

    @Test
    void anonymousNobodyIsInAnyOfThem() throws IOException {
        List<String> arguments = Connect.arguments(
                SERVER,
                "--capture",
                path("anonymous.pcapng"),
                "--log",
                path("anonymous.log"),
                "--anonymous",
                "--domain",
                "CORPORATION");
        Said live = run("secret\n", arguments.toArray(String[]::new));
        assertThat(live.code()).as(live.err()).isEqualTo(19);
        Said report = run("", "bugreport", SERVER, "--anonymous", "-o", path("anonymous.txt"));
        assertThat(report.code()).as(report.err()).isZero();
        HexFormat hex = HexFormat.of();
        for (String file : List.of("anonymous.pcapng", "anonymous.log", "anonymous.txt")) {
            byte[] octets = Files.readAllBytes(folder.resolve(file));
            String text = new String(octets, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            String all = hex.formatHex(octets) + text.replace(" ", "");
            for (String name : List.of("alice", "CORPORATION", SERVER, Connect.HERE)) {
                String lower = name.toLowerCase(Locale.ROOT);
                assertThat(text).as(file + " " + name).doesNotContain(lower);
                for (byte[] form : List.of(
                        name.getBytes(StandardCharsets.UTF_8),
                        lower.getBytes(StandardCharsets.UTF_8),
                        name.getBytes(StandardCharsets.UTF_16LE))) {
                    assertThat(all).as(file + " " + name).doesNotContain(hex.formatHex(form));
                }
            }
            for (String address : List.of("0a630001", "0a630002", "c0a84d01")) {
                assertThat(all).as(file + " " + address).doesNotContain(address);
            }
        }
        for (String file : List.of("anonymous.pcapng", "anonymous.log", "anonymous.txt")) {
            assertThat(run("", "explain", path(file)).code()).as(file).isEqualTo(19);
        }
    }
}
