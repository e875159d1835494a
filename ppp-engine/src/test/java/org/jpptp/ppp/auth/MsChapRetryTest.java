package org.jpptp.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.ppp.auth.ChapKind.text;

import java.util.HexFormat;
import java.util.Objects;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppEvent.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** R=1: another try, where somebody can be asked. */
class MsChapRetryTest {
    private static final AuthRole.Accounts ACCOUNTS =
            name -> name.equals("alice") ? new AuthRole.Account(credentials("right"), 0) : null;

    private final ChapPair pair = new ChapPair();

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2"})
    void thirdTimeLuckyWhateverIsLost(ChapKind kind) {
        for (int lost = -1; lost < 12; lost++) {
            MsChapRetryTest one = new MsChapRetryTest();
            ChapPair pair = one.pair;
            Authentication client = kind.interactiveClient(credentials("wrong"), pair.clientSide);
            Authentication server = kind.server(ACCOUNTS, 2, pair.serverSide);
            int drop = lost;
            client.start(0);
            server.start(0);
            pair.run(client, server, number -> number == drop);
            client.provide(credentials("wrong too"), pair.now);
            pair.run(client, server, number -> number == drop);
            client.provide(credentials("right"), pair.now);
            pair.run(client, server, number -> number == drop);
            assertThat(pair.clientSide.wanted)
                    .extracting(wanted -> wanted.secret())
                    .as("without packet %d", lost)
                    .containsExactly(Secret.CREDENTIALS, Secret.CREDENTIALS);
            AuthResult ours = pair.clientSide.results.get(0);
            AuthResult theirs = pair.serverSide.results.get(0);
            assertThat(Objects.requireNonNull(ours.keys()).send(MppeStrength.BITS_128))
                    .isEqualTo(Objects.requireNonNull(theirs.keys()).receive(MppeStrength.BITS_128));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2"})
    void theServerCountsTries(ChapKind kind) {
        Authentication client = kind.interactiveClient(credentials("wrong"), pair.clientSide);
        Authentication server = kind.server(ACCOUNTS, 1, pair.serverSide);
        client.start(0);
        server.start(0);
        pair.run(client, server, number -> false);
        client.provide(credentials("wrong too"), pair.now);
        pair.run(client, server, number -> false);
        assertThat(pair.clientSide.wanted).hasSize(1);
        assertThat(pair.clientSide.failures)
                .extracting(failure -> Refusals.of(failure).error())
                .containsExactly(691);
        assertThat(pair.serverSide.failures)
                .extracting(failure -> Refusals.of(failure).error())
                .containsExactly(691);
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2"})
    void nobodyToAskNothingTried(ChapKind kind) {
        Authentication client = kind.client(credentials("wrong"), pair.clientSide);
        Authentication server = kind.server(ACCOUNTS, 3, pair.serverSide);
        client.start(0);
        server.start(0);
        pair.run(client, server, number -> false);
        assertThat(pair.clientSide.sent).hasSize(1);
        assertThat(pair.clientSide.failures).hasSize(1);
        // The server waits for the user, and then for the packet.
        assertThat(pair.now)
                .isEqualTo(RetryTimer.FOR_A_USER.plus(ChapKind.TIMEOUT).toNanos() + 20_000_000);
        assertThat(pair.serverSide.failures)
                .extracting(failure -> Refusals.of(failure).error())
                .containsExactly(691);
    }

    /** Which challenge the next Response answers: that of the Failure, or the one that is implied (RFC 2433 §8). */
    @ParameterizedTest
    @CsvSource({
        "V1, ' C=5A5A5A5A5A5A5A5A',                 5a5a5a5a5a5a5a5a",
        "V1, ' C=5a5a5a5a5a5a5a5a V=2',             5a5a5a5a5a5a5a5a",
        "V1, '',                                    2811111111111111",
        "V1, ' C=5A5A',                             2811111111111111",
        "V1, ' C=5A5A5A5A5A5A5A5X',                 2811111111111111",
        "V2, ' C=5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A', 5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a",
        "V2, ' C=5A5A5A5A5A5A5A5A',                 28111111111111111111111111111111",
    })
    void theNextChallenge(ChapKind kind, String field, String expected) {
        Authentication client = kind.interactiveClient(credentials("wrong"), pair.clientSide);
        client.start(0);
        client.receive(ChapKind.packet(new ChapPacket.Challenge(255, kind.challenge(0x11), text("gate"))), 0);
        client.receive(ChapKind.packet(new ChapPacket.Failure(255, text("E=691 R=1" + field))), 0);
        client.provide(credentials("right"), 0);
        ChapPacket.Response response = (ChapPacket.Response) ChapPacket.parse(pair.clientSide.last());
        assertThat(response.identifier()).isZero();
        byte[] challenge = HexFormat.of().parseHex(expected);
        ChapServer server = (ChapServer) kind.server(ACCOUNTS, 0, new Recorder());
        ChapCheck check = server.check(0, challenge, text("alice"), response.value(), "right".toCharArray());
        assertThat(Objects.requireNonNull(check).matches()).isTrue();
    }

    @Test
    void aChallengeThatComesWhileTheUserThinksIsTheNext() {
        Authentication client = ChapKind.V2.interactiveClient(credentials("wrong"), pair.clientSide);
        client.start(0);
        client.receive(ChapKind.packet(new ChapPacket.Challenge(1, ChapKind.V2.challenge(1), text("gate"))), 0);
        client.receive(ChapKind.packet(new ChapPacket.Failure(1, text("E=691 R=1"))), 0);
        client.receive(ChapKind.packet(new ChapPacket.Challenge(9, ChapKind.V2.challenge(9), text("gate"))), 0);
        assertThat(pair.clientSide.sent).hasSize(1);
        client.provide(credentials("right"), 0);
        ChapPacket packet = ChapPacket.parse(pair.clientSide.last());
        assertThat(((ChapPacket.Response) packet).identifier()).isEqualTo(9);
        String success = ChapKind.V2.success(packet, ChapKind.V2.challenge(9), "alice", "right");
        client.receive(ChapKind.packet(new ChapPacket.Success(9, text(success))), 0);
        assertThat(pair.clientSide.results).hasSize(1);
    }

    /** The verdict on any Response of ours is one, and the keys are those of that Response. */
    @ParameterizedTest
    @EnumSource(names = {"V1", "V2"})
    void challengesIssuedAgainBeforeAVerdict(ChapKind kind) {
        for (int accepted = 1; accepted <= 3; accepted++) {
            Recorder output = new Recorder();
            Authentication client = kind.client(credentials("right"), output);
            client.start(0);
            for (int id = 1; id <= 3; id++) {
                client.receive(ChapKind.packet(new ChapPacket.Challenge(id, kind.challenge(id), text("gate"))), 0);
            }
            ChapPacket.Response response = (ChapPacket.Response)
                    ChapPacket.parse(output.sent.get(accepted - 1).duplicate());
            ChapServer server = (ChapServer) kind.server(ACCOUNTS, 0, new Recorder());
            ChapCheck check = Objects.requireNonNull(server.check(
                    accepted, kind.challenge(accepted), text("alice"), response.value(), "right".toCharArray()));
            client.receive(ChapKind.packet(new ChapPacket.Success(accepted, text(check.success()))), 0);
            assertThat(Objects.requireNonNull(output.results.get(0).keys()).send(MppeStrength.BITS_128))
                    .isEqualTo(Objects.requireNonNull(check.keys()).receive(MppeStrength.BITS_128));
            // That on another of them is a duplicate now.
            client.receive(ChapKind.packet(new ChapPacket.Failure(accepted % 3 + 1, text("E=691 R=0"))), 0);
            assertThat(output.failures).isEmpty();
        }
    }

    private static Credentials credentials(String password) {
        return new Credentials("alice", password.toCharArray());
    }
}
