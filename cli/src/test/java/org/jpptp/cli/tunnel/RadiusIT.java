package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jpptp.lab.oracle.Capture;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRadius;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.peer.Scenario;
import org.jpptp.lab.peer.Transfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The command against pppd that asks FreeRADIUS: whether it returns keys for MPPE (RFC 2548 §2.4) decides. */
@RequiresRadius
@RequiresTshark
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Scenario.BESIDE_OTHERS)
class RadiusIT {
    private static final String TABLE = "Users in RADIUS";

    @TempDir
    Path directory;

    @Test
    void anAcceptedUserWithoutKeysIsToldWhatIsMissing() {
        try (RealPeer peer = server(Scenario::radiusWithoutKeys);
                Capture capture =
                        Capture.start(peer.namespace(), peer.device(), directory.resolve("without-keys.pcap"));
                JpptpProcess jpptp = Connect.to(peer.serverAddress(), peer.namespace(), "secret")) {
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isEqualTo(23);
            assertThat(jpptp.err().text()).contains("RADIUS", "keys", "MPPE required but not available");
            assertThat(jpptp.out().text()).contains("the server proved itself");
            String pppd = peer.awaitPppd(0, "Connection terminated", Connect.LONG);
            assertThat(pppd)
                    .contains("MPPE required, but keys are not available")
                    .doesNotContain("sent [CCP");
            CausesTable.failed(
                    22, "pppd whose RADIUS returns no keys", jpptp, 23, capture.stop(), CausesTable.sameIn(pppd, 23));
            assertThat(peer.radiusLog()).contains("Login OK: [alice]").doesNotContain("MS-MPPE-Send-Key =");
            InteroperabilityTable.seen(TABLE, "exit code 23, and words on missing keys", "without MPPE keys");
        }
    }

    @Test
    void anAcceptedUserWithKeysComesUp() {
        try (RealPeer peer = server(Scenario::radius);
                JpptpProcess jpptp = Connect.to(peer.serverAddress(), peer.namespace(), "secret")) {
            Connect.awaitUp(jpptp);
            assertThat(Transfer.WRAP.upload(peer.namespace(), Connect.TRANSFER)).isEqualTo(Transfer.WRAP.sha256());
            Connect.settle(peer.namespace());
            jpptp.signal("INT");
            assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
            assertThat(peer.radiusLog()).contains("Login OK: [alice]", "MS-MPPE-Send-Key =", "MS-MPPE-Recv-Key =");
            InteroperabilityTable.seen(TABLE, "up: MS-CHAPv2, MPPE 128-bit stateless", "with MPPE keys");
        }
    }

    /** What the server sends does not decrypt, what it receives does; or the other way round; or neither. */
    static Stream<Arguments> otherKeys() {
        return Stream.of(
                arguments(35, "another MS-MPPE-Send-Key", otherKey(Scenario::radiusWithOtherSendKey)),
                arguments(35, "another MS-MPPE-Recv-Key", otherKey(Scenario::radiusWithOtherReceiveKey)),
                arguments(33, "both of them others", otherKey(Scenario::radiusWithOtherKeys)));
    }

    private static UnaryOperator<Scenario> otherKey(UnaryOperator<Scenario> radius) {
        return radius;
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("otherKeys")
    void keysThatDifferAreFoundByTheFirstTraffic(int number, String what, UnaryOperator<Scenario> radius) {
        try (RealPeer peer = server(radius);
                Capture capture = Capture.start(peer.namespace(), peer.device(), directory.resolve("other-keys.pcap"));
                JpptpProcess jpptp = Connect.to(peer.serverAddress(), peer.namespace(), "secret")) {
            Connect.awaitUp(jpptp);
            peer.namespace().exec(Connect.LONG, "ping", "-c", "10", "-i", "1", "-w", "10", RealPeer.INNER_ADDRESS);
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isEqualTo(23);
            assertThat(jpptp.err().text()).contains("RADIUS").doesNotContain("--mppe none");
            String pppd = CausesTable.sameIn(peer.awaitPppd(0, "Connection terminated", Connect.LONG), 23);
            CausesTable.failed(
                    number, "pppd whose RADIUS server returns other keys: " + what, jpptp, 23, capture.stop(), pppd);
            InteroperabilityTable.seen(TABLE, "up, and exit code 23 with the first packets", what);
        }
    }

    @Test
    void aUserThatRadiusRejectsIsRejected() {
        try (RealPeer peer = server(Scenario::radius);
                JpptpProcess jpptp = Connect.to(peer.serverAddress(), peer.namespace(), "wrong")) {
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isEqualTo(19);
            assertThat(peer.radiusLog()).contains("Login incorrect");
            InteroperabilityTable.seen(TABLE, "exit code 19", "rejects the user");
        }
    }

    private static RealPeer server(UnaryOperator<Scenario> radius) {
        return radius.apply(RealPeer.builder()
                        .besideOthers()
                        .options(RealPeer.MPPE_128)
                        .user("alice", "secret"))
                .start();
    }
}
