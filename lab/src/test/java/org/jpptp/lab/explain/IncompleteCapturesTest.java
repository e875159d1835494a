package org.jpptp.lab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jpptp.client.diagnosis.Verdict;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explanation;
import org.jpptp.client.explain.Rung;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tunnel that worked, of which not everything was recorded. */
class IncompleteCapturesTest {
    private static final Captured WORKED = captured("pptp-linux-to-poptop-2012");
    private static final String WHO = "192.168.1.102 with 198.252.153.26, ";

    private static Captured captured(String name) {
        return Captured.of(Path.of("harness/src/test/resources/captures", name + ".pcap"));
    }

    /** Begun before the datagrams, and behind some of them. */
    @ParameterizedTest
    @CsvSource({"60, 66 datagrams pass", "73, 65 datagrams pass", "74, 64 datagrams pass", "167, 1 datagram passes"})
    void aCaptureBegunOnATunnelThatIsUpSaysSo(int from, String passing) {
        assertThat(WORKED.from(from).told())
                .isEqualTo(WHO + "LIKELY: The record begins in the middle of a tunnel: " + passing
                        + ", until the client ends it in order.");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 17, 20, 21, 24, 27, 28, 29})
    void whatIsNegotiatedStillIsTold(int from) {
        assertThat(WORKED.from(from).told())
                .startsWith(WHO + "SEEN: The tunnel was up for 2")
                .endsWith(" s, until the client ended it in order.");
    }

    /** Whoever begins to record while it ends learns no more than that. */
    @ParameterizedTest
    @ValueSource(ints = {178, 181, 184})
    void itsEndAloneIsNotTakenForAnAttempt(int from) {
        assertThat(WORKED.from(from).told())
                .isEqualTo(
                        WHO
                                + "LIKELY: The record begins as the client ends the call. It does not show whether the tunnel was up.");
    }

    @Test
    void itIsOneTunnelWhereverTheCaptureBegins() {
        for (int from = 1; from < 186; from++) {
            Explanation explanation = WORKED.from(from).explained();
            assertThat(explanation.calls()).as("from %d", from).hasSize(1);
            Explained call = explanation.calls().get(0);
            assertThat(call.client()).as("from %d", from).isEqualTo("192.168.1.102");
            assertThat(call.verdict().failure()).as("from %d", from).isNull();
        }
    }

    /** What was agreed on before is not known: neither that it was encryption, nor that it was none. */
    @Test
    void nothingIsSaidOfWhatWasAgreedBefore() {
        Explained call = WORKED.from(60).explained().calls().get(0);
        assertThat(call.milestones()).isEmpty();
        assertThat(call.weaknesses()).isEmpty();
        assertThat(call.wasUp()).isTrue();
    }

    /** All packets of the negotiation, and of the end. */
    static IntStream ofTheCall() {
        return IntStream.concat(IntStream.rangeClosed(7, 42), IntStream.rangeClosed(178, 188));
    }

    /** Whatever is missing, the datagrams show that it came up; and who has not seen what opened it is not sure. */
    @ParameterizedTest
    @MethodSource("ofTheCall")
    void aTunnelThatWorkedIsNotRefusedForAPacketThatIsMissing(int missing) {
        boolean opens = missing == 29 || missing == 33 || missing == 41 || missing == 42;
        assertThat(WORKED.without(missing).told())
                .startsWith(WHO + (opens ? "LIKELY" : "SEEN") + ": The tunnel was up for 2")
                .endsWith(" s, until the client ended it in order.");
    }

    @ParameterizedTest
    @MethodSource("ofTheCall")
    void norForTwo(int missing) {
        assertThat(WORKED.without(missing).without(missing).told()).contains(": The tunnel was up for ");
    }

    /** Two directions are not always noted in the order in which they were. */
    @ParameterizedTest
    @MethodSource("ofTheCall")
    void norForNeighboursThatChangedPlaces(int number) {
        assertThat(WORKED.swappedAt(number).told())
                .startsWith(WHO + "SEEN: The tunnel was up for 2")
                .endsWith(" s, until the client ended it in order.");
    }

    /** A client goes on with what follows only after what comes before. */
    @ParameterizedTest
    @ValueSource(ints = {16, 18, 19, 20, 21, 24, 25, 26})
    void howFarItCameIsShownByWhatFollows(int missing) {
        assertThat(WORKED.until(40).without(missing).told())
                .isEqualTo(WHO
                        + "LIKELY: The record ends while negotiating addresses (IPCP). It does not show what came of"
                        + " it.");
    }

    /** TCP counts what it carries. */
    @Test
    void anAnswerThatIsMissingIsNotSilence() {
        assertThat(captured("control-connection").without(10).told())
                .isEqualTo(
                        "192.168.43.22 with 191.101.61.1, LIKELY: Packets of the control connection are missing from the"
                                + " record. It does not show whether the tunnel was up.");
    }

    /** Silence is certain where nothing is missing. */
    @Test
    void aFailureIsSeenWhereAllOfItWasRecorded() {
        Captured failed = captured("windows-xp-control");
        assertThat(failed.told()).startsWith("10.1.1.11 with 10.1.1.10, SEEN: ");
        assertThat(failed.without(13).without(13).told())
                .isEqualTo(
                        "10.1.1.11 with 10.1.1.10, LIKELY: The control connection to 10.1.1.10 was lost while negotiating"
                                + " the link (LCP): TCP ended without a word during the call.");
    }

    /** From where GRE is just there, as old tcpdumps took it, to where a name is incomplete. */
    @ParameterizedTest
    @ValueSource(ints = {54, 58, 60, 64, 66, 68, 72, 80, 90, 96, 110})
    void nothingIsReadInWhatWasNotCaptured(int octets) {
        Explanation explanation = WORKED.cutTo(octets).explained();
        assertThat(explanation.calls()).hasSize(1);
        Explained call = explanation.calls().get(0);
        assertThat(call.verdict().sentence())
                .isEqualTo("The tunnel was up for 21.2 s, until the client ended it in order.");
        assertThat(call.verdict().confidence()).isEqualTo(Verdict.Confidence.LIKELY);
        assertThat(call.ladder()).extracting(Rung::text).anyMatch(text -> text.endsWith(", cut short by the capture"));
        assertThat(call.milestones().toString()).doesNotContain("\\x00").doesNotContain("0.0.0.0");
        assertThat(call.weaknesses()).noneMatch(weakness -> weakness.contains("not encrypted"));
        assertThat(captured("chap-only").cutTo(octets).told())
                .isEqualTo(
                        "192.168.43.114 with 198.252.153.26, SEEN: The server accepted the name and the password. More is"
                                + " not recorded.");
    }

    @ParameterizedTest
    @ValueSource(ints = {54, 66, 72, 80, 90})
    void anAnswerThatWasCutShortIsNoRefusal(int octets) {
        assertThat(captured("control-connection").cutTo(octets).told())
                .isEqualTo(
                        "192.168.43.22 with 191.101.61.1, LIKELY: Packets of the control connection are missing from the"
                                + " record. It does not show whether the tunnel was up.");
        assertThat(captured("windows-xp-control").cutTo(octets).told()).contains(", LIKELY: ");
    }

    /** The numbers of the calls are behind the cut. */
    @Test
    void twoTunnelsThatWereCutShortAreTwo() {
        assertThat(WORKED.followedBy(WORKED.calledFromPort(4711))
                        .cutTo(68)
                        .explained()
                        .calls())
                .extracting(call -> call.verdict().sentence())
                .containsExactly(
                        "The tunnel was up for 21.2 s, until the client ended it in order.",
                        "The tunnel was up for 21.2 s, until the client ended it in order.");
    }

    @Test
    void aCallWithoutGreMayHaveCarriedATunnel() {
        assertThat(captured("control-connection").from(12).told())
                .isEqualTo(
                        "192.168.43.22 with 191.101.61.1, LIKELY: The record begins as the client ends the call. It does"
                                + " not show whether the tunnel was up.");
        assertThat(captured("windows-xp-control").from(17).told())
                .isEqualTo("10.1.1.11 with 10.1.1.10, LIKELY: The control connection to 10.1.1.10 was lost: TCP ended"
                        + " without a word during the call.");
    }
}
