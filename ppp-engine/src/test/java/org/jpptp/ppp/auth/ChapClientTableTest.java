package org.jpptp.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.ppp.auth.ChapKind.text;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jpptp.ppp.Credentials;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message in every state of each client.
 *
 * <p>{@code -} nothing, {@code p} a packet is sent, {@code S} success, {@code F} failure, {@code W} a secret is wanted,
 * {@code .} there is no such thing.
 */
class ChapClientTableTest {
    private static final String NAME = "BIGCO\\jos\u00e9";
    private static final String PASSWORD = "gr\u00fc\u00dfe";

    /** old: of the exchange before the current one; other: with an identifier that is nobody's. */
    private static final String MESSAGES = "challenge newchallenge badchallenge mirror success badsuccess othersuccess"
            + " refused retry expired otherfailure oldchallenge oldsuccess oldfailure"
            + " response code0 code5 code6 code7 code255 short empty";

    private static final String V2 = """
            INITIAL  - - - . - - -  - - - -  . . .  - - - - - - - -
            WAITING  p p - . - - -  - - - -  . . .  - - - - - - - -
            ANSWERED p p - F S F -  F W W -  . . .  - - - - - - - -
            ASKED    - - - - - - -  - - - -  . . .  - - - - - - - -
            RETRIED  p p - F S F -  F W W -  - - -  - - - - - - - -
            EXPIRED  - - - - - - -  - - - -  . . .  - - - - - - - -
            CHANGED  p - - F S F -  F F F -  - - -  - - - - - - - -
            ACCEPTED p p - - - - -  - - - -  . . .  - - - - - - - -
            AGAIN    p p - - - - -  F F F -  p - -  - - - - - - - -
            FAILED   - - - - - - -  - - - -  . . .  - - - - - - - -
            """;
    /** No proof, so any Success is one; and nothing to mirror. */
    private static final String V1 = """
            INITIAL  - - - . - - -  - - - -  . . .  - - - - - - - -
            WAITING  p p - . - - -  - - - -  . . .  - - - - - - - -
            ANSWERED p p - . S S -  F W W -  . . .  - - - - - - - -
            ASKED    - - - . - - -  - - - -  . . .  - - - - - - - -
            RETRIED  p p - . S S -  F W W -  - - -  - - - - - - - -
            EXPIRED  - - - . - - -  - - - -  . . .  - - - - - - - -
            CHANGED  p - - . S S -  F F F -  - - -  - - - - - - - -
            ACCEPTED p p - . - - -  - - - -  . . .  - - - - - - - -
            AGAIN    p p - . - - -  F F F -  p - -  - - - - - - - -
            FAILED   - - - . - - -  - - - -  . . .  - - - - - - - -
            """;

