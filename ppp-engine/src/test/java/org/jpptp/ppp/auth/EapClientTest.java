package org.jpptp.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EapClientTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Credentials ALICE = new Credentials("BIGCO\\alice", "gr\u00fc\u00dfe".toCharArray());
    private static final byte[] CHALLENGE = new byte[16];
    private static final String RETRY = "E=691 R=1 C=" + "0A".repeat(16) + " V=3 M=again";

    private final Recorder output = new Recorder();
    private EapClient client = client(false, EnumSet.of(AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5));

    private EapClient client(boolean interactive, Set<AuthMethod> allowed) {
        return new EapClient(new AuthRole.Authenticatee(ALICE, allowed, interactive), new Random(1), TIMEOUT, output);
    }

    private static ByteBuf request(int identifier, int type, byte... data) {
        ByteBuf out = Unpooled.buffer();
        new EapPacket.Request(identifier, type, data).writeTo(out);
        return out;
    }

    private static byte[] chap(ChapPacket packet) {
        ByteBuf out = Unpooled.buffer();
        packet.writeTo(out);
        return ByteBufUtil.getBytes(out);
    }

    private static ByteBuf challenge(int identifier, byte[] value) {
        return request(identifier, 26, chap(new ChapPacket.Challenge(5, value, new byte[] {'g'})));
    }

    private static ByteBuf failure(int identifier, String message) {
        return request(identifier, 26, chap(new ChapPacket.Failure(5, message.getBytes(StandardCharsets.US_ASCII))));
    }

    private ByteBuf success(int identifier, boolean right) {
        return request(
                identifier, 26, chap(new ChapPacket.Success(5, proof(right).getBytes(StandardCharsets.US_ASCII))));
    }

    private static ByteBuf verdict(int code, int identifier) {
        return Unpooled.wrappedBuffer(new byte[] {(byte) code, (byte) identifier, 0, 4});
    }

    /** What the server owes us for our last Response with an OpCode of 2. */
    private String proof(boolean right) {
        byte[] proof = new byte[20];
        for (ByteBuf sent : output.sent) {
            if (EapPacket.parse(sent.duplicate()) instanceof EapPacket.Response response
                    && response.type() == 26
                    && ChapPacket.parse(Unpooled.wrappedBuffer(response.data())) instanceof ChapPacket.Response inner) {
                MsChapV2Response value = MsChapV2Response.parse(inner.value());
                if (value != null && right) {
                    proof = MsChapV2.authenticatorResponse(
                            MsChapV2.hashNtPasswordHash(MsChapV2.ntPasswordHash(ALICE.password())),
                            value.ntResponse(),
                            value.peerChallenge(),
                            CHALLENGE,
                            "alice".getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
        return MsChapV2.authenticatorResponseText(proof) + " M=ok";
    }

    private EapPacket.Response lastResponse() {
        return (EapPacket.Response) EapPacket.parse(output.last());
    }

    @Test
    void msChapV2FromIdentityToSuccess() {
        client.start(0);
        client.receive(request(1, 1), 0);
        assertThat(ByteBufUtil.hexDump(output.last())).isEqualTo("02010010" + "01" + "424947434f5c616c696365");
        client.receive(challenge(2, CHALLENGE), 0);
        EapPacket.Response response = lastResponse();
        assertThat(response.identifier()).isEqualTo(2);
        assertThat(ByteBufUtil.hexDump(response.data())).startsWith("0205" + "0041" + "31");
        client.receive(success(3, true), 0);
        assertThat(ByteBufUtil.hexDump(output.last())).isEqualTo("02030006" + "1a03");
        assertThat(output.results).as("not before EAP-Success").isEmpty();
        client.receive(verdict(3, 3), 0);
        assertThat(output.results).singleElement().satisfies(result -> {
            assertThat(result.method()).isEqualTo(AuthMethod.EAP_MSCHAPV2);
            assertThat(result.mutual()).isTrue();
            assertThat(result.message()).isEqualTo("ok");
            assertThat(result.keys()).isNotNull();
        });
        assertThat(output.protocols).containsExactly(0xc227);
        assertThat(client.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void md5IsThatOfRfc1994() throws Exception {
        client.start(0);
        client.receive(request(9, 4, (byte) 2, (byte) 0xab, (byte) 0xcd, (byte) 'g'), 0);
        java.security.MessageDigest md5 = java.security.MessageDigest.getInstance("MD5");
        md5.update((byte) 9);
        md5.update("gr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_8));
        byte[] expected = md5.digest(new byte[] {(byte) 0xab, (byte) 0xcd});
        byte[] data = lastResponse().data();
        assertThat(data[0]).isEqualTo((byte) 16);
        assertThat(Arrays.copyOfRange(data, 1, 17)).isEqualTo(expected);
        client.receive(verdict(3, 10), 0);
        assertThat(output.results)
                .as("some servers count on for the verdict")
                .containsExactly(new AuthResult(AuthMethod.EAP_MD5, "BIGCO\\alice", false, "", null));
    }

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
        int last = reach(state);
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
                    case "right success" -> success(99, true);
                    case "wrong success" -> success(99, false);
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

    /** Returns the Identifier of the last Request. */
    private int reach(String state) {
        if (state.equals("INITIAL")) {
            return 0;
        }
        client.start(0);
        if (state.equals("WAITING")) {
            return 0;
        }
        client.receive(request(1, 1), 0);
        if (state.equals("NAMED")) {
            return 1;
        }
        client.receive(challenge(2, CHALLENGE), 0);
        if (state.equals("ANSWERED")) {
            return 2;
        }
        client.receive(success(3, !state.equals("FAILED")), 0);
        if (state.equals("PROVED")) {
            client.receive(verdict(3, 3), 0);
        }
        return 3;
    }

    private byte[] peerChallenge() {
        return Arrays.copyOfRange(lastResponse().data(), 5, 21);
    }

    @Test
    void otherMethodsAreNakedAndThenRefused() {
        client = client(false, EnumSet.of(AuthMethod.EAP_MSCHAPV2));
        client.start(0);
        client.receive(request(1, 4, (byte) 1, (byte) 1), 0);
        assertThat(ByteBufUtil.hexDump(output.last())).isEqualTo("02010006031a");
        client.receive(request(2, 13), 0);
        client.receive(request(3, 99), 0);
        assertThat(output.failures)
                .containsExactly(new PppFailure(
                        Cause.AUTH_METHOD_REFUSED,
                        0,
                        "inside EAP the server proposes EAP-MD5, which yields no keys for MPPE, then EAP-TLS, "
                                + "then EAP type 99; allowed is EAP-MS-CHAPv2"));
    }

    @Test
    void aServerThatKnowsNoOtherMethodIsNamed() {
        client = client(false, EnumSet.of(AuthMethod.EAP_MSCHAPV2));
        client.start(0);
        client.receive(request(1, 25, (byte) 0x20), 0);
        client.receive(verdict(4, 1), 0);
        assertThat(output.failures)
                .containsExactly(new PppFailure(
                        Cause.AUTH_METHOD_REFUSED, 0, "inside EAP the server proposes PEAP; allowed is EAP-MS-CHAPv2"));
    }

    @ParameterizedTest
    @CsvSource({
        "646, ACCOUNT_RESTRICTED",
        "647, ACCOUNT_RESTRICTED",
        "648, ACCOUNT_RESTRICTED",
        "649, ACCOUNT_RESTRICTED",
        "709, ACCOUNT_RESTRICTED",
        "691, CREDENTIALS_REJECTED",
        "1234, CREDENTIALS_REJECTED",
    })
    void errorsAreInWords(int error, Cause cause) {
        reach("ANSWERED");
        client.receive(failure(3, "E=" + error + " R=0 C=" + "00".repeat(16) + " V=3 M=so\u0007rry"), 0);
        assertThat(ByteBufUtil.hexDump(output.last())).as("acknowledged").isEqualTo("020300061a04");
        assertThat(output.failures)
                .containsExactly(new PppFailure(
                        cause,
                        error,
                        "the server refused user name \"BIGCO\\alice\" with E=" + error + ", "
                                + MsChapFailure.words(error) + "; it says \"so\\x07rry\""));
    }

    @Test
    void anotherTryWhereSomebodyIsAsked() {
        client = client(true, EnumSet.of(AuthMethod.EAP_MSCHAPV2));
        reach("ANSWERED");
        client.receive(failure(3, RETRY), 0);
        client.receive(failure(3, RETRY), 0);
        client.receive(verdict(3, 3), 0);
        assertThat(output.sent).hasSize(2);
        assertThat(output.wanted)
                .singleElement()
                .satisfies(wanted -> assertThat(wanted.secret()).isEqualTo(PppEvent.Secret.CREDENTIALS));
        assertThat(client.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        client.provide(new Credentials("bob", new char[] {'x'}), 0);
        EapPacket.Response again = lastResponse();
        assertThat(again.identifier()).isEqualTo(3);
        ChapPacket.Response inner = (ChapPacket.Response) ChapPacket.parse(Unpooled.wrappedBuffer(again.data()));
        assertThat(inner.identifier()).as("RFC 2759 §9.1").isEqualTo(6);
        assertThat(new String(inner.name(), StandardCharsets.UTF_8)).isEqualTo("bob");
        assertThat(output.failures).isEmpty();
    }

    @Test
    void noOtherTryIsTheFirstFailure() {
        client = client(true, EnumSet.of(AuthMethod.EAP_MSCHAPV2));
        reach("ANSWERED");
        client.provide(ALICE, 0);
        assertThat(output.sent).as("nothing was asked").hasSize(2);
        client.receive(failure(3, RETRY), 0);
        client.provide(null, 0);
        assertThat(ByteBufUtil.hexDump(output.last())).isEqualTo("020300061a04");
        assertThat(output.failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(691));
    }

    @Test
    void aSilentServerIsGivenUp() {
        client.start(0);
        client.onDeadline(client.deadlineNanos() - 1);
        assertThat(output.failures).isEmpty();
        client.onDeadline(client.deadlineNanos());
        assertThat(output.failures)
                .containsExactly(new PppFailure(Cause.AUTH_TIMEOUT, 0, "the server sent no EAP Request"));
    }

    @Test
    void aNetworkPacketReplacesALostSuccessOnlyWhereAllIsProved() {
        client.start(0);
        client.peerMovedOn();
        client.receive(request(1, 1), 0);
        client.peerMovedOn();
        client.receive(challenge(2, CHALLENGE), 0);
        client.peerMovedOn();
        assertThat(output.results).isEmpty();
        client.receive(success(3, true), 0);
        client.peerMovedOn();
        client.peerMovedOn();
        assertThat(output.results).hasSize(1);
    }

    /** Every truncation and every value of every length, outside and inside, in every state: nothing comes of it. */
    @Test
    void lengthsLeadNowhere() {
        for (String state : new String[] {"WAITING", "NAMED", "ANSWERED", "PROVED"}) {
            client = client(false, EnumSet.of(AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5));
            output.results.clear();
            reach(state);
            int results = output.results.size();
            for (byte[] whole : new byte[][] {
                ByteBufUtil.getBytes(request(7, 1, (byte) 'x')),
                ByteBufUtil.getBytes(request(8, 4, (byte) 2, (byte) 1, (byte) 2, (byte) 'g')),
                ByteBufUtil.getBytes(challenge(9, new byte[15])),
            }) {
                for (int length = 0; length < whole.length; length++) {
                    client.receive(Unpooled.wrappedBuffer(whole, 0, length), 0);
                }
                for (int at : new int[] {2, 4, 7, 9}) {
                    for (int value = 0; at + 1 < whole.length && value < 65536; value += value < 600 ? 1 : 61) {
                        byte[] changed = whole.clone();
                        changed[at] = (byte) (value >> 8);
                        changed[at + 1] = (byte) value;
                        client.receive(Unpooled.wrappedBuffer(changed), 0);
                    }
                }
            }
            assertThat(output.results).hasSize(results);
        }
    }

    @Test
    void anyOctetsLeaveTheClientStanding() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            client = client(round % 2 == 0, EnumSet.of(AuthMethod.EAP_MSCHAPV2));
            client.start(0);
            for (int i = 0; i < 200; i++) {
                byte[] octets = new byte[4 + random.nextInt(80)];
                random.nextBytes(octets);
                octets[0] = (byte) (1 + random.nextInt(5));
                octets[1] = (byte) random.nextInt(4);
                octets[2] = 0;
                octets[3] = (byte) octets.length;
                if (octets.length > 10) {
                    octets[4] = (byte) new int[] {1, 2, 3, 4, 13, 26}[random.nextInt(6)];
                    octets[5] = (byte) (1 + random.nextInt(4));
                    octets[7] = 0;
                    octets[8] = (byte) (octets.length - 5);
                    octets[9] = 16;
                }
                client.receive(Unpooled.wrappedBuffer(octets), i);
            }
        }
        assertThat(output.results).isEmpty();
    }
}
