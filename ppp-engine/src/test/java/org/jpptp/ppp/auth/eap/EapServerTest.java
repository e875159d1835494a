package org.jpptp.ppp.auth.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.AuthRole.Account;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.auth.AuthResult;
import org.jpptp.ppp.auth.ChapPacket;
import org.jpptp.ppp.auth.MsChapFailure;
import org.jpptp.ppp.auth.MsChapV2Proof;
import org.jpptp.ppp.auth.Recorder;
import org.jpptp.ppp.auth.Refusals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EapServerTest {
    private static final Credentials ALICE = new Credentials("alice", "secret".toCharArray());
    private static final AuthRole.Accounts ACCOUNTS = name -> switch (name) {
        case "alice" -> new Account(ALICE, 0);
        case "carol" -> new Account(new Credentials("carol", "secret".toCharArray()), 649);
        default -> null;
    };

    private static final boolean KNOWS_NO_KEYS = false;

    private final Recorder output = new Recorder();
    private EapServer server = server(0, AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5);

    private EapServer server(int retries, AuthMethod... methods) {
        return server(new AuthRole.Authenticator("gate", ACCOUNTS, List.of(methods), retries));
    }

    /** As if its RADIUS server had returned none. */
    private EapServer serverWithoutKeys(int retries, AuthMethod... methods) {
        return server(new AuthRole.Authenticator("gate", ACCOUNTS, List.of(methods), retries, KNOWS_NO_KEYS));
    }

    private EapServer server(AuthRole.Authenticator role) {
        return server(role, PppHabits.OURS);
    }

    private EapServer server(AuthRole.Authenticator role, PppHabits habits) {
        return new EapServer(role, new Random(1), Duration.ofSeconds(30), habits, output);
    }

    private EapPacket.Request asked() {
        return (EapPacket.Request) EapPacket.parse(output.last());
    }

    private void respond(int type, byte... data) {
        ByteBuf out = Unpooled.buffer();
        new EapPacket.Response(output.last().getUnsignedByte(1), type, data).writeTo(out);
        server.receive(out, 0);
    }

    private void name(String name) {
        server.start(0);
        assertThat(asked().type()).isEqualTo(1);
        respond(1, name.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers the Challenge, or the Failure that permits it, with a password. */
    private void answer(String name, String password, int identifier, byte[] challenge) {
        MsChapV2Proof proof = MsChapV2Proof.answer(
                new Credentials(name, new char[0]), password.toCharArray(), challenge, new Random(2));
        ByteBuf inner = Unpooled.buffer();
        new ChapPacket.Response(identifier, proof.response().toValue(), name.getBytes(StandardCharsets.UTF_8))
                .writeTo(inner);
        respond(26, ByteBufUtil.getBytes(inner));
    }

    private void answer(String name, String password) {
        ChapPacket.Challenge challenge =
                (ChapPacket.Challenge) ChapPacket.parse(Unpooled.wrappedBuffer(asked().data()));
        answer(name, password, challenge.identifier(), challenge.value());
    }

    @Test
    void acceptsOnceTheProofIsAcknowledged() {
        name("alice");
        answer("alice", "secret");
        assertThat(new String(asked().data(), StandardCharsets.US_ASCII)).contains("S=", " M=");
        assertThat(output.results).isEmpty();
        respond(26, (byte) 3);
        assertThat(output.last().getUnsignedByte(0)).isEqualTo((short) 3);
        assertThat(output.results).singleElement().satisfies(result -> {
            assertThat(result.method()).isEqualTo(AuthMethod.EAP_MSCHAPV2);
            assertThat(result.keys()).isNotNull();
        });
        int sent = output.sent.size();
        respond(26, (byte) 3);
        assertThat(output.sent).as("said again").hasSize(sent + 1);
        assertThat(output.results).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"alice, 4", "nobody, "})
    void aServerThatProposesToUsersOnlyRefusesOthersAtOnce(String name, Integer proposed) {
        PppHabits habits = new PppHabits(
                List.of(),
                Set.of(),
                0,
                List.of(),
                PppHabits.EarlyIpcp.WAITS,
                Set.of(PppHabits.Way.EAP_PROPOSES_TO_USERS_ONLY));
        server = server(new AuthRole.Authenticator("gate", ACCOUNTS, List.of(AuthMethod.EAP_MD5), 0), habits);
        name(name);
        if (proposed == null) {
            assertThat(EapPacket.parse(output.last())).isInstanceOf(EapPacket.Failure.class);
            assertThat(output.failures).hasSize(1);
        } else {
            assertThat(asked().type()).isEqualTo(proposed);
        }
    }

    @Test
    void aServerWithoutKeysHasNone() {
        server = serverWithoutKeys(0, AuthMethod.EAP_MSCHAPV2);
        name("alice");
        answer("alice", "secret");
        respond(26, (byte) 3);
        assertThat(output.results)
                .singleElement()
                .satisfies(result -> assertThat(result.keys()).isNull());
    }

    @ParameterizedTest
    @CsvSource({
        "alice, wrong, CREDENTIALS_REJECTED, 691",
        "nobody, secret, CREDENTIALS_REJECTED, 691",
        "carol, wrong, CREDENTIALS_REJECTED, 691",
        "carol, secret, ACCOUNT_RESTRICTED, 649",
    })
    void refuses(String name, String password, Cause cause, int error) {
        name(name);
        answer(name, password);
        assertThat(new String(asked().data(), StandardCharsets.US_ASCII)).contains("E=" + error + " R=0 C=");
        respond(26, (byte) 3);
        assertThat(output.results)
                .as("a Failure is not acknowledged as a Success")
                .isEmpty();
        respond(26, (byte) 4);
        assertThat(output.last().getUnsignedByte(0)).isEqualTo((short) 4);
        assertThat(output.failures).singleElement().satisfies(failure -> {
            assertThat(failure.cause()).isEqualTo(cause);
            assertThat(Refusals.of(failure).error()).isEqualTo(error);
        });
    }

    @Test
    void forgivesAsOftenAsItIsTold() {
        server = server(1, AuthMethod.EAP_MSCHAPV2);
        name("alice");
        answer("alice", "wrong");
        ChapPacket.Failure failure = (ChapPacket.Failure) ChapPacket.parse(Unpooled.wrappedBuffer(asked().data()));
        MsChapFailure parsed = MsChapFailure.parse(failure.message());
        assertThat(parsed.retry()).isTrue();
        byte[] challenge = ByteBufUtil.decodeHexDump(parsed.challenge());
        answer("alice", "secret", failure.identifier() + 1 & 0xff, challenge);
        respond(26, (byte) 3);
        assertThat(output.results).hasSize(1);
    }

    @Test
    void followsANak() {
        name("alice");
        respond(3, (byte) 4);
        assertThat(asked().type()).isEqualTo(4);
        byte[] challenge = EapMd5Client.value(asked().data());
        assertThat(challenge).hasSize(16);
        respond(4, EapMd5Client.typeData(EapMd5Client.response(asked().identifier(), ALICE.password(), challenge), ""));
        assertThat(output.results)
                .as("the name of the Identity, where the Response has none")
                .containsExactly(AuthResult.oneSided(AuthMethod.EAP_MD5, "alice", "", null));
    }

    @Test
    void refusesWhoTakesNoneOfItsMethods() {
        name("alice");
        respond(3, (byte) 13);
        assertThat(asked().type()).as("the next").isEqualTo(4);
        respond(3, (byte) 13);
        assertThat(output.failures)
                .containsExactly(new AuthFailure.EapMethodNotTaken(
                        new AuthDemand("EAP-TLS (type 13)", null, null),
                        List.of(AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5)));
    }

    /** What fits no open Request changes nothing. */
    @Test
    void straysAreIgnored() {
        server.receive(Unpooled.wrappedBuffer(new byte[] {2, 1, 0, 5, 1}), 0);
        assertThat(output.sent).isEmpty();
        server.start(0);
        respond(3, (byte) 4);
        respond(26, (byte) 3);
        assertThat(output.sent).hasSize(1);
        respond(1, (byte) 'a');
        respond(1, (byte) 'a');
        respond(4, (byte) 16);
        respond(26, (byte) 3);
        respond(26, (byte) 4);
        respond(26);
        respond(26, new byte[60]);
        for (byte code : new byte[] {1, 3, 4, 9}) {
            server.receive(Unpooled.wrappedBuffer(new byte[] {code, 1, 0, 4}), 0);
        }
        assertThat(output.sent).hasSize(2);
        assertThat(output.results).isEmpty();
        assertThat(output.failures).isEmpty();
    }

    @Test
    void repeatsItselfAndGivesUp() {
        server.start(0);
        while (server.deadlineNanos() != Long.MAX_VALUE) {
            server.onDeadline(server.deadlineNanos());
        }
        assertThat(output.sent).hasSize(13).allMatch(packet -> packet.equals(output.sent.get(0)));
        assertThat(output.failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure.cause()).isEqualTo(Cause.AUTH_TIMEOUT));
    }

    @Test
    void anyOctetsLeaveTheServerStanding() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            server = server(2, AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5);
            server.start(0);
            for (int i = 0; i < 100; i++) {
                byte[] octets = new byte[5 + random.nextInt(70)];
                random.nextBytes(octets);
                octets[0] = 2;
                octets[1] = (byte) output.last().getUnsignedByte(1);
                octets[2] = 0;
                octets[3] = (byte) (octets.length - random.nextInt(2));
                octets[4] = (byte) new int[] {1, 3, 4, 26}[random.nextInt(4)];
                server.receive(Unpooled.wrappedBuffer(octets), i);
            }
        }
        assertThat(output.results).isEmpty();
    }
}
