package org.jpptp.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.AuthRole.Account;
import org.jpptp.ppp.AuthRole.Accounts;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PapTest {
    private static final boolean ACK = true;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Credentials ALICE = new Credentials("alice", "gr\u00fc\u00dfe".toCharArray());
    private static final Accounts ACCOUNTS = name -> switch (name) {
        case "alice" -> new Account(ALICE, 0);
        case "carol" -> new Account(new Credentials("carol", new char[] {'x'}), 647);
        default -> null;
    };

    private final Recorder output = new Recorder();
    private final PapClient client = new PapClient(ALICE, new Random(1), TIMEOUT, output);
    private final PapServer server =
            new PapServer(new AuthRole.Authenticator("gate", ACCOUNTS, AuthMethod.PAP), TIMEOUT, output);

    private static ByteBuf octets(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }

    private int identifier(int request) {
        return output.sent.get(request).getUnsignedByte(1);
    }

    private static ByteBuf verdict(boolean ack, int identifier, String message) {
        ByteBuf out = Unpooled.buffer();
        new PapPacket.Verdict(ack, identifier & 0xff, message.getBytes(StandardCharsets.US_ASCII)).writeTo(out);
        return out;
    }

    private static ByteBuf ack(int identifier, String message) {
        return verdict(ACK, identifier, message);
    }

    private static ByteBuf nak(int identifier, String message) {
        return verdict(!ACK, identifier, message);
    }

    private static ByteBuf request(int identifier, String name, String password) {
        ByteBuf out = Unpooled.buffer();
        new PapPacket.Request(
                        identifier, name.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8))
                .writeTo(out);
        return out;
    }

    @Test
    void isSpelledAsTheRfcSaysAndRepeated() {
        client.start(0);
        int first = identifier(0);
        assertThat(ByteBufUtil.hexDump(output.last()))
                .isEqualTo("01%02x0012".formatted(first) + "05616c696365" + "07" + "6772c3bcc39f65");
        client.onDeadline(client.deadlineNanos() - 1);
        assertThat(output.sent).hasSize(1);
        client.onDeadline(client.deadlineNanos());
        assertThat(identifier(1))
                .as("each request has its own (RFC 1334 §2.2.1)")
                .isEqualTo(first + 1 & 0xff);
        client.receive(ack(first, "hello"), 0);
        assertThat(output.results).containsExactly(AuthResult.oneSided(AuthMethod.PAP, "alice", "hello", null));
        assertThat(client.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aSilentServerIsGivenUp() {
        client.start(0);
        while (client.deadlineNanos() != Long.MAX_VALUE) {
            client.onDeadline(client.deadlineNanos());
        }
        assertThat(output.sent).hasSize(11);
        assertThat(output.failures).containsExactly(new AuthFailure.AuthTimeout(AuthFailure.Awaited.PAP_VERDICT, 11));
    }

    /** What happens in each state to each packet. */
    @ParameterizedTest
    @CsvSource({
        "INITIAL, ack, ignored",
        "INITIAL, nak, ignored",
        "INITIAL, request, ignored",
        "INITIAL, garbage, ignored",
        "WAITING, ack, succeeded",
        "WAITING, bare ack, succeeded",
        "WAITING, nak, failed",
        "WAITING, bare nak, failed",
        "WAITING, stray ack, ignored",
        "WAITING, stray nak, ignored",
        "WAITING, request, ignored",
        "WAITING, garbage, ignored",
        "PROVED, ack, ignored",
        "PROVED, nak, ignored",
        "PROVED, request, ignored",
        "PROVED, garbage, ignored",
        "FAILED, ack, ignored",
        "FAILED, nak, ignored",
        "FAILED, request, ignored",
        "FAILED, garbage, ignored",
    })
    void everyPacketInEveryState(String state, String packet, String expected) {
        if (!state.equals("INITIAL")) {
            client.start(0);
        }
        int id = output.sent.isEmpty() ? 0 : identifier(0);
        if (state.equals("PROVED") || state.equals("FAILED")) {
            client.receive(verdict(state.equals("PROVED"), id, ""), 0);
        }
        int results = output.results.size();
        int failures = output.failures.size();
        int sent = output.sent.size();
        int notes = output.notes.size();
        client.receive(
                switch (packet) {
                    case "ack" -> ack(id, "fine");
                    case "nak" -> nak(id, "no");
                    case "bare ack" -> octets("02%02x0004".formatted(id));
                    case "bare nak" -> octets("03%02x0004".formatted(id));
                    case "stray ack" -> ack(id + 1, "");
                    case "stray nak" -> nak(id - 1, "");
                    case "request" -> request(id, "alice", "x");
                    default -> octets("09000004");
                },
                0);
        assertThat(output.sent).hasSize(sent);
        assertThat(output.results).hasSize(results + (expected.equals("succeeded") ? 1 : 0));
        assertThat(output.failures).hasSize(failures + (expected.equals("failed") ? 1 : 0));
        assertThat(output.notes).hasSize(notes + (expected.equals("ignored") ? 1 : 0));
    }

    @Test
    void aRefusalQuotesTheServerHarmlessly() {
        client.start(0);
        client.receive(nak(identifier(0), "no\u001b[2J way"), 0);
        assertThat(output.failures)
                .containsExactly(new AuthFailure.CredentialsRejected(
                        new Refusal(Refusal.Verdict.PAP_NAK, "alice", 0, "no\\x1b[2J way")));
    }

    @Test
    void tooLongAPasswordIsNotCut() {
        PapClient other = new PapClient(new Credentials("a", new char[256]), new Random(1), TIMEOUT, output);
        other.start(0);
        assertThat(output.sent).isEmpty();
        assertThat(output.failures).hasSize(1);
        assertThat(other.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "alice, gr\u00fc\u00dfe, 2, ",
        "alice, gr\u00fc\u00df,  3, CREDENTIALS_REJECTED",
        "alice, '',      3, CREDENTIALS_REJECTED",
        "nobody, '',     3, CREDENTIALS_REJECTED",
        "carol, x,       3, ACCOUNT_RESTRICTED",
        "carol, y,       3, CREDENTIALS_REJECTED",
    })
    void theServerDecidesOnceAndSaysSoAgain(String name, String password, int code, Cause cause) {
        server.receive(request(1, name, password), 0);
        assertThat(output.sent).as("not started").isEmpty();
        server.start(0);
        server.receive(request(7, name, password), 0);
        server.receive(request(8, "alice", "gr\u00fc\u00dfe"), 0);
        assertThat(output.sent).hasSize(2).allMatch(packet -> packet.getByte(0) == code);
        assertThat(identifier(0)).isEqualTo(7);
        assertThat(identifier(1)).isEqualTo(8);
        assertThat(output.results).hasSize(code == 2 ? 1 : 0);
        if (code == 3) {
            assertThat(output.failures)
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.cause()).isEqualTo(cause));
        }
        server.receive(ack(7, ""), 0);
        server.receive(octets("09000004"), 0);
        assertThat(output.sent).hasSize(2);
        assertThat(server.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theServerWaitsSoLong() {
        server.start(0);
        server.onDeadline(server.deadlineNanos() - 1);
        assertThat(output.failures).isEmpty();
        server.onDeadline(server.deadlineNanos());
        assertThat(output.failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure.cause()).isEqualTo(Cause.AUTH_TIMEOUT));
    }

    /** Every truncation, every length field, every length octet. */
    @Test
    void lengthsLeadNowhere() {
        for (String hex :
                new String[] {"01070010 05616c696365 056775657373", "02070009 0468692121", "03070009 0468692121"}) {
            byte[] whole = ByteBufUtil.decodeHexDump(hex.replace(" ", ""));
            for (int length = 0; length < whole.length; length++) {
                assertThat(PapPacket.parse(Unpooled.wrappedBuffer(whole, 0, length)))
                        .isInstanceOf(PapPacket.Malformed.class);
            }
            for (int value = 0; value < 65536; value++) {
                byte[] changed = whole.clone();
                changed[2] = (byte) (value >> 8);
                changed[3] = (byte) value;
                boolean tooLong = value < 4 || value > whole.length;
                PapPacket parsed = PapPacket.parse(Unpooled.wrappedBuffer(changed));
                assertThat(tooLong && !(parsed instanceof PapPacket.Malformed)).isFalse();
            }
            for (int value = 0; value < 256; value++) {
                byte[] changed = whole.clone();
                changed[4] = (byte) value;
                PapPacket parsed = PapPacket.parse(Unpooled.wrappedBuffer(changed));
                if (value > whole.length - 5) {
                    assertThat(parsed).isInstanceOf(PapPacket.Malformed.class);
                }
            }
        }
    }

    @Test
    void nothingShowsAPassword() {
        assertThat(PapPacket.parse(request(1, "alice", "guess")).toString()).doesNotContain("guess");
    }
}
