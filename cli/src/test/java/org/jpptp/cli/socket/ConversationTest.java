package org.jpptp.cli.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jpptp.cli.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {
    private static final String HELLO = "{\"jpptp\":1}\n";
    private static final String GREETING = "{\"jpptp\":1,\"name\":\"office\"}";

    private final Tunnel tunnel = new Tunnel();
    private final Sent sent = new Sent();
    private final Conversation conversation = new Conversation(JsonObject.of("name", "office"), tunnel, sent);

    private void receive(String text) {
        conversation.received(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theFirstLineNamesTheVersionAndTheTunnel() {
        assertThat(sent.lines).containsExactly(GREETING);
        receive(HELLO);
        assertThat(sent.lines).hasSize(1);
        assertThat(sent.closed).isFalse();
    }

    @Test
    void eachRequestGetsItsAnswerWhenItIsThere() {
        receive(HELLO + "{\"request\":\"up\"}\n{\"request\":\"status\"}\n");
        assertThat(tunnel.asked).containsExactly("up", "status");
        assertThat(conversation.isWaiting()).isTrue();
        conversation.answered(JsonObject.of("state", "up"));
        conversation.answered(JsonObject.of("state", "up"));
        assertThat(sent.lines).hasSize(3);
        assertThat(conversation.isWaiting()).isFalse();
    }

    @Test
    void linesComeInAnyPieces() {
        for (String piece : (HELLO + "{\"request\":\"down\",\"from\":\"\u00e9\"}\n").split("", -1)) {
            receive(piece);
        }
        assertThat(tunnel.asked).containsExactly("down");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"jpptp\":2}|This tunnel speaks version 1 of the control protocol, not version 2.",
                "{\"jpptp\":99999999999999999999}|The first line names no version of the control protocol.",
                "{\"request\":\"down\"}|The first line names no version of the control protocol.",
                "GET / HTTP/1.1|The first line names no version of the control protocol.",
                "{\"jpptp\":1,\"jpptp\":1}|The first line names no version of the control protocol."
            })
    void whoeverSpeaksSomethingElseGetsOneSentence(String line, String sentence) {
        receive(line + "\n{\"jpptp\":1}\n{\"request\":\"down\"}\n");
        refused(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"request\":\"reboot\"}|There is no request 'reboot'.",
                "{\"request\":\"\\u001b[2J\"}|There is no request '?[2J'.",
                "{\"request\":7}|There is no request ''.",
                "{\"request\":null}|This is no request of the control protocol.",
                "[\"down\"]|This is no request of the control protocol.",
                "{\"request\":\"down\"} {}|This is no request of the control protocol.",
                "{\"request\":\"down\"|This is no request of the control protocol.",
                "``|This is no request of the control protocol."
            })
    void whatIsNoRequestGetsOneSentenceAndChangesNothing(String line, String sentence) {
        receive(HELLO + line + "\n{\"request\":\"down\"}\n");
        refused(sentence);
    }

    private void refused(String sentence) {
        assertThat(sent.lines)
                .containsExactly(GREETING, JsonObject.of("error", sentence).toString());
        assertThat(sent.closed).isTrue();
        assertThat(tunnel.asked).isEmpty();
        assertThat(sentence.split(" ", -1)).hasSizeLessThanOrEqualTo(25);
    }

    @Test
    void aLineWithoutAnEndIsNotKept() {
        receive(HELLO + "x".repeat(Conversation.MOST_OCTETS));
        assertThat(sent.closed).isFalse();
        receive("x");
        refused("A line of the control protocol has at most 4096 octets.");
    }

    @Test
    void noMoreThanAFewRequestsAreOpen() {
        receive(HELLO + "{\"request\":\"up\"}\n".repeat(5));
        assertThat(tunnel.asked).hasSize(4);
        assertThat(sent.lines.get(1)).contains("More than 4 requests");
        assertThat(sent.closed).isTrue();
        conversation.answered(JsonObject.EMPTY);
        assertThat(sent.lines).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 9, 1000})
    void deepTreesAreRefused(int depth) {
        receive(HELLO + "{\"request\":\"status\",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}\n");
        assertThat(tunnel.asked).hasSize(depth < 8 ? 1 : 0);
        assertThat(sent.closed).isEqualTo(depth >= 8);
    }

    private static final class Tunnel implements Visitor {
        private final List<String> asked = new ArrayList<>();

        private CompletableFuture<JsonObject> asked(String what) {
            asked.add(what);
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<JsonObject> status() {
            return asked("status");
        }

        @Override
        public CompletableFuture<JsonObject> trace() {
            return CompletableFuture.completedFuture(JsonObject.of("trace", "sent"));
        }

        @Override
        public CompletableFuture<JsonObject> up() {
            return asked("up");
        }

        @Override
        public CompletableFuture<JsonObject> down() {
            return asked("down");
        }
    }

    private static final class Sent implements Conversation.Output {
        private final List<String> lines = new ArrayList<>();
        private boolean closed;

        @Override
        public void send(JsonObject line) {
            lines.add(line.toString());
        }

        @Override
        public void await(CompletableFuture<JsonObject> answer) {
            assertThat(answer).isNotDone();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
