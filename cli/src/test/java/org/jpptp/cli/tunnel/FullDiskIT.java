package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.server.EmbeddedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands come to whose files this machine does not take: on a small disk in a mount namespace of the command's own. */
@RequiresRoot
class FullDiskIT {
    /** Mounts the disk, puts a report on it, and lets nothing more in; then the command, and what is on the disk. */
    private static final String SCRIPT = """
            disk=$1 how=$2
            shift 2
            mount -t tmpfs -o size=64k,mode=700 none "$disk" || exit 99
            printf '<meta name="generator" content="jpptp 1.0"/>' >"$disk/there"
            case $how in
              full) dd if=/dev/zero of="$disk/rest" bs=4k 2>/dev/null ;;
              ro) mount -o remount,ro "$disk" ;;
            esac
            "$@" >/dev/null
            code=$?
            ls -A "$disk"
            cat "$disk/there"
            exit $code
            """;

    private static final String CAPTURE = "../lab/harness/src/test/resources/captures/chap-only.pcap";

    @TempDir
    Path folder;

    private List<String> wrapper(String script, String how) throws IOException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        return new ArrayList<>(List.of(
                "env",
                "CONFIGURATION_DIRECTORY=" + disk,
                "unshare",
                "-m",
                "sh",
                "-c",
                script,
                "sh",
                disk.toString(),
                how));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The file DISK/new cannot be written: full: bugreport -o DISK/new",
                "The file DISK/new cannot be written: ro: bugreport -o DISK/new",
                "The report DISK/new cannot be written: full: explain --report DISK/new CAPTURE",
                "The report DISK/there cannot be written: full: explain --report DISK/there CAPTURE",
                "The report DISK/new cannot be written: ro: explain --report DISK/new CAPTURE",
                "The file DISK/new cannot be written: full: explain --password-fd 0 --decrypt DISK/new CAPTURE",
                "The file DISK/new cannot be written: ro: explain --password-fd 0 --decrypt DISK/new CAPTURE",
                "The profile DISK/new.conf cannot be written: full: profile save new 192.0.2.1 -u alice",
                "The profile DISK/new.conf cannot be written: ro: profile save new 192.0.2.1 -u alice",
                "The file DISK/new of --log cannot be written: ro: connect 192.0.2.1 -u alice --password-fd 0 --log DISK/new",
                "The file DISK/new of --capture cannot be written: full: connect 192.0.2.1 -u alice --password-fd 0"
                        + " --capture DISK/new",
                "The report DISK/new cannot be written: full: connect 192.0.2.1 -u alice --password-fd 0 --report DISK/new",
            })
    void whatCannotBeWrittenIsSaidAndLeavesNothing(String row) throws IOException {
        String[] parts = row.split(": ", -1);
        String disk = folder.resolve("disk").toString();
        String reason = parts[1].equals("full") ? "No space left on device" : "Read-only file system";
        List<String> arguments = Stream.of(parts[2].split(" ", -1))
                .map(word -> word.replace("DISK", disk).replace("CAPTURE", CAPTURE))
                .toList();
        try (TestNamespace here = TestNamespace.create();
                JpptpProcess jpptp = JpptpProcess.startUnder(here, wrapper(SCRIPT, parts[1]), "secret\n", arguments)) {
            int code = jpptp.awaitExit(Connect.LONG);
            assertThat(jpptp.err().text())
                    .contains("jpptp: " + parts[0].replace("DISK", disk) + ": " + reason + ". Name another place");
            assertThat(code).isEqualTo(5);
            assertThat(jpptp.out().text().lines().filter(line -> !line.equals("rest")))
                    .as("what is on the disk, and what is in the report")
                    .containsExactly("there", "<meta name=\"generator\" content=\"jpptp 1.0\"/>");
        }
    }

    /** What is kept of a tunnel matters less than the tunnel. */
    @Test
    void aTunnelOutlivesItsLogAndItsCapture() throws IOException {
        Path disk = folder.resolve("disk");
        String script = "mount -t tmpfs -o size=64k,mode=700 none \"$1\" || exit 99; shift 2; exec \"$@\"";
        try (TwoHosts hosts = new TwoHosts();
                EmbeddedServer server = hosts.serve(TwoHosts.config());
                JpptpProcess jpptp = JpptpProcess.startUnder(
                        hosts.client(),
                        wrapper(script, ""),
                        "secret\n",
                        Connect.arguments(TwoHosts.SERVER, "--log", disk + "/log", "--capture", disk + "/capture"))) {
            assertThat(server.port()).isEqualTo(1723);
            Connect.awaitUp(jpptp);
            hosts.client()
                    .exec(
                            Connect.LONG,
                            "nsenter",
                            "-m",
                            "-t",
                            Long.toString(jpptp.pid()),
                            "sh",
                            "-c",
                            "! dd if=/dev/zero of=" + disk + "/rest bs=4k")
                    .orThrow();
            ping(hosts);
            jpptp.err().await("Nothing more is written to .*/capture: No space left", Connect.LONG);
            ping(hosts);
            jpptp.signal("USR1");
            jpptp.signal("INT");
            assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
            assertThat(jpptp.err().text())
                    .containsOnlyOnce("Nothing more is written to " + disk + "/log: No space left on device.")
                    .containsOnlyOnce("Nothing more is written to " + disk + "/capture: No space left on device.");
        }
    }

    private static void ping(TwoHosts hosts) {
        hosts.client()
                .exec(Connect.LONG, "ping", "-c", "9", "-s", "1300", "-i", "0.2", TwoHosts.INNER_SERVER)
                .orThrow();
    }
}
