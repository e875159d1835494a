package org.jpptp.ppp.auth.eap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.ppp.auth.eap.EapByHand.RETRY;
import static org.jpptp.ppp.auth.eap.EapByHand.challenge;
import static org.jpptp.ppp.auth.eap.EapByHand.failure;
import static org.jpptp.ppp.auth.eap.EapByHand.lastResponse;
import static org.jpptp.ppp.auth.eap.EapByHand.reach;
import static org.jpptp.ppp.auth.eap.EapByHand.request;
import static org.jpptp.ppp.auth.eap.EapByHand.success;
import static org.jpptp.ppp.auth.eap.EapByHand.verdict;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.EnumSet;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.auth.Recorder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EapClientTableTest {
    private final Recorder output = new Recorder();
    private final EapClient client = EapByHand.client(EnumSet.of(AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5), output);

    /** What happens in each state to each packet. */
    @ParameterizedTest
    @CsvSource({
        "INITIAL, identity, nothing",
        "INITIAL, challenge, nothing",
        "INITIAL, eap-success, nothing",
        "INITIAL, eap-failure, nothing",
        "INITIAL, garbage, nothing",
        "WAITING, identity, sent",
        "WAITING, notification, sent",
        "WAITING, nak, ignored",
        "WAITING, challenge, sent",
        "WAITING, short challenge, ignored",
        "WAITING, md5, sent",
        "WAITING, empty md5, ignored",
        "WAITING, tls, sent",
        "WAITING, right success, ignored",
        "WAITING, failure, ignored",
        "WAITING, eap-success, ignored",
        "WAITING, eap-failure, ignored",
        "WAITING, response, ignored",
        "WAITING, garbage, ignored",
        "NAMED, identity, sent",
        "NAMED, notification, sent",
        "NAMED, challenge, sent",
        "NAMED, tls, sent",
        "NAMED, right success, ignored",
        "NAMED, failure, ignored",
        "NAMED, eap-success, ignored",
        "NAMED, eap-failure, failed",
        "NAMED, response, ignored",
        "ANSWERED, identity, sent",
        "ANSWERED, notification, sent",
        "ANSWERED, challenge, sent",
        "ANSWERED, reflection, failed",
        "ANSWERED, md5, sent",
        "ANSWERED, tls, sent",
        "ANSWERED, right success, sent",
        "ANSWERED, wrong success, failed",
        "ANSWERED, empty success, failed",
        "ANSWERED, failure, sent and failed",
        "ANSWERED, eap-success, ignored",
        "ANSWERED, eap-failure, failed",
        "ANSWERED, stray eap-failure, ignored",
        "ANSWERED, garbage, ignored",
        "VERIFIED, identity, sent",
        "VERIFIED, challenge, sent",
        "VERIFIED, right success, ignored",
        "VERIFIED, failure, ignored",
        "VERIFIED, md5, sent",
        "VERIFIED, eap-success, succeeded",
        "VERIFIED, stray eap-success, ignored",
        "VERIFIED, eap-failure, failed",
        "VERIFIED, response, ignored",
        "PROVED, identity, sent",
        "PROVED, notification, sent",
        "PROVED, challenge, sent",
        "PROVED, md5, sent",
        "PROVED, right success, ignored",
        "PROVED, failure, ignored",
        "PROVED, eap-success, ignored",
        "PROVED, eap-failure, ignored",
        "PROVED, response, ignored",
        "PROVED, garbage, ignored",
        "FAILED, identity, nothing",
        "FAILED, challenge, nothing",
        "FAILED, eap-success, nothing",
        "FAILED, eap-failure, nothing",
    })
    void everyPacketInEveryState(String state, String packet, String expected) {
        int last = reach(state, client, output);
        int sent = output.sent.size();
        int notes = output.notes.size();
        int results = output.results.size();
        int failures = output.failures.size();
        ByteBuf octets =
                switch (packet) {
                    case "identity" -> request(99, 1);
                    case "notification" -> request(99, 2, (byte) 'n');
                    case "nak" -> request(99, 3, (byte) 4);
                    case "challenge" -> challenge(99, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8});
                    case "short challenge" -> challenge(99, new byte[8]);
                    case "reflection" -> challenge(99, peerChallenge());
                    case "md5" -> request(99, 4, (byte) 1, (byte) 1);
                    case "empty md5" -> request(99, 4);
                    case "tls" -> request(99, 13, (byte) 0x20);
                    case "right success" -> success(99, EapByHand.Proof.RIGHT, output);
                    case "wrong success" -> success(99, EapByHand.Proof.WRONG, output);
                    case "empty success" -> request(99, 26, (byte) 3, (byte) 5, (byte) 0, (byte) 4);
                    case "failure" -> failure(99, RETRY);
                    case "eap-success" -> verdict(3, last);
                    case "eap-failure" -> verdict(4, last);
                    case "stray eap-success" -> verdict(3, last + 2);
                    case "stray eap-failure" -> verdict(4, last - 1);
                    case "response" -> Unpooled.wrappedBuffer(new byte[] {2, 1, 0, 5, 1});
                    default -> Unpooled.wrappedBuffer(new byte[] {9, 9, 0, 4});
                };
        client.receive(octets, 0);
        assertThat(output.sent).hasSize(sent + (expected.contains("sent") ? 1 : 0));
        assertThat(output.failures).hasSize(failures + (expected.contains("failed") ? 1 : 0));
        assertThat(output.results).hasSize(results + (expected.equals("succeeded") ? 1 : 0));
        assertThat(output.notes).hasSize(notes + (expected.equals("ignored") ? 1 : 0));
        if (expected.equals("sent")) {
            client.receive(octets, 0);
            assertThat(output.sent.get(sent + 1))
                    .as("a repeated Request gets the identical Response")
                    .isEqualTo(output.sent.get(sent));
        }
    }

    private byte[] peerChallenge() {
        return Arrays.copyOfRange(lastResponse(output).data(), 5, 21);
    }
}
