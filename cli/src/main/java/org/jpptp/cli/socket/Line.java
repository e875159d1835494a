package org.jpptp.cli.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jpptp.cli.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** One connection to a tunnel's socket: octets in, octets out, never waiting. Used on the server's thread only. */
final class Line implements Conversation.Output {
    /** Who does not read that much is not waited for. */
    private static final int MOST_UNREAD = 1 << 18;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Executor thread;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(Conversation.MOST_OCTETS);
    private final Conversation conversation;
    private int unread;
    private boolean ending;
    private long heardNanos;

    /** @param thread the server's */
    Line(SocketChannel channel, SelectionKey key, Executor thread, JsonObject greeting, Visitor visitor, long now) {
        this.channel = channel;
        this.key = key;
        this.thread = thread;
        this.heardNanos = now;
        this.conversation = new Conversation(greeting, visitor, this);
    }

    @Override
    public void send(JsonObject line) {
        ByteBuffer octets = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        unread += octets.remaining();
        unsent.add(octets);
    }

    @Override
    public void await(CompletableFuture<JsonObject> answer) {
        CompletableFuture<Void> unused = answer.handle((object, why) -> object == null ? failed(why) : object)
                .thenAcceptAsync(
                        object -> {
                            conversation.answered(object);
                            flush();
                        },
                        thread);
    }

    private static JsonObject failed(@Nullable Throwable why) {
        return JsonObject.of(
                Conversation.ERROR,
                why instanceof UnsupportedOperationException
                        ? "This tunnel tells nothing of itself."
                        : "The tunnel has met a defect of its own.");
    }

    @Override
    public void close() {
        ending = true;
    }

    /** The channel is ready for something. */
    void ready(long now) {
        try {
            if (key.isReadable()) {
                read(now);
            }
        } catch (IOException e) {
            end();
        }
        flush();
    }

    private void read(long now) throws IOException {
        int count = channel.read(buffer.clear());
        if (count < 0) {
            end();
        } else if (count > 0 && !ending) {
            heardNanos = now;
            conversation.received(buffer.flip());
        }
    }

    /** Sends what it can. */
    void flush() {
        try {
            while (isOpen() && !unsent.isEmpty()) {
                unread -= channel.write(unsent.element());
                if (unsent.element().hasRemaining()) {
                    break;
                }
                unsent.remove();
            }
        } catch (IOException e) {
            end();
        }
        if (unread > MOST_UNREAD || (ending && unsent.isEmpty())) {
            end();
        }
        if (isOpen()) {
            key.interestOps(unsent.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    /** Whether nothing was asked since then, and no answer is to come. */
    boolean isIdleSince(long time) {
        return !conversation.isWaiting() && heardNanos - time < 0;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Whether there is something that the other side has not taken. */
    boolean hasUnsent() {
        return isOpen() && !unsent.isEmpty();
    }

    /** At once. */
    void end() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }
}
