package org.jpptp.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.ppp.auth.ChapKind.text;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every truncation, and every value of the length and value-size octets, of every message, to both sides. */
class ChapLengthsTest {
    private static final boolean MALFORMED = true;
    private static final Credentials ALICE = new Credentials("alice", "right".toCharArray());

    @ParameterizedTest
    @EnumSource
    void nothingButTheDeclaredComesOfIt(ChapKind kind) {
        for (ByteBuf message : messages(kind)) {
            int octets = message.readableBytes();
            for (int length = 0; length < octets; length++) {
                give(kind, message.slice(0, length), MALFORMED);
            }
            for (int value = 0; value < 65_536; value += value < 2048 ? 1 : 251) {
                ByteBuf changed = message.copy().setShort(2, value);
                // What is longer than the packet, or shorter than its parts, is none of them.
                give(kind, changed, value > octets || value < 4);
            }
            for (int value = 0; value < 256 && octets > 4; value++) {
                give(kind, message.copy().setByte(4, value), !MALFORMED);
            }
        }
    }

    private static List<ByteBuf> messages(ChapKind kind) {
        byte[] challenge = kind.challenge(0x11);
        List<ByteBuf> messages = new ArrayList<>();
        messages.add(ChapKind.packet(new ChapPacket.Challenge(7, challenge, text("gate"))));
        messages.add(ChapKind.packet(kind.respond(7, challenge, "alice", "right")));
        messages.add(ChapKind.packet(new ChapPacket.Success(7, text("S=" + "0".repeat(40) + " M=Welcome"))));
        messages.add(ChapKind.packet(new ChapPacket.Failure(7, text("E=691 R=1 C=" + "5A".repeat(16) + " V=3"))));
        if (kind.changeCode != 0) {
            messages.add(ChapKind.packet(kind.change(8, challenge, "alice", "right", "other")));
        }
        return messages;
    }

    private static void give(ChapKind kind, ByteBuf packet, boolean malformed) {
        Recorder client = new Recorder();
        Authentication one = kind.interactiveClient(ALICE, client);
        one.start(0);
        one.receive(ChapKind.packet(new ChapPacket.Challenge(7, kind.challenge(0x11), text("gate"))), 0);
        one.receive(packet.duplicate(), 0);
        assertThat(client.results.size() + client.failures.size() + client.wanted.size())
                .isLessThanOrEqualTo(malformed ? 0 : 1);
        assertThat(client.sent).hasSizeBetween(1, malformed ? 1 : 2);

        Recorder server = new Recorder();
        Authentication other =
                kind.server(name -> name.equals("alice") ? new AuthRole.Account(ALICE, 648) : null, 1, server);
        other.start(0);
        other.receive(packet.duplicate(), 0);
        assertThat(server.results).as("the challenge was another").isEmpty();
        assertThat(server.sent).hasSizeBetween(1, malformed ? 1 : 2);
    }
}
