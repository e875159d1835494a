package org.jpptp.cli.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jpptp.cli.json.Json;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.usage.Numbers;

/**
 * A tunnel's side of one connection: a pure machine, from octets to answers. Each side's first line names the version;
 * whatever cannot be understood gets one sentence, and the connection is closed.
 */
public final class Conversation {
    /** Counts up when a line changes its meaning or goes; fields may be added at any time. */
    public static final int VERSION = 1;

    static final String VERSION_FIELD = "jpptp";
    static final String REQUEST = "request";
    static final String ERROR = "error";
    static final int MOST_OCTETS = 4096;
    private static final int MOST_OPEN = 4;
    private static final int MOST_VERSION = 9999;

    /** Where answers go. */
    public interface Output {
        void send(JsonObject line);

        /** Once it is there, {@link Conversation#answered} is to be called with it. */
        void await(CompletableFuture<JsonObject> answer);

        /** What was sent before goes out; nothing is received any more. */
        void close();
    }

    private final Visitor visitor;
    private final Output output;
    private final StringBuilder line = new StringBuilder();
    private boolean greeted;
    private boolean over;
    private int open;

    /** @param greeting what is told of the tunnel in the first line */
    public Conversation(JsonObject greeting, Visitor visitor, Output output) {
        this.visitor = visitor;
        this.output = output;
        output.send(new JsonObject.Builder()
                .put(VERSION_FIELD, VERSION)
                .putAll(greeting)
                .build());
    }

    /** Whether an answer is still to come. */
    public boolean isWaiting() {
        return open > 0;
    }

    /** Takes all of these octets. */
    public void received(ByteBuffer octets) {
        while (!over && octets.hasRemaining()) {
            int octet = octets.get() & 0xFF;
            if (octet == '\n') {
                String whole = text(line);
                line.setLength(0);
                understand(whole);
            } else if (line.length() == MOST_OCTETS) {
                refuse("A line of the control protocol has at most " + MOST_OCTETS + " octets.");
            } else {
                line.append((char) octet);
            }
        }
        octets.position(octets.limit());
    }

    /** The octets, kept one a character, are UTF-8. */
    private static String text(StringBuilder octets) {
        return new String(octets.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private void understand(String text) {
        JsonObject request = Json.read(text).orElse(JsonObject.EMPTY);
        if (!greeted) {
            greet(request);
        } else if (!request.has(REQUEST)) {
            refuse("This is no request of the control protocol.");
        } else if (open == MOST_OPEN) {
            refuse("More than " + MOST_OPEN + " requests wait for their answers already.");
        } else {
            serve(request.text(REQUEST, ""));
        }
    }

    private void greet(JsonObject first) {
        long version = first.number(VERSION_FIELD);
        if (version == VERSION) {
            greeted = true;
        } else if (version > 0 && version <= MOST_VERSION) {
            refuse("This tunnel speaks version " + VERSION + " of the control protocol, not version " + version + ".");
        } else {
            refuse("The first line names no version of the control protocol.");
        }
    }

    private void serve(String request) {
        switch (request) {
            case "status" -> await(visitor.status());
            case "trace" -> await(visitor.trace());
            case "up" -> await(visitor.up());
            case "down" -> await(visitor.down());
            default -> refuse("There is no request '" + Numbers.shown(request) + "'.");
        }
    }

    private void await(CompletableFuture<JsonObject> answer) {
        open++;
        output.await(answer);
    }

    /** What was awaited is there. */
    public void answered(JsonObject answer) {
        open--;
        if (!over) {
            output.send(answer);
        }
    }

    private void refuse(String sentence) {
        over = true;
        output.send(JsonObject.of(ERROR, sentence));
        output.close();
    }
}
