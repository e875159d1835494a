package org.jpptp.client.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jpptp.control.ControlFailure;
import org.jpptp.control.TransportEnd;
import org.jpptp.control.UnreadException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codes of RFC 2637 in words, with what else was seen. */
class ControlEvidenceTest {
    private static String words(ControlFailure failure) {
        return failure.fold(new ControlEvidence());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | 4 | 0100 | 2 (general error), error 4 (insufficient resources now), version 1.0
            3 | 0 | 0100 | 3 (a control connection exists already), version 1.0
            4 | 0 | 0100 | 4 (not authorized to establish a control connection), version 1.0
            5 | 0 | 0100 | 5 (protocol version not supported), version 1.0
            9 | 0 | 0100 | 9 (not a code of RFC 2637), version 1.0
            1 | 0 | 0200 | 1 (successful), version 2.0 where we speak 1.0
            0 | 0 | 00ff | 0 (taken as success), version 0.255 where we speak 1.0
            """)
    void refusedStarts(int result, int error, String version, String words) {
        ControlFailure failure = new ControlFailure.StartRefused(result, error, Integer.parseInt(version, 16), 0x0100);
        assertThat(words(failure)).isEqualTo("Start-Control-Connection-Reply with result " + words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | 6 | 0  | 2 (general error), error 6 (vendor-specific error in the PAC)
            3 | 0 | 27 | 3 (no carrier), cause 27 (destination out of order)
            4 | 0 | 17 | 4 (busy), cause 17 (user busy)
            7 | 0 | 0  | 7 (administratively prohibited)
            0 | 0 | 0  | 0 (not a code of RFC 2637)
            """)
    void refusedCalls(int result, int error, int cause, String words) {
        assertThat(words(new ControlFailure.CallRefused(result, error, cause)))
                .isEqualTo("Outgoing-Call-Reply with result " + words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WAITING_FOR_START_REPLY | 0   | the server closed the connection instead of answering the start request
            BEFORE_CALL             | 0   | TCP ended without a word before the call
            WAITING_FOR_CALL_REPLY  | 0   | the server closed the connection instead of answering the call request
            CALL                    | 100 | TCP ended without a word during the call, after 100 octets of an unfinished message
            """)
    void aTransportThatCloses(ControlFailure.Stage stage, int unfinished, String words) {
        assertThat(words(new ControlFailure.TransportLost(stage, unfinished, TransportEnd.CLOSED)))
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            START_REPLY | 10000 | no answer to Start-Control-Connection-Request within 10 s
            CALL_REPLY  | 1500  | no answer to Outgoing-Call-Request within 1500 ms
            """)
    void silence(ControlFailure.Awaited awaited, long millis, String words) {
        assertThat(words(new ControlFailure.Unanswered(awaited, Duration.ofMillis(millis), 0)))
                .isEqualTo(words);
    }

    @Test
    void whatOneSideDoesNotReadIsSaid() {
        assertThat(words(new ControlFailure.TransportLost(
                        ControlFailure.Stage.CALL,
                        0,
                        TransportEnd.of(new UnreadException("the peer has read nothing for 30 s")))))
                .isEqualTo("we closed TCP, since the peer has read nothing for 30 s");
        assertThat(words(new ControlFailure.EchoLost(Duration.ZERO, Duration.ofSeconds(10))))
                .isEqualTo("no answer to Echo-Request, and nothing else, for 10 s after it was asked out of turn");
    }
}