    private static final String MD5 = """
            INITIAL  - - - . - - -  - - - -  . . .  - - - - - - - -
            WAITING  p p - . - - -  - - - -  . . .  - - - - - - - -
            ANSWERED p p - . S S -  F F F -  . . .  - - - - - - - -
            ACCEPTED p p - . - - -  - - - -  . . .  - - - - - - - -
            AGAIN    p p - . - - -  F F F -  p - -  - - - - - - - -
            FAILED   - - - . - - -  - - - -  . . .  - - - - - - - -
            """;

    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        String[] messages = MESSAGES.split(" ", -1);
        for (ChapKind kind : ChapKind.values()) {
            String table = kind == ChapKind.V2 ? V2 : kind == ChapKind.V1 ? V1 : MD5;
            table.lines().forEach(line -> {
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
    /** Of the exchange that is current, and of the one before it. */
    private int identifier = 7;

    private byte[] challenge = {};
    private String password = PASSWORD;
    private ByteBuf old = Unpooled.EMPTY_BUFFER;

    @ParameterizedTest
    @MethodSource("cells")
    void doesWhatIsDeclared(ChapKind kind, String state, String message, String expected) {
        Authentication client = reach(kind, state);
        int sent = output.sent.size();
        int results = output.results.size();
        int failures = output.failures.size();
        int wanted = output.wanted.size();
        client.receive(message(kind, message), 0);
        assertThat(output.sent.size() - sent).as("sent").isEqualTo(expected.equals("p") ? 1 : 0);
        assertThat(output.results.size() - results).as("succeeded").isEqualTo(expected.equals("S") ? 1 : 0);
        assertThat(output.failures.size() - failures).as("failed").isEqualTo(expected.equals("F") ? 1 : 0);
        assertThat(output.wanted.size() - wanted).as("wanted").isEqualTo(expected.equals("W") ? 1 : 0);
        boolean ended = output.failures.size() > 0;
        assertThat(client.deadlineNanos() == Long.MAX_VALUE)
                .as("asleep")
                .isEqualTo(ended || output.results.size() > 0 || state.equals("INITIAL"));
    }

    private Authentication reach(ChapKind kind, String state) {
        challenge = kind.challenge(0x11);
        Authentication client = kind.interactiveClient(new Credentials(NAME, PASSWORD.toCharArray()), output);
        if (state.equals("INITIAL")) {
            return client;
        }
        client.start(0);
        if (state.equals("WAITING")) {
            return client;
        }
        client.receive(message(kind, "challenge"), 0);
        old = output.last();
        switch (state) {
            case "ANSWERED" -> {}
            case "FAILED" -> client.receive(message(kind, "refused"), 0);
            case "ACCEPTED" -> client.receive(message(kind, "success"), 0);
            case "AGAIN" -> {
                client.receive(message(kind, "success"), 0);
                identifier = 8;
                challenge = kind.challenge(0x22);
                client.receive(message(kind, "challenge"), 0);
            }
            case "ASKED", "RETRIED" -> client.receive(message(kind, "retry"), 0);
            default -> client.receive(message(kind, "expired"), 0);
        }
        if (state.equals("RETRIED")) {
            password = "another";
            client.provide(new Credentials(NAME, password.toCharArray()), 0);
            identifier = 8;
            challenge = kind.challenge(0x5a);
        } else if (state.equals("CHANGED")) {
            password = "n\u9ad8w";
            client.provide(new Credentials(NAME, PASSWORD.toCharArray(), password.toCharArray()), 0);
            identifier = 8;
            // MS-CHAPv2 answers the challenge of the Failure, version 1 the last one.
            challenge = kind == ChapKind.V2 ? kind.challenge(0x5a) : challenge;
        }
        return client;
    }

    private ByteBuf message(ChapKind kind, String message) {
        String next = " C=" + "5A".repeat(kind.challengeOctets) + " V=3 M=No";
        byte[] wrong = text("S=" + "0".repeat(40));
        return switch (message) {
            case "code0" -> raw(0, 0);
            case "code5" -> raw(5, 68);
            case "code6" -> raw(6, 1114);
            case "code7" -> raw(7, 582);
            case "code255" -> raw(255, 0);
            case "short" -> Unpooled.wrappedBuffer(new byte[] {3, (byte) identifier, 0});
            case "empty" -> Unpooled.EMPTY_BUFFER;
            default ->
                ChapKind.packet(
                        switch (message) {
                            case "challenge" -> new ChapPacket.Challenge(identifier, challenge, text("gate"));
                            case "newchallenge" -> new ChapPacket.Challenge(99, kind.challenge(0x33), text("gate"));
                            case "badchallenge" ->
                                new ChapPacket.Challenge(98, new byte[kind == ChapKind.MD5 ? 0 : 9], text("gate"));
                            case "mirror" -> new ChapPacket.Challenge(97, ownChallenge(), text("gate"));
                            case "success" -> new ChapPacket.Success(identifier, text(rightSuccess(kind)));
                            case "badsuccess" -> new ChapPacket.Success(identifier, wrong);
                            case "othersuccess" -> new ChapPacket.Success(200, wrong);
                            case "refused" -> new ChapPacket.Failure(identifier, text("E=691 R=0" + next));
                            case "retry" -> new ChapPacket.Failure(identifier, text("E=691 R=1" + next));
                            case "expired" -> new ChapPacket.Failure(identifier, text("E=648 R=0" + next));
                            case "otherfailure" -> new ChapPacket.Failure(200, text("E=691 R=1" + next));
                            case "oldchallenge" -> new ChapPacket.Challenge(7, kind.challenge(0x11), text("gate"));
                            case "oldsuccess" ->
                                new ChapPacket.Success(
                                        7,
                                        text(kind.success(
                                                ChapPacket.parse(old.duplicate()),
                                                kind.challenge(0x11),
                                                NAME,
                                                PASSWORD)));
                            case "oldfailure" -> new ChapPacket.Failure(7, text("E=691 R=1" + next));
                            default -> new ChapPacket.Response(identifier, new byte[49], text("x"));
                        });
        };
    }

    private String rightSuccess(ChapKind kind) {
        return output.sent.isEmpty()
                ? "S=" + "0".repeat(40)
                : kind.success(ChapPacket.parse(output.last()), challenge, NAME, password);
    }

    private byte[] ownChallenge() {
        ByteBuf packet = output.last();
        if (ChapPacket.parse(packet) instanceof ChapPacket.ChangePassword change) {
            byte[] response = Objects.requireNonNull(MsChapChange.parse(change.code(), change.data()))
                    .response();
            return Arrays.copyOf(response, 16);
        }
        return Arrays.copyOf(((ChapPacket.Response) ChapPacket.parse(packet)).value(), 16);
    }

    private ByteBuf raw(int code, int data) {
        return Unpooled.buffer()
                .writeByte(code)
                .writeByte(identifier)
                .writeShort(4 + data)
                .writeZero(data);
    }
}
