package org.jpptp.cli.socket;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jpptp.cli.json.Json;
import org.jpptp.cli.json.JsonObject;

/** Asks a tunnel over its socket, one question after the other. */
public final class SocketClient implements AutoCloseable {
    private static final Duration GREETING = Duration.ofSeconds(5);
    private static final int MOST_OCTETS = 1 << 18;
    private static final int MOST_OF_A_SENTENCE = 300;

    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer received = ByteBuffer.allocate(1 << 12);
    private final StringBuilder line = new StringBuilder();
    private JsonObject greeting = JsonObject.EMPTY;

    private SocketClient(SocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
        received.limit(0);
    }

    /** The tunnel does not do what it was asked for; its message is a sentence for the user. */
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String sentence) {
            super(sentence);
        }
    }

    /**
     * Connects, and hears the tunnel's greeting.
     *
     * @throws java.net.ConnectException where the owner of the socket is dead
     * @throws java.nio.file.NoSuchFileException where there is none, or none any more
     */
    public static SocketClient connect(Path file) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        SocketClient client = null;
        try {
            SocketPlace.connect(channel, file);
            channel.configureBlocking(false);
            client = new SocketClient(channel, Selector.open());
            client.greet();
            return client;
        } catch (IOException | RuntimeException e) {
            if (client == null) {
                channel.close();
            } else {
                client.close();
            }
            throw e;
        }
    }

    private void greet() throws IOException {
        channel.register(selector, SelectionKey.OP_READ);
        greeting = read(System.nanoTime() + GREETING.toNanos());
        long version = greeting.number(Conversation.VERSION_FIELD);
        if (version != Conversation.VERSION) {
            throw new Refused("The tunnel speaks another version of the control protocol (" + version
                    + "); use the jpptp that started it.");
        }
        send(JsonObject.of(Conversation.VERSION_FIELD, Conversation.VERSION));
    }

    /** What the tunnel tells of itself: {@code name}, {@code pid}, {@code program}. */
    public JsonObject greeting() {
        return greeting;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws EOFException where the tunnel's process ends without one
     * @throws SocketTimeoutException where there is none in time
     * @throws Refused where the tunnel does not understand
     */
    public JsonObject ask(String request, Duration atMost) throws IOException {
        long deadline = System.nanoTime() + atMost.toNanos();
        send(JsonObject.of(Conversation.REQUEST, request));
        return read(deadline);
    }

    private void send(JsonObject object) throws IOException {
        // Far less than the kernel takes at once.
        ByteBuffer octets = ByteBuffer.wrap((object + "\n").getBytes(StandardCharsets.UTF_8));
        int unused = untilItEnds(() -> channel.write(octets));
    }

    /** What is done with the channel. */
    private interface Step {
        int call() throws IOException;
    }

    /** A socket between two processes of a host breaks only where the other end is gone (EPIPE, ECONNRESET). */
    private static int untilItEnds(Step step) throws IOException {
        try {
            return step.call();
        } catch (ClosedChannelException e) {
            throw e; // by this process
        } catch (IOException e) {
            EOFException ended = new EOFException("the tunnel has ended");
            ended.initCause(e);
            throw ended;
        }
    }

    private JsonObject read(long deadline) throws IOException {
        while (true) {
            while (received.hasRemaining()) {
                int octet = received.get() & 0xFF;
                if (octet == '\n') {
                    return understand();
                }
                if (line.length() == MOST_OCTETS) {
                    throw new Refused("The tunnel answers with more than can be an answer.");
                }
                line.append((char) octet);
            }
            fill(deadline);
        }
    }

    private JsonObject understand() throws IOException {
        String text = new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        line.setLength(0);
        JsonObject answer =
                Json.read(text).orElseThrow(() -> new Refused("The tunnel's answer is none of the control protocol."));
        if (answer.has(Conversation.ERROR)) {
            String sentence = answer.text(Conversation.ERROR, "");
            throw new Refused(sentence.substring(0, Math.min(sentence.length(), MOST_OF_A_SENTENCE)));
        }
        return answer;
    }

    private void fill(long deadline) throws IOException {
        received.clear().limit(0);
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0 || selector.select(left) == 0) {
            throw new SocketTimeoutException("the tunnel does not answer");
        }
        selector.selectedKeys().clear();
        received.clear();
        int count = untilItEnds(() -> channel.read(received));
        received.flip();
        if (count < 0) {
            throw new EOFException("the tunnel has ended");
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
