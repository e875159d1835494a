package org.jpptp.ppp.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.ppp.auth.ChapKind.text;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message in every state of each server.
 *
 * <p>{@code -} nothing, {@code r} the last verdict once more, {@code S} Success, {@code F} Failure and the end,
 * {@code f} Failure that may be answered, {@code .} there is no such thing.
 */
class ChapServerTableTest {
    private static final String MESSAGES = "right wrong nobody expired disabled badsize other old"
            + " change wrongchange otherchange challenge success failure code0 code5 code255 short empty";

    /** One retry is granted. */
    private static final String MS = """
            INITIAL  - - - - - - - .  - - -  - - - - - - - -
            ASKING   S f f f F - - .  - - -  - - - - - - - -
            RETRY    S F F f F - - r  - - -  - - - - - - - -
            EXPIRED  - - - - - - - r  S F -  - - - - - - - -
            ACCEPTED r r r r r r - .  - - -  - - - - - - - -
            CHANGED  - - - - - - - -  r r -  - - - - - - - -
            REFUSED  r r r r r r - .  - - -  - - - - - - - -
            """;

    private static final String MD5 = """
            INITIAL  - - - - - - - .  . . -  - - - - - - - -
            ASKING   S F F F F - - .  . . -  - - - - - - - -
            ACCEPTED r r r r r r - .  . . -  - - - - - - - -
            REFUSED  r r r r r r - .  . . -  - - - - - - - -
            """;

    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        String[] messages = MESSAGES.split(" ", -1);
        for (ChapKind kind : ChapKind.values()) {
            (kind == ChapKind.MD5 ? MD5 : MS).lines().forEach(line -> {
                String[] row = line.split(" +", -1);
                assertThat(row).hasSize(messages.length + 1);
                for (int i = 0; i < messages.length; i++) {
                    if (!row[i + 1].equals(".")) {
                        cells.add(Arguments.of(kind, row[0], messages[i], row[i + 1]));
                    }
                }
            });
        }
        return cells.stream();
    }

    private final Recorder output = new Recorder();
    private final List<String> changes = new ArrayList<>();
    private int identifier;
    private byte[] challenge = {};

    private final AuthRole.Accounts accounts = new AuthRole.Accounts() {
        @Override
        public AuthRole.@Nullable Account find(String name) {
            Credentials credentials = new Credentials(name, "right".toCharArray());
            return switch (name) {
                case "alice" -> new AuthRole.Account(credentials, 0);
                case "eve" -> new AuthRole.Account(credentials, 648);
                case "dan" -> new AuthRole.Account(credentials, 647);
                default -> null;
            };
        }

        @Override
        public boolean change(String name, char[] newPassword) {
            return changes.add(name + "=" + new String(newPassword));
        }
    };

    @ParameterizedTest
    @MethodSource("cells")
    void doesWhatIsDeclared(ChapKind kind, String state, String message, String expected) {
        Authentication server = reach(kind, state);
        List<ByteBuf> before = List.copyOf(output.sent);
        int results = output.results.size();
        int failures = output.failures.size();
        int changed = changes.size();
        server.receive(message(kind, message), 0);
        List<ByteBuf> sent = output.sent.subList(before.size(), output.sent.size());
        assertThat(sent).hasSize(expected.equals("-") ? 0 : 1);
        if (expected.equals("r")) {
            assertThat(sent).containsExactly(before.get(before.size() - 1));
        } else if (!expected.equals("-")) {
            assertThat(sent.get(0).getByte(0)).isEqualTo((byte) (expected.equals("S") ? 3 : 4));
        }
        assertThat(output.results.size() - results).isEqualTo(expected.equals("S") ? 1 : 0);
        assertThat(output.failures.size() - failures).isEqualTo(expected.equals("F") ? 1 : 0);
        assertThat(changes.size() - changed).isEqualTo(message.equals("change") && expected.equals("S") ? 1 : 0);
        assertThat(output.wanted).isEmpty();
    }

    private Authentication reach(ChapKind kind, String state) {
        Authentication server = kind.server(accounts, 1, output);
        if (state.equals("INITIAL")) {
            challenge = kind.challenge(0);
            return server;
        }
        server.start(0);
        ChapPacket.Challenge first = (ChapPacket.Challenge) ChapPacket.parse(output.last());
        identifier = first.identifier();
        challenge = first.value();
        switch (state) {
            case "RETRY" -> server.receive(message(kind, "wrong"), 0);
            case "EXPIRED", "CHANGED" -> server.receive(message(kind, "expired"), 0);
            case "ACCEPTED" -> server.receive(message(kind, "right"), 0);
            case "REFUSED" -> server.receive(message(kind, "disabled"), 0);
            default -> {}
        }
        if (state.equals("RETRY") || state.equals("EXPIRED") || state.equals("CHANGED")) {
            identifier = (identifier + 1) & 0xff;
            if (state.equals("RETRY") || kind == ChapKind.V2) {
                String said = new String(((ChapPacket.Failure) ChapPacket.parse(output.last())).message(), US_ASCII);
                challenge = HexFormat.of().parseHex(said.replaceAll(".* C=([0-9A-F]*) .*", "$1"));
            }
        }
        if (state.equals("CHANGED")) {
            server.receive(message(kind, "change"), 0);
        }
        return server;
    }

    private ByteBuf message(ChapKind kind, String message) {
        int before = (identifier + 255) & 0xff;
        int code = kind.changeCode;
        return switch (message) {
            case "otherchange" -> raw(code == 7 ? 6 : 7, code == 7 ? 1114 : 582);
            case "code0" -> raw(0, 0);
            case "code5" -> raw(5, 68);
            case "code255" -> raw(255, 0);
            case "short" -> Unpooled.wrappedBuffer(new byte[] {2, (byte) identifier, 0});
            case "empty" -> Unpooled.EMPTY_BUFFER;
            default ->
                ChapKind.packet(
                        switch (message) {
                            case "right" -> kind.respond(identifier, challenge, "alice", "right");
                            case "wrong" -> kind.respond(identifier, challenge, "alice", "wrong");
                            case "nobody" -> kind.respond(identifier, challenge, "mallory", "");
                            case "expired" -> kind.respond(identifier, challenge, "eve", "right");
                            case "disabled" -> kind.respond(identifier, challenge, "dan", "right");
                            case "badsize" -> new ChapPacket.Response(identifier, new byte[48], text("alice"));
                            case "other" -> kind.respond((identifier + 7) & 0xff, challenge, "alice", "right");
                            case "old" -> kind.respond(before, challenge, "alice", "right");
                            case "change" -> kind.change(identifier, challenge, "eve", "right", "n\u9ad8w");
                            case "wrongchange" -> kind.change(identifier, challenge, "eve", "wrong", "n\u9ad8w");
                            case "challenge" -> new ChapPacket.Challenge(identifier, challenge, text("x"));
                            case "success" -> new ChapPacket.Success(identifier, text("S=" + "0".repeat(40)));
                            default -> new ChapPacket.Failure(identifier, text("E=691 R=1"));
                        });
        };
    }

    private ByteBuf raw(int code, int data) {
        return Unpooled.buffer()
                .writeByte(code)
                .writeByte(identifier)
                .writeShort(4 + data)
                .writeZero(data);
    }
}
