package org.jpptp.ppp.auth.eap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.ppp.auth.eap.EapByHand.ALICE;
import static org.jpptp.ppp.auth.eap.EapByHand.CHALLENGE;
import static org.jpptp.ppp.auth.eap.EapByHand.RETRY;
import static org.jpptp.ppp.auth.eap.EapByHand.challenge;
import static org.jpptp.ppp.auth.eap.EapByHand.client;
import static org.jpptp.ppp.auth.eap.EapByHand.failure;
import static org.jpptp.ppp.auth.eap.EapByHand.interactiveClient;
import static org.jpptp.ppp.auth.eap.EapByHand.lastResponse;
import static org.jpptp.ppp.auth.eap.EapByHand.reach;
import static org.jpptp.ppp.auth.eap.EapByHand.request;
import static org.jpptp.ppp.auth.eap.EapByHand.success;
import static org.jpptp.ppp.auth.eap.EapByHand.verdict;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.auth.AuthResult;
import org.jpptp.ppp.auth.ChapPacket;
import org.jpptp.ppp.auth.Recorder;
import org.jpptp.ppp.auth.Refusals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EapClientTest {
    private final Recorder output = new Recorder();
    private EapClient client = client(EnumSet.of(AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5), output);

    @Test
    void msChapV2FromIdentityToSuccess() {
        client.start(0);
        client.receive(request(1, 1), 0);
        assertThat(ByteBufUtil.hexDump(output.last())).isEqualTo("02010010" + "01" + "424947434f5c616c696365");
        client.receive(challenge(2, CHALLENGE), 0);
        EapPacket.Response response = lastResponse(output);
        assertThat(response.identifier()).isEqualTo(2);
        assertThat(ByteBufUtil.hexDump(response.data())).startsWith("0205" + "0041" + "31");
        client.receive(success(3, EapByHand.Proof.RIGHT, output), 0);
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

    /** pppd puts the identifier of the EAP packet there, one above that of the Response. */
    @ParameterizedTest
    @ValueSource(ints = {5, 6, 3, 0, 255})
    void whateverTheVerdictIsNumberedTheProofCounts(int id) {
        reach("ANSWERED", client, output);
        client.receive(numbered(success(3, EapByHand.Proof.RIGHT, output), id), 0);
        assertThat(ByteBufUtil.hexDump(output.last())).isEqualTo("02030006" + "1a03");
        client.receive(verdict(3, 4), 0);
        assertThat(output.results)
                .singleElement()
                .satisfies(result -> assertThat(result.mutual()).isTrue());

        EapClient other = client(EnumSet.of(AuthMethod.EAP_MSCHAPV2), output);
        reach("ANSWERED", other, output);
        other.receive(numbered(success(3, EapByHand.Proof.WRONG, output), id), 0);
        assertThat(output.failures).containsExactly(new AuthFailure.ProofWrong());

        EapClient third = client(EnumSet.of(AuthMethod.EAP_MSCHAPV2), output);
        reach("ANSWERED", third, output);
        third.receive(numbered(failure(3, "E=691 R=0 C=" + "00".repeat(16) + " V=3 M=no"), id), 0);
        assertThat(ByteBufUtil.hexDump(output.last())).isEqualTo("02030006" + "1a04");
        assertThat(output.failures)
                .hasSize(2)
                .last()
                .satisfies(failure -> assertThat(Refusals.of(failure).error()).isEqualTo(691));
    }

    /** Changes the MS-CHAPv2-ID. */
    private static ByteBuf numbered(ByteBuf request, int id) {
        return request.setByte(request.readerIndex() + 6, id);
    }

    @Test
    void md5IsThatOfRfc1994() throws Exception {
        client.start(0);
        client.receive(request(9, 4, (byte) 2, (byte) 0xab, (byte) 0xcd, (byte) 'g'), 0);
        java.security.MessageDigest md5 = java.security.MessageDigest.getInstance("MD5");
        md5.update((byte) 9);
        md5.update("gr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_8));
        byte[] expected = md5.digest(new byte[] {(byte) 0xab, (byte) 0xcd});
        byte[] data = lastResponse(output).data();
        assertThat(data[0]).isEqualTo((byte) 16);
        assertThat(Arrays.copyOfRange(data, 1, 17)).isEqualTo(expected);
        client.receive(verdict(3, 10), 0);
        assertThat(output.results)
                .as("some servers count on for the verdict")
                .containsExactly(AuthResult.oneSided(AuthMethod.EAP_MD5, "BIGCO\\alice", "", null));
    }

    @Test
    void otherMethodsAreNakedAndThenRefused() {
        client = client(EnumSet.of(AuthMethod.EAP_MSCHAPV2), output);
        client.start(0);
        client.receive(request(1, 4, (byte) 1, (byte) 1), 0);
        assertThat(ByteBufUtil.hexDump(output.last())).isEqualTo("02010006031a");
        client.receive(request(2, 13), 0);
        client.receive(request(3, 99), 0);
        assertThat(output.failures)
                .containsExactly(new AuthFailure.EapMethodRefused(
                        List.of(
                                new AuthDemand("EAP-MD5", null, AuthMethod.EAP_MD5),
                                new AuthDemand("EAP-TLS (type 13)", null, null),
                                new AuthDemand("EAP type 99", null, null)),
                        List.of(AuthMethod.EAP_MSCHAPV2)));
    }

    @Test
    void aServerThatKnowsNoOtherMethodIsNamed() {
        client = client(EnumSet.of(AuthMethod.EAP_MSCHAPV2), output);
        client.start(0);
        client.receive(request(1, 25, (byte) 0x20), 0);
        client.receive(verdict(4, 1), 0);
        assertThat(output.failures)
                .containsExactly(new AuthFailure.EapMethodRefused(
                        List.of(new AuthDemand("PEAP (type 25)", null, null)), List.of(AuthMethod.EAP_MSCHAPV2)));
    }

    /** Policies of RADIUS servers say no as soon as they have the name. */
    @Test
    void aServerThatProposesNothingHasNotSeenThePassword() {
        reach("NAMED", client, output);
        client.receive(verdict(4, 1), 0);
        assertThat(output.failures)
                .containsExactly(new Refusal(Refusal.Verdict.EAP_FAILURE_UNASKED, "BIGCO\\alice", 0, "").failure());
    }

    /** A server that only repeats what we do not carry out has no other. */
    @Test
    void silenceAfterOurNakIsNoSilentServer() {
        client = client(EnumSet.of(AuthMethod.EAP_MSCHAPV2), output);
        client.start(0);
        client.receive(request(1, 13), 0);
        AuthFailure.EapMethodRefused refused = new AuthFailure.EapMethodRefused(
                List.of(new AuthDemand("EAP-TLS (type 13)", null, null)), List.of(AuthMethod.EAP_MSCHAPV2));
        assertThat(client.pending()).as("whoever ends the link now").isEqualTo(refused);
        client.onDeadline(client.deadlineNanos());
        assertThat(output.failures).containsExactly(refused);
        assertThat(client.pending()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "646, ACCOUNT_RESTRICTED",
        "647, ACCOUNT_RESTRICTED",
        "648, ACCOUNT_RESTRICTED",
        "649, ACCOUNT_RESTRICTED",
        "709, ACCOUNT_RESTRICTED",
        "812, ACCOUNT_RESTRICTED",
        "1234, ACCOUNT_RESTRICTED",
        "930, AUTH_TIMEOUT",
        "691, CREDENTIALS_REJECTED",
    })
    void errorsAreInWords(int error, Cause cause) {
        reach("ANSWERED", client, output);
        client.receive(failure(3, "E=" + error + " R=0 C=" + "00".repeat(16) + " V=3 M=so\u0007rry"), 0);
        assertThat(ByteBufUtil.hexDump(output.last())).as("acknowledged").isEqualTo("020300061a04");
        assertThat(output.failures).singleElement().satisfies(failure -> {
            assertThat(failure.cause()).isEqualTo(cause);
            assertThat(Refusals.of(failure))
                    .isEqualTo(new Refusal(Refusal.Verdict.FAILURE_INSIDE_EAP, "BIGCO\\alice", error, "so\\x07rry"));
        });
    }

    @Test
    void anotherTryWhereSomebodyIsAsked() {
        client = interactiveClient(EnumSet.of(AuthMethod.EAP_MSCHAPV2), output);
        reach("ANSWERED", client, output);
        client.receive(failure(3, RETRY), 0);
        client.receive(failure(3, RETRY), 0);
        client.receive(verdict(3, 3), 0);
        assertThat(output.sent).hasSize(2);
        assertThat(output.wanted)
                .singleElement()
                .satisfies(wanted -> assertThat(wanted.secret()).isEqualTo(PppEvent.Secret.CREDENTIALS));
        assertThat(client.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(Refusals.of(Objects.requireNonNull(client.pending())).error())
                .as("if the link ends meanwhile")
                .isEqualTo(691);
        client.provide(new Credentials("bob", new char[] {'x'}), 0);
        EapPacket.Response again = lastResponse(output);
        assertThat(again.identifier()).isEqualTo(3);
        ChapPacket.Response inner = (ChapPacket.Response) ChapPacket.parse(Unpooled.wrappedBuffer(again.data()));
        assertThat(inner.identifier()).as("RFC 2759 §9.1").isEqualTo(6);
        assertThat(new String(inner.name(), StandardCharsets.UTF_8)).isEqualTo("bob");
        assertThat(output.failures).isEmpty();
    }

    @Test
    void noOtherTryIsTheFirstFailure() {
        client = interactiveClient(EnumSet.of(AuthMethod.EAP_MSCHAPV2), output);
        reach("ANSWERED", client, output);
        client.provide(ALICE, 0);
        assertThat(output.sent).as("nothing was asked").hasSize(2);
        client.receive(failure(3, RETRY), 0);
        client.provide(null, 0);
        assertThat(ByteBufUtil.hexDump(output.last())).isEqualTo("020300061a04");
        assertThat(output.failures)
                .singleElement()
                .satisfies(failure -> assertThat(Refusals.of(failure).error()).isEqualTo(691));
    }

    @Test
    void aSilentServerIsGivenUp() {
        client.start(0);
        client.onDeadline(client.deadlineNanos() - 1);
        assertThat(output.failures).isEmpty();
        client.onDeadline(client.deadlineNanos());
        assertThat(output.failures).containsExactly(new AuthFailure.AuthTimeout(AuthFailure.Awaited.EAP_REQUEST, 0));
    }

    @Test
    void aNetworkPacketReplacesALostSuccessOnlyWhereAllIsProved() {
        client.start(0);
        client.peerMovedOn(0);
        client.receive(request(1, 1), 0);
        client.peerMovedOn(0);
        client.receive(challenge(2, CHALLENGE), 0);
        client.peerMovedOn(0);
        assertThat(output.results).isEmpty();
        client.receive(success(3, EapByHand.Proof.RIGHT, output), 0);
        client.peerMovedOn(0);
        client.peerMovedOn(0);
        assertThat(output.results).hasSize(1);
    }

    @Test
    void onceTheServerHasProvedItselfWhatProvesNothingEndsNothing() {
        reach("PROVED", client, output);
        client.receive(challenge(7, new byte[16]), 0);
        client.receive(success(8, EapByHand.Proof.WRONG, output), 0);
        client.receive(request(9, 26, (byte) 3, (byte) 5, (byte) 0, (byte) 4), 0);
        assertThat(output.failures).isEmpty();
        client.receive(failure(10, "E=691 R=0"), 0);
        assertThat(output.failures)
                .singleElement()
                .satisfies(failure -> assertThat(Refusals.of(failure).error()).isEqualTo(691));
    }

    /** Of any type, each with another identifier. */
    @Test
    void aFloodOfRequestsWhileUpIsAnsweredByAFew() {
        reach("PROVED", client, output);
        int before = output.sent.size();
        for (int i = 0; i < 20_000; i++) {
            client.receive(request(i & 0xff, i % 2 == 0 ? 1 : 13, (byte) i), i * 1_000_000L);
        }
        assertThat(output.sent).hasSizeBetween(before + 5, before + 20);
        assertThat(output.failures).isEmpty();
    }

    /** Every truncation and every value of every length, outside and inside, in every state: nothing comes of it. */
    @Test
    void lengthsLeadNowhere() {
        for (String state : new String[] {"WAITING", "NAMED", "ANSWERED", "PROVED"}) {
            client = client(EnumSet.of(AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5), output);
            output.results.clear();
            reach(state, client, output);
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
            client = round % 2 == 0
                    ? interactiveClient(EnumSet.of(AuthMethod.EAP_MSCHAPV2), output)
                    : client(EnumSet.of(AuthMethod.EAP_MSCHAPV2), output);
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
