package org.jpptp.cli.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jpptp.cli.json.JsonObject;

/** What somebody says on a tunnel's control socket, in pieces; in the form that jazzer calls. */
public final class ControlSocketFuzz {
    private static final int MOST_SENT = 300;

    private ControlSocketFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Tunnel tunnel = new Tunnel();
        Sent sent = new Sent();
        Conversation conversation = new Conversation(JsonObject.of("name", "office"), tunnel, sent);
        int piece = data.length == 0 ? 1 : 1 + (data[0] & 0x3F);
        for (int from = 0; from < data.length; from += piece) {
            conversation.received(ByteBuffer.wrap(data, from, Math.min(piece, data.length - from)));
        }
        kept(sent.closed <= 1, "it is closed once");
        kept(sent.lines.size() <= 2, "there is the greeting, and one sentence at most");
        kept(sent.lines.stream().allMatch(line -> line.length() <= MOST_SENT), "answers are short");
        kept(sent.lines.stream().noneMatch(line -> line.chars().anyMatch(Character::isISOControl)), "nothing steers");
        kept(tunnel.asked == 0 || contains(data, "\"jpptp\""), "nothing is asked before the version");
        kept(!tunnel.ended || contains(data, "down") || contains(data, "\\u"), "nothing ends it but 'down'");
        kept(sent.closed == sent.lines.size() - 1, "whoever is refused gets a sentence");
    }

    private static boolean contains(byte[] data, String text) {
        return new String(data, ISO_8859_1).contains(text);
    }

    private static void kept(boolean condition, String promise) {
        if (!condition) {
            throw new AssertionError(promise);
        }
    }

    private static final class Tunnel implements Visitor {
        private int asked;
        private boolean ended;

        private CompletableFuture<JsonObject> asked() {
            asked++;
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<JsonObject> status() {
            return asked();
        }

        @Override
        public CompletableFuture<JsonObject> trace() {
            return CompletableFuture.completedFuture(JsonObject.of("trace", "sent"));
        }

        @Override
        public CompletableFuture<JsonObject> up() {
            return asked();
        }

        @Override
        public CompletableFuture<JsonObject> down() {
            ended = true;
            return asked();
        }
    }

    private static final class Sent implements Conversation.Output {
        private final List<String> lines = new ArrayList<>();
        private int closed;

        @Override
        public void send(JsonObject line) {
            lines.add(line.toString());
        }

        @Override
        public void await(CompletableFuture<JsonObject> answer) {
            kept(closed == 0, "nothing is asked after a refusal");
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
