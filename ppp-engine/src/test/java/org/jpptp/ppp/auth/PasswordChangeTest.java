package org.jpptp.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppEvent.Secret;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An expired password is changed: client against server. */
class PasswordChangeTest {
    private static final String NAME = "BIGCO\\jos\u00e9";
    private static final String OLD = "gr\u00fc\u00dfe";
    /** An umlaut, a Chinese character, and one of two UTF-16 units. */
    private static final String NEW = "n\u00fc\u9ad8\ud83d\udd11";

    /** Accounts whose passwords expire, and can be changed once. */
    private static final class Expiring implements AuthRole.Accounts {
        final Map<String, String> passwords = new HashMap<>(Map.of(NAME, OLD));
        final List<String> changed = new ArrayList<>();
        boolean refuses;

        @Override
        public AuthRole.@Nullable Account find(String name) {
            String password = passwords.get(name);
            return password == null
                    ? null
                    : new AuthRole.Account(
                            new Credentials(name, password.toCharArray()), changed.contains(name) ? 0 : 648);
        }

        @Override
        public boolean change(String name, char[] newPassword) {
            if (!refuses) {
                changed.add(name);
                passwords.put(name, new String(newPassword));
            }
            return !refuses;
        }
    }

    private final ChapPair pair = new ChapPair();
    private final Expiring accounts = new Expiring();

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2"})
    void whatCameWithTheOldIsUsedAtOnceWhateverIsLost(ChapKind kind) {
        for (int lost = -1; lost < 8; lost++) {
            PasswordChangeTest one = new PasswordChangeTest();
            one.changesAtOnce(kind, lost);
        }
    }

