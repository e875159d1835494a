package org.jpptp.lab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explanation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tunnel that worked, of which not everything was recorded. */
class IncompleteCapturesTest {
    private static final Captured WORKED = captured("pptp-linux-to-poptop-2012");
    private static final String WHO = "192.168.1.102 with 198.252.153.26, ";

    private static Captured captured(String name) {
        return Captured.of(Path.of("harness/src/test/resources/captures", name + ".pcap"));
    }

    /** Begun before authentication, before encryption, with the datagrams, and behind some of them. */
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
