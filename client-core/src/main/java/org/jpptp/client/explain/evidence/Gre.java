package org.jpptp.client.explain.evidence;

import java.net.Inet4Address;
import java.util.LinkedHashMap;
import java.util.Map;

/** The GRE packets of one call, counted. */
public final class Gre {
    private static final int MOST_SOURCES = 16;

    /** The packets of one side. */
    public static final class Count {
        public long packets;
        public long payloads;
        public long acknowledgements;
        /** Those that acknowledge something, with a payload or without. */
        public long acknowledging;

        public long malformed;
        public long firstNanos = Moment.NO_TIME;
        public long lastNanos = Moment.NO_TIME;

        /** One more. */
        public void seen(long nanos) {
            packets++;
            firstNanos = firstNanos == Moment.NO_TIME ? nanos : firstNanos;
            lastNanos = nanos;
        }
    }

    private Count client = new Count();
    private Count server = new Count();
    private final Map<Inet4Address, Integer> elsewhere = new LinkedHashMap<>();

    /** Those that one side sent. */
    public Count of(Side side) {
        return side == Side.CLIENT ? client : server;
    }

    /** A packet for the client's call from an address that is not the server's. */
    public void fromElsewhere(Inet4Address source) {
        if (elsewhere.size() < MOST_SOURCES || elsewhere.containsKey(source)) {
            elsewhere.merge(source, 1, Integer::sum);
        }
    }

    /** How many came from where else. */
    public Map<Inet4Address, Integer> elsewhere() {
        return elsewhere;
    }

    void swap() {
        Count first = client;
        client = server;
        server = first;
    }
}
