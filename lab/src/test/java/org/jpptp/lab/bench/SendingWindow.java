package org.jpptp.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sending no faster than the far end receives, by the kernel's counters of UDP there; as window.h does for C. */
final class SendingWindow {
    private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(30);
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path snmp;
    private final int size;
    private final long before;
    private long sent;
    private long lost;
    private long mark;

    SendingWindow(Path snmp, int size) throws IOException {
        this.snmp = snmp;
        this.size = size;
        this.before = arrivedEver(Files.readString(snmp));
    }

    /** UDP datagrams that have come there, taken or not: the first three counters. */
    static long arrivedEver(String snmp) throws IOException {
        int values = snmp.lastIndexOf("\nUdp: ") + 1;
        if (values == 0) {
            throw new IOException("no counters of UDP");
        }
        String[] words = snmp.substring(values).split("\\s+", 5);
        return Long.parseLong(words[1]) + Long.parseLong(words[2]) + Long.parseLong(words[3]);
    }

    void sent() {
        sent++;
    }

    /** Waits for room. What has not come for so long is lost, and no longer waited for. */
    void await() throws IOException {
        await(size);
    }

    void awaitLast() throws IOException {
        await(1);
    }

    private void await(int room) throws IOException {
        if (sent - lost < room) {
            return;
        }
        long last = arrived();
        long since = System.nanoTime();
        while (sent - lost - last >= room) {
            LockSupport.parkNanos(NAP_NANOS);
            long now = arrived();
            if (now != last) {
                last = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE_NANOS) {
                lost = sent - last;
            }
        }
    }

    /** From here on is counted. */
    void mark() throws IOException {
        mark = arrived();
    }

    long arrivedSinceMark() throws IOException {
        return arrived() - mark;
    }

    private long arrived() throws IOException {
        return arrivedEver(Files.readString(snmp)) - before;
    }
}