    private void changesAtOnce(ChapKind kind, int lost) {
        Credentials credentials = new Credentials(NAME, OLD.toCharArray(), NEW.toCharArray());
        Authentication client = kind.client(credentials, pair.clientSide);
        start(kind, client, lost);
        assertThat(accounts.changed).as("without packet %d", lost).containsExactly(NAME);
        assertThat(accounts.passwords).containsEntry(NAME, NEW);
        assertThat(pair.clientSide.failures).isEmpty();
        assertThat(pair.clientSide.wanted).isEmpty();
        keysAgree();
        // A Challenge of the open link is answered with what is the password now.
        byte[] challenge = kind.challenge(0x44);
        client.receive(ChapKind.packet(new ChapPacket.Challenge(77, challenge, new byte[0])), pair.now);
        ChapPacket again = ChapPacket.parse(pair.clientSide.last());
        ChapServer judge = (ChapServer) kind.server(accounts, 0, new Recorder());
        byte[] value = ((ChapPacket.Response) again).value();
        ChapCheck check = judge.check(77, challenge, NAME.getBytes(StandardCharsets.UTF_8), value, NEW.toCharArray());
        assertThat(Objects.requireNonNull(check).matches()).isTrue();
        byte[] success = ChapKind.text(kind.success(again, challenge, NAME, NEW));
        client.receive(ChapKind.packet(new ChapPacket.Success(77, success)), pair.now);
        assertThat(pair.clientSide.failures).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2"})
    void theUserIsAskedForANewOne(ChapKind kind) {
        Authentication client = kind.interactiveClient(new Credentials(NAME, OLD.toCharArray()), pair.clientSide);
        Authentication server = start(kind, client, -1);
        assertThat(pair.clientSide.wanted).singleElement().satisfies(wanted -> {
            assertThat(wanted.secret()).isEqualTo(Secret.NEW_PASSWORD);
            assertThat(wanted.refusal().error()).isEqualTo(648);
        });
        // Longer than either side waits for packets.
        pair.now += ChapKind.TIMEOUT.toNanos() * 3;
        client.onDeadline(pair.now);
        server.onDeadline(pair.now);
        client.provide(new Credentials(NAME, OLD.toCharArray(), NEW.toCharArray()), pair.now);
        pair.run(client, server, number -> false);
        assertThat(accounts.passwords).containsEntry(NAME, NEW);
        keysAgree();
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2"})
    void withoutANewOneTheFailureStands(ChapKind kind) {
        for (int way = 0; way < 4; way++) {
            PasswordChangeTest one = new PasswordChangeTest();
            Recorder output = one.pair.clientSide;
            Credentials credentials = new Credentials(NAME, OLD.toCharArray());
            Authentication client =
                    way > 0 ? kind.interactiveClient(credentials, output) : kind.client(credentials, output);
            one.start(kind, client, -1);
            if (way == 1) {
                client.provide(null, one.pair.now);
            } else if (way == 2) {
                client.provide(new Credentials(NAME, OLD.toCharArray()), one.pair.now);
            } else if (way == 3) {
                client.onDeadline(client.deadlineNanos() - 1);
                assertThat(output.failures).isEmpty();
                client.onDeadline(client.deadlineNanos());
            }
            assertThat(output.failures).singleElement().satisfies(failure -> {
                assertThat(failure.cause()).isEqualTo(Cause.ACCOUNT_RESTRICTED);
                assertThat(Refusals.of(failure).error()).isEqualTo(648);
                assertThat(Refusals.of(failure).user()).isEqualTo(NAME);
            });
            assertThat(output.sent).hasSize(1);
            assertThat(client.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2"})
    void aRefusedChangeIsFinal(ChapKind kind) {
        accounts.refuses = true;
        Credentials credentials = new Credentials(NAME, OLD.toCharArray(), NEW.toCharArray());
        start(kind, kind.interactiveClient(credentials, pair.clientSide), -1);
        for (Recorder side : List.of(pair.clientSide, pair.serverSide)) {
            PppFailure failure = side.failures.get(0);
            assertThat(failure.cause()).isEqualTo(Cause.ACCOUNT_RESTRICTED);
            assertThat(Refusals.of(failure).error()).isEqualTo(709);
            assertThat(side.results).isEmpty();
        }
        assertThat(pair.clientSide.wanted).isEmpty();
    }

    @Test
    void aPasswordThatDoesNotFitIsNotSent() {
        Credentials credentials = new Credentials(NAME, OLD.toCharArray(), new char[257]);
        start(ChapKind.V2, ChapKind.V2.client(credentials, pair.clientSide), -1);
        assertThat(pair.clientSide.failures.get(0)).isInstanceOf(AuthFailure.NewPasswordTooLong.class);
        assertThat(pair.clientSide.sent).hasSize(1);
    }

    /** A server that names no version of its own knows but the deprecated Change-Password (RFC 2433 §9). */
    @Test
    void nothingDeprecatedIsSent() {
        Credentials credentials = new Credentials(NAME, OLD.toCharArray(), NEW.toCharArray());
        Authentication client = ChapKind.V1.interactiveClient(credentials, pair.clientSide);
        client.start(0);
        client.receive(ChapKind.packet(new ChapPacket.Challenge(1, new byte[8], new byte[0])), 0);
        client.receive(ChapKind.packet(new ChapPacket.Failure(1, ChapKind.text("E=648 R=0"))), 0);
        assertThat(pair.clientSide.sent).hasSize(1);
        assertThat(pair.clientSide.failures)
                .extracting(failure -> Refusals.of(failure).error())
                .containsExactly(648);
    }

    /** One bit of each part that the server verifies, and one of what only fills up. */
    @ParameterizedTest
    @EnumSource(names = {"V1", "V2"})
    void noDamagedChangeIsCarriedOut(ChapKind kind) {
        int response = kind == ChapKind.V1 ? 2 * 532 + 24 : 532 + 24;
        for (int octet : new int[] {0, 502, 511, 512, 513, 514, 515, 516, 523, 524, 531, response, response + 23}) {
            PasswordChangeTest one = new PasswordChangeTest();
            Authentication server = kind.server(one.accounts, 0, one.pair.serverSide);
            server.start(0);
            ChapPacket.Challenge first = (ChapPacket.Challenge) ChapPacket.parse(one.pair.serverSide.last());
            server.receive(ChapKind.packet(kind.respond(first.identifier(), first.value(), NAME, OLD)), 0);
            ChapPacket.Failure expired = (ChapPacket.Failure) ChapPacket.parse(one.pair.serverSide.last());
            byte[] next = MsChapFailure.parse(expired.message()).challengeOctets(kind.challengeOctets);
            byte[] challenge = kind == ChapKind.V1 ? first.value() : Objects.requireNonNull(next);
            ByteBuf packet = ChapKind.packet(kind.change((first.identifier() + 1) & 0xff, challenge, NAME, OLD, NEW));
            packet.setByte(4 + octet, packet.getByte(4 + octet) ^ 0x10);
            server.receive(packet, 0);
            assertThat(one.accounts.changed).as("octet %d", octet).hasSize(octet == 0 ? 1 : 0);
            assertThat(one.pair.serverSide.failures).hasSize(octet == 0 ? 0 : 1);
        }
    }

    private void keysAgree() {
        MppeMasterKeys ours =
                Objects.requireNonNull(pair.clientSide.results.get(0).keys());
        MppeMasterKeys theirs =
                Objects.requireNonNull(pair.serverSide.results.get(0).keys());
        assertThat(ours.strengths()).isEqualTo(theirs.strengths());
        for (MppeStrength strength : ours.strengths()) {
            assertThat(ours.send(strength)).isEqualTo(theirs.receive(strength));
            assertThat(ours.receive(strength)).isEqualTo(theirs.send(strength));
        }
    }

    private Authentication start(ChapKind kind, Authentication client, int lost) {
        Authentication server = kind.server(accounts, 0, pair.serverSide);
        client.start(0);
        server.start(0);
        pair.run(client, server, number -> number == lost);
        return server;
    }
}
