package org.jpptp.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.ppp.MppeStrength.BITS_128;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.AuthRole.Account;
import org.jpptp.ppp.AuthRole.Accounts;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.auth.ChapPacket.Failure;
import org.jpptp.ppp.auth.ChapPacket.Response;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client against server over a link that loses, repeats and reorders, in virtual time. */
class MsChapV2LinkTest {
    private static final boolean TO_CLIENT = true;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Map<String, Account> USERS = Map.of(
            "alice", new Account(new Credentials("alice", "p\u00e4ss".toCharArray()), 0),
            "BIGCO\\bob", new Account(new Credentials("BIGCO\\bob", "secret".toCharArray()), 0),
            "carol", new Account(new Credentials("carol", "secret".toCharArray()), 647));
    private static final Accounts ACCOUNTS = USERS::get;

    private static final AuthRole.Authenticator SERVER =
            new AuthRole.Authenticator("server", ACCOUNTS, AuthMethod.MSCHAPV2);

    private final Recorder clientSide = new Recorder();
    private final Recorder serverSide = new Recorder();

    @ParameterizedTest
    @CsvSource({"alice, p\u00e4ss", "BIGCO\\bob, secret"})
    void bothSidesHoldTheSameKeysCrosswise(String name, String password) {
        run(name, password, new Random(1), 0);
        AuthResult client = only(clientSide.results);
        AuthResult server = only(serverSide.results);
        assertThat(client.name()).isEqualTo(name);
        assertThat(server.name()).isEqualTo(name);
        assertThat(client.message()).isEqualTo("Access granted");
        MppeMasterKeys ours = client.keys();
        MppeMasterKeys theirs = server.keys();
        assertThat(ours).isNotNull();
        assertThat(theirs).isNotNull();
        assertThat(ours.send(BITS_128)).isEqualTo(theirs.receive(BITS_128)).isNotEqualTo(ours.receive(BITS_128));
        assertThat(ours.receive(BITS_128)).isEqualTo(theirs.send(BITS_128));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 20, 40})
    void succeedsOnceOverABadLink(int percent) {
        for (int seed = 0; seed < 100; seed++) {
            clientSide.results.clear();
            serverSide.results.clear();
            run("alice", "p\u00e4ss", new Random(seed), percent);
            assertThat(serverSide.results).as("seed %d", seed).hasSize(1);
            assertThat(clientSide.results).as("seed %d", seed).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "alice, wrong,   CREDENTIALS_REJECTED, 691",
        "nobody, p\u00e4ss, CREDENTIALS_REJECTED, 691",
        "carol, wrong,   CREDENTIALS_REJECTED, 691",
        "carol, secret,  ACCOUNT_RESTRICTED,   647",
        "nobody, '',     CREDENTIALS_REJECTED, 691",
    })
    void refusesOnBothSides(String name, String password, Cause cause, int code) {
        run(name, password, new Random(1), 0);
        for (Recorder side : List.of(clientSide, serverSide)) {
            assertThat(side.results).isEmpty();
            PppFailure failure = only(side.failures);
            assertThat(failure.cause()).isEqualTo(cause);
            assertThat(Refusals.of(failure).error()).isEqualTo(code);
            assertThat(Refusals.of(failure).user()).endsWith(name);
        }
    }

    @Test
    void anUnknownUserIsAnsweredAsAWrongPassword() {
        run("nobody", "wrong", new Random(1), 0);
        run("alice", "wrong", new Random(1), 0);
        String unknown = failureText(0);
        String wrong = failureText(1);
        assertThat(unknown).isEqualTo(wrong).matches("E=691 R=0 C=[0-9A-F]{32} V=3 M=.*");
    }

    @Test
    void aRepeatedResponseGetsTheIdenticalVerdict() {
        MsChapV2Server server = new MsChapV2Server(SERVER, new Random(1), TIMEOUT, serverSide);
        server.receive(packet(new Response(0, new byte[49], new byte[0])), 0);
        assertThat(serverSide.sent).isEmpty();
        server.start(0);
        int identifier = serverSide.last().getUnsignedByte(1);
        server.receive(packet(new Response(identifier + 1, new byte[49], new byte[0])), 0);
        server.receive(packet(new Response(identifier, new byte[48], new byte[0])), 0);
        assertThat(serverSide.sent).hasSize(1);
        server.receive(packet(new Response(identifier, new byte[49], new byte[0])), 0);
        server.receive(packet(new Response(identifier, new byte[49], new byte[] {'x'})), 0);
        assertThat(serverSide.sent).hasSize(3);
        assertThat(serverSide.sent.get(2)).isEqualTo(serverSide.sent.get(1));
        assertThat(serverSide.failures).hasSize(1);
    }

    @Test
    void aSilentPeerIsGivenUp() {
        MsChapV2Server server = new MsChapV2Server(SERVER, new Random(1), TIMEOUT, serverSide);
        server.start(0);
        while (server.deadlineNanos() != Long.MAX_VALUE) {
            server.onDeadline(server.deadlineNanos());
        }
        assertThat(only(serverSide.failures))
                .isEqualTo(new AuthFailure.AuthTimeout(AuthFailure.Awaited.CHAP_RESPONSE, 23));
    }

    @Test
    void anyOctetsLeaveTheServerStanding() {
        MsChapV2Server server = new MsChapV2Server(SERVER, new Random(1), TIMEOUT, serverSide);
        server.start(0);
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(80)];
            random.nextBytes(octets);
            if (octets.length > 4) {
                octets[0] = (byte) random.nextInt(6);
                octets[2] = 0;
                octets[3] = (byte) random.nextInt(octets.length + 2);
                octets[4] = random.nextBoolean() ? 49 : octets[4];
            }
            server.receive(Unpooled.wrappedBuffer(octets), i);
        }
        assertThat(serverSide.results).isEmpty();
    }

    private String failureText(int index) {
        List<ByteBuf> failures =
                serverSide.sent.stream().filter(p -> p.getByte(0) == 4).toList();
        byte[] message = ((Failure) ChapPacket.parse(failures.get(index).duplicate())).message();
        return new String(message, java.nio.charset.StandardCharsets.US_ASCII);
    }

    /** One packet under way. */
    private record InFlight(long at, boolean toClient, ByteBuf packet) {}

    private void run(String name, String password, Random link, int lossPercent) {
        MsChapV2Client client = new MsChapV2Client(
                new AuthRole.Authenticatee(new Credentials(name, password.toCharArray()), Set.of(AuthMethod.MSCHAPV2)),
                new Random(11),
                TIMEOUT,
                clientSide);
        MsChapV2Server server = new MsChapV2Server(SERVER, new Random(12), TIMEOUT, serverSide);
        PriorityQueue<InFlight> wire = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
        int clientSent = clientSide.sent.size();
        int serverSent = serverSide.sent.size();
        long now = 0;
        client.start(now);
        server.start(now);
        while (now < TIMEOUT.toNanos() * 2) {
            clientSent = post(wire, clientSide.sent, clientSent, !TO_CLIENT, now, link, lossPercent);
            serverSent = post(wire, serverSide.sent, serverSent, TO_CLIENT, now, link, lossPercent);
            InFlight next = wire.peek();
            long wake = Math.min(client.deadlineNanos(), server.deadlineNanos());
            if (next == null && wake == Long.MAX_VALUE) {
                return;
            }
            if (next != null && next.at <= wake) {
                wire.remove();
                now = next.at;
                (next.toClient ? client : server).receive(next.packet.duplicate(), now);
            } else {
                now = wake;
                client.onDeadline(now);
                server.onDeadline(now);
            }
        }
        throw new AssertionError("still not quiet: " + HexFormat.of().toHexDigits(now));
    }

    private static int post(
            PriorityQueue<InFlight> wire,
            List<ByteBuf> sent,
            int from,
            boolean toClient,
            long now,
            Random link,
            int lossPercent) {
        for (ByteBuf packet : sent.subList(from, sent.size())) {
            for (int copies = lossPercent > 0 && link.nextInt(4) == 0 ? 2 : 1; copies > 0; copies--) {
                if (link.nextInt(100) >= lossPercent) {
                    wire.add(new InFlight(now + 1 + link.nextInt(100_000_000), toClient, packet));
                }
            }
        }
        return sent.size();
    }

    private static ByteBuf packet(ChapPacket packet) {
        ByteBuf out = Unpooled.buffer();
        packet.writeTo(out);
        return out;
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.get(0);
    }
}
