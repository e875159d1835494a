package org.jpptp.ppp.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.auth.ChapPacket.Challenge;
import org.jpptp.ppp.auth.ChapPacket.Failure;
import org.jpptp.ppp.auth.ChapPacket.Malformed;
import org.jpptp.ppp.auth.ChapPacket.Response;
import org.jpptp.ppp.auth.ChapPacket.Success;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MsChapV2ClientTest {
    private static final String NAME = "BIGCO\\jos\u00e9";
    private static final char[] PASSWORD = "gr\u00fc\u00dfe".toCharArray();
    private static final AuthRole.Authenticatee ROLE =
            new AuthRole.Authenticatee(new Credentials(NAME, PASSWORD), Set.of(AuthMethod.MSCHAPV2));
    private static final byte[] CHALLENGE = filled(0x11);
    private static final byte[] OTHER = filled(0x22);
    private static final long SECOND = 1_000_000_000L;

    private final Recorder output = new Recorder();
    private final MsChapV2Client client = new MsChapV2Client(ROLE, new Random(1), Duration.ofSeconds(30), output);

    @Test
    void answersAndVerifies() {
        client.start(0);
        challenge(7, CHALLENGE);
        Response response = (Response) ChapPacket.parse(output.last());
        assertThat(response.identifier()).isEqualTo(7);
        assertThat(new String(response.name(), StandardCharsets.UTF_8)).isEqualTo(NAME);
        assertThat(response.value()).hasSize(49).endsWith(0);
        assertThat(Arrays.copyOfRange(response.value(), 16, 24)).containsOnly(0);
        success(7, proof(CHALLENGE) + " M=Welcome");
        assertThat(output.results).singleElement().satisfies(result -> {
            assertThat(result.method()).isEqualTo(AuthMethod.MSCHAPV2);
            assertThat(result.name()).isEqualTo(NAME);
            assertThat(result.mutual()).isTrue();
            assertThat(result.message()).isEqualTo("Welcome");
            assertThat(result.keys()).isNotNull();
        });
        assertThat(client.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aRepeatedChallengeGetsTheSameResponseAndANewOneANewResponse() {
        client.start(0);
        challenge(7, CHALLENGE);
        challenge(7, CHALLENGE);
        challenge(8, CHALLENGE);
        challenge(8, OTHER);
        assertThat(output.sent).hasSize(4);
        assertThat(output.sent.get(1)).isEqualTo(output.sent.get(0));
        assertThat(Set.copyOf(output.sent)).hasSize(3);
        success(8, proof(OTHER));
        assertThat(output.results).hasSize(1);
    }

    /** What happens in each state to each packet. */
    @ParameterizedTest
    @CsvSource({
        // before start, everything is ignored
        "INITIAL, challenge, ignored",
        "INITIAL, success, ignored",
        "INITIAL, failure, ignored",
        "INITIAL, response, ignored",
        "INITIAL, garbage, ignored",
        // nothing but a Challenge means anything before we have answered one
        "WAITING, challenge, sent",
        "WAITING, success, ignored",
        "WAITING, failure, ignored",
        "WAITING, response, ignored",
        "WAITING, garbage, ignored",
        "WAITING, short challenge, ignored",
        "ANSWERED, challenge, sent",
        "ANSWERED, new challenge, sent",
        "ANSWERED, success, succeeded",
        "ANSWERED, wrong success, failed",
        "ANSWERED, empty success, failed",
        "ANSWERED, failure, failed",
        "ANSWERED, stray success, ignored",
        "ANSWERED, stray failure, ignored",
        "ANSWERED, response, ignored",
        "ANSWERED, garbage, ignored",
        "ANSWERED, short challenge, ignored",
        "ANSWERED, reflection, failed",
        "PROVED, challenge, sent",
        "PROVED, new challenge, sent",
        "PROVED, success, ignored",
        "PROVED, wrong success, ignored",
        "PROVED, empty success, ignored",
        "PROVED, failure, ignored",
        "PROVED, response, ignored",
        "PROVED, garbage, ignored",
        "PROVED, short challenge, ignored",
        "PROVED, reflection, ignored",
        "AGAIN, challenge, sent",
        "AGAIN, new challenge, sent",
        "AGAIN, success, ignored",
        "AGAIN, wrong success, ignored",
        "AGAIN, empty success, ignored",
        "AGAIN, failure, failed",
        "AGAIN, stray success, ignored",
        "AGAIN, response, ignored",
        "AGAIN, garbage, ignored",
        "AGAIN, reflection, ignored",
        "FAILED, challenge, ignored",
        "FAILED, new challenge, ignored",
        "FAILED, success, ignored",
        "FAILED, failure, ignored",
        "FAILED, response, ignored",
        "FAILED, garbage, ignored",
    })
    void everyPacketInEveryState(String state, String packet, String expected) {
        byte[] value = reach(state);
        int identifier = state.equals("AGAIN") ? 8 : 7;
        int sent = output.sent.size();
        int results = output.results.size();
        int failures = output.failures.size();
        receive(
                switch (packet) {
                    case "challenge" -> new Challenge(identifier, value, new byte[0]);
                    case "new challenge" -> new Challenge(99, filled(0x33), new byte[0]);
                    case "short challenge" -> new Challenge(98, new byte[8], new byte[0]);
                    case "reflection" -> new Challenge(97, peerChallenge(), new byte[0]);
                    case "success" -> new Success(identifier, text(output.sent.isEmpty() ? "S=" : proof(value)));
                    case "wrong success" -> new Success(identifier, text("S=" + "0".repeat(40)));
                    case "empty success" -> new Success(identifier, new byte[0]);
                    case "stray success" -> new Success(200, text("S=" + "0".repeat(40)));
                    case "failure" -> new Failure(identifier, text("E=691 R=1"));
                    case "stray failure" -> new Failure(200, text("E=691 R=1"));
                    case "response" -> new Response(identifier, new byte[49], new byte[0]);
                    default -> new Challenge(1, new byte[0], new byte[0]);
                });
        assertThat(output.sent.size() - sent).isEqualTo(expected.equals("sent") ? 1 : 0);
        assertThat(output.results.size() - results).isEqualTo(expected.equals("succeeded") ? 1 : 0);
        assertThat(output.failures.size() - failures).isEqualTo(expected.equals("failed") ? 1 : 0);
    }

    @Test
    void aChallengeAfterSuccessIsAnsweredAndItsProofChecked() {
        reach("AGAIN");
        success(8, proof(OTHER));
        assertThat(output.results).hasSize(1);
        assertThat(output.failures).isEmpty();
        assertThat(output.notes).contains("the server has proved itself again; the keys stay");
    }

    @Test
    void noProofThatDiffersByOneBitIsAccepted() {
        for (int bit = 0; bit < 160; bit++) {
            Recorder recorder = new Recorder();
            MsChapV2Client one = new MsChapV2Client(ROLE, new Random(bit), Duration.ofSeconds(30), recorder);
            one.start(0);
            one.receive(packet(new Challenge(1, CHALLENGE, new byte[0])), 0);
            byte[] proof = proofOctets(recorder, CHALLENGE);
            proof[bit / 8] ^= (byte) (1 << (bit % 8));
            one.receive(packet(new Success(1, text(MsChapV2.authenticatorResponseText(proof)))), 0);
            assertThat(recorder.results).isEmpty();
            assertThat(recorder.failures).extracting(PppFailure::cause).containsExactly(Cause.SERVER_PROOF_WRONG);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 38, 41, 43, 80})
    void noProofOfAnotherLengthIsAccepted(int length) {
        client.start(0);
        challenge(7, CHALLENGE);
        String padded = proof(CHALLENGE) + "0".repeat(80);
        success(7, padded.substring(0, length));
        assertThat(output.results).isEmpty();
        assertThat(output.failures).extracting(PppFailure::cause).containsExactly(Cause.SERVER_PROOF_WRONG);
    }

    @Test
    void lowerCaseAndAMissingSpaceAreAccepted() {
        client.start(0);
        challenge(7, CHALLENGE);
        success(7, "S=" + proof(CHALLENGE).substring(2).toLowerCase(Locale.ROOT) + "M=Server 2019");
        assertThat(output.results).extracting(AuthResult::message).containsExactly("Server 2019");
    }

    @ParameterizedTest
    @CsvSource({
        "691, CREDENTIALS_REJECTED, user name or password are wrong",
        "646, ACCOUNT_RESTRICTED, the account may not log on at this hour",
        "647, ACCOUNT_RESTRICTED, the account is disabled",
        "648, ACCOUNT_RESTRICTED, the password has expired",
        "649, ACCOUNT_RESTRICTED, the account has no permission to dial in",
        "709, ACCOUNT_RESTRICTED, the password could not be changed",
        "812, ACCOUNT_RESTRICTED, a policy of the server refuses it",
        "930, AUTH_TIMEOUT, the server's authentication server did not answer",
        "999, ACCOUNT_RESTRICTED, the server gives no known reason",
    })
    void aFailureIsExplainedAndNothingIsTriedAgain(int error, Cause cause, String words) {
        client.start(0);
        challenge(7, CHALLENGE);
        receive(new Failure(7, text("E=" + error + " R=1 C=" + "00".repeat(16) + " V=3 M=No\u001b way")));
        assertThat(output.failures).singleElement().satisfies(failure -> {
            assertThat(failure.cause()).isEqualTo(cause);
            assertThat(Refusals.of(failure))
                    .isEqualTo(new Refusal(Refusal.Verdict.CHAP_FAILURE, NAME, error, "No\\x1b way"));
        });
        assertThat(MsChapFailure.words(error)).isEqualTo(words);
        assertThat(output.sent).hasSize(1);
        assertThat(client.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theResponseIsRepeatedUntilTimeIsUp() {
        long start = -5 * SECOND;
        client.start(start);
        client.receive(packet(new Challenge(7, CHALLENGE, new byte[0])), start + SECOND);
        int wakes = 0;
        while (client.deadlineNanos() != Long.MAX_VALUE) {
            long at = client.deadlineNanos();
            client.onDeadline(at - 1);
            client.onDeadline(at);
            wakes++;
        }
        assertThat(wakes).isEqualTo(11);
        assertThat(Set.copyOf(output.sent)).hasSize(1);
        assertThat(output.sent).hasSize(11);
        assertThat(output.failures).containsExactly(new AuthFailure.AuthTimeout(AuthFailure.Awaited.CHAP_VERDICT, 11));
    }

    @Test
    void aServerThatNeverChallengesIsGivenUp() {
        client.start(0);
        assertThat(client.deadlineNanos()).isEqualTo(30 * SECOND);
        client.onDeadline(30 * SECOND);
        client.onDeadline(31 * SECOND);
        assertThat(output.failures).containsExactly(new AuthFailure.AuthTimeout(AuthFailure.Awaited.CHALLENGE, 0));
    }

    @Test
    void peerChallengesAreUnique() {
        client.start(0);
        Set<String> seen = new HashSet<>();
        byte[] value = filled(0);
        for (int i = 0; i < 5_000; i++) {
            value[0] = (byte) i;
            value[1] = (byte) (i >> 8);
            challenge(i & 0xff, value);
            assertThat(seen.add(ByteBufUtil.hexDump(peerChallenge()))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void garbageNeverSucceeds(int seed) {
        client.start(0);
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] octets = new byte[random.nextInt(80)];
            random.nextBytes(octets);
            if (octets.length > 3) {
                octets[0] = (byte) random.nextInt(6);
                octets[1] &= 3;
                octets[2] = 0;
                octets[3] = (byte) random.nextInt(octets.length + 2);
            }
            client.receive(Unpooled.wrappedBuffer(octets), i);
        }
        assertThat(output.results).isEmpty();
    }

    /** Brings the client into a state; returns the challenge that is current there. */
    private byte[] reach(String state) {
        if (state.equals("INITIAL")) {
            return CHALLENGE;
        }
        client.start(0);
        if (state.equals("WAITING")) {
            return CHALLENGE;
        }
        challenge(7, CHALLENGE);
        if (state.equals("FAILED")) {
            receive(new Failure(7, text("E=691 R=0")));
        } else if (!state.equals("ANSWERED")) {
            success(7, proof(CHALLENGE));
        }
        if (state.equals("AGAIN")) {
            challenge(8, OTHER);
            return OTHER;
        }
        return CHALLENGE;
    }

    private void challenge(int identifier, byte[] value) {
        receive(new Challenge(identifier, value.clone(), text("server")));
    }

    private void success(int identifier, String message) {
        receive(new Success(identifier, text(message)));
    }

    private void receive(ChapPacket packet) {
        assertThat(packet).isNotInstanceOf(Malformed.class);
        client.receive(packet(packet), 0);
    }

    private byte[] peerChallenge() {
        return Arrays.copyOf(((Response) ChapPacket.parse(output.last())).value(), 16);
    }

    /** What a server that knows the password says to the last Response. */
    private String proof(byte[] challenge) {
        return MsChapV2.authenticatorResponseText(proofOctets(output, challenge));
    }

    private static byte[] proofOctets(Recorder recorder, byte[] challenge) {
        byte[] value = ((Response) ChapPacket.parse(recorder.last())).value();
        byte[] hash = MsChapV2.ntPasswordHash(PASSWORD);
        return MsChapV2.authenticatorResponse(
                MsChapV2.hashNtPasswordHash(hash),
                Arrays.copyOfRange(value, 24, 48),
                Arrays.copyOf(value, 16),
                challenge,
                "jos\u00e9".getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuf packet(ChapPacket packet) {
        ByteBuf out = Unpooled.buffer();
        packet.writeTo(out);
        return out;
    }

    private static byte[] text(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] filled(int value) {
        byte[] octets = new byte[16];
        Arrays.fill(octets, (byte) value);
        return octets;
    }
}
