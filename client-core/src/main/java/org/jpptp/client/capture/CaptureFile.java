package org.jpptp.client.capture;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jpptp.client.explain.capture.PcapngWriter;

/**
 * Writes packets into a file on a thread of its own, so that no loop waits for a disk. What waits is bounded: beyond it packets
 * are counted instead of written.
 */
final class CaptureFile {
    static final String OUTER = "outer";
    static final String INNER = "inner";

    private static final int MOST_PACKETS = 16384;
    /** Octets that wait at most. */
    private static final long MOST_OCTETS = 16L << 20;

    private static final long END_MILLIS = 3000;

    /** Where a packet passes. */
    enum Place {
        OUTER,
        INNER
    }

    /**
     * A packet, and what is said of it.
     *
     * @param original its octets before it was cut
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Taken(
            Place place, long nanos, PcapngWriter.Direction direction, byte[] octets, int original, String comment) {
        static final Taken LAST = new Taken(Place.OUTER, 0, PcapngWriter.Direction.SENT, new byte[0], -1, "");

        boolean outer() {
            return place == Place.OUTER;
        }

        boolean isLast() {
            return original < 0;
        }
    }

    private final BlockingQueue<Taken> waiting = new ArrayBlockingQueue<>(MOST_PACKETS);
    private final AtomicLong octets = new AtomicLong();
    private final AtomicLongArray dropped = new AtomicLongArray(2);
    private final UnaryOperator<Taken> lastLook;
    private final Consumer<IOException> lost;
    private final PcapngWriter writer;
    private final Thread thread = new Thread(this::work, "jpptp-capture");
    private volatile boolean broken;
    private final AtomicLong written = new AtomicLong();

    /**
     * Begins.
     *
     * @param out buffered, closed in the end
     * @param outer what is seen outside, in words
     * @param inner what is seen inside
     * @param lastLook makes of a packet what is written
     * @param lost is told once when nothing more can be written, on another thread
     */
    CaptureFile(
            OutputStream out,
            String application,
            String outer,
            String inner,
            UnaryOperator<Taken> lastLook,
            Consumer<IOException> lost)
            throws IOException {
        this.lastLook = lastLook;
        this.lost = lost;
        this.writer = new PcapngWriter(out, application);
        int unused = writer.describe(OUTER, outer);
        int unusedToo = writer.describe(INNER, inner);
        writer.flush();
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes a packet if there is room; from any thread, never blocking. */
    void take(Taken packet) {
        if (broken) {
            return;
        }
        long held = octets.addAndGet(packet.octets().length);
        if (held > MOST_OCTETS || !waiting.offer(packet)) {
            octets.addAndGet(-packet.octets().length);
            dropped.incrementAndGet(packet.outer() ? 0 : 1);
        }
    }

    private void work() {
        try {
            Taken next = waiting.take();
            while (!next.isLast()) {
                write(next);
                next = waiting.poll();
                if (next == null) {
                    writer.flush();
                    next = waiting.take();
                }
            }
            writer.statistics(OUTER, dropped.get(0));
            writer.statistics(INNER, dropped.get(1));
            writer.flush();
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does that
        } finally {
            end();
        }
    }

    private void write(Taken taken) throws IOException {
        octets.addAndGet(-taken.octets().length);
        Taken packet = lastLook.apply(taken);
        writer.write(new PcapngWriter.Packet(
                packet.outer() ? OUTER : INNER,
                packet.nanos(),
                packet.direction(),
                Unpooled.wrappedBuffer(packet.octets()),
                packet.original(),
                packet.comment()));
        written.incrementAndGet();
    }

    private void fail(IOException why) {
        broken = true;
        waiting.clear();
        lost.accept(why);
    }

    private void end() {
        try {
            writer.close();
        } catch (IOException e) {
            if (!broken) {
                fail(e);
            }
        }
    }

    /** Writes what waits, in bounded time, and ends. */
    Capture.Result close() {
        try {
            boolean taken = broken || waiting.offer(Taken.LAST, END_MILLIS, TimeUnit.MILLISECONDS);
            thread.join(taken ? END_MILLIS : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Capture.Result(written.get(), dropped.get(0) + dropped.get(1), !broken);
    }
}
