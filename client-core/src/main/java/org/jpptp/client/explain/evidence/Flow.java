package org.jpptp.client.explain.evidence;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a tunnel carried over time, and how long there and back took: at most {@value #MOST} points of each. */
public final class Flow {
    /** More would not be seen in a plot. */
    public static final int MOST = 600;

    private static final long BIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** What was measured. */
    public enum Way {
        /** From an LCP Echo-Request to its reply. */
        LCP_ECHO,
        /** From a packet of GRE to what acknowledges it, smoothed. */
        GRE_ACKNOWLEDGEMENT,
        /** From a message of the control connection to its answer. */
        CONTROL
    }

    /**
     * What had passed until then.
     *
     * @param millis since the beginning
     * @param octetsSent by the client, in all
     * @param octetsReceived by the client, in all
     */
    public record Volume(long millis, long octetsSent, long octetsReceived) {}

    /** How long there and back took, at which time since the beginning. */
    public record RoundTrip(long millis, long nanos) {}

    /** What there was, in the order of time. */
    public record Course(List<Volume> volumes, Map<Way, List<RoundTrip>> roundTrips) {
        /** Nothing. */
        public static final Course NONE = new Course(List.of(), Map.of());

        public Course {
            volumes = List.copyOf(volumes);
            roundTrips = Map.copyOf(roundTrips);
        }
    }

    private final Thinned<Volume> volumes = new Thinned<>(MOST);
    private final Map<Way, Thinned<RoundTrip>> roundTrips = new EnumMap<>(Way.class);
    private long start = Moment.NO_TIME;
    private long binEnd = Moment.NO_TIME;
    private long sent;
    private long received;
    private boolean any;

    /** The time that all others are counted from; what comes before it is nothing. */
    public void begin(long nanos) {
        if (start == Moment.NO_TIME) {
            start = nanos;
        }
    }

    /** A datagram. */
    public void datagram(Side from, int octets, long nanos) {
        if (nanos == Moment.NO_TIME) {
            return;
        }
        begin(nanos);
        if (!any) {
            any = true;
            enter(nanos);
        } else if (nanos - binEnd >= 0) {
            volumes.add(new Volume(millis(binEnd), sent, received));
            enter(nanos);
        }
        if (from == Side.CLIENT) {
            sent += octets;
        } else {
            received += octets;
        }
    }

    /** A bin begins with what had passed before, unless the one before it has said so. */
    private void enter(long nanos) {
        long begins = nanos - Math.floorMod(nanos - start, BIN_NANOS);
        if (begins != binEnd) {
            volumes.add(new Volume(millis(begins), sent, received));
        }
        binEnd = begins + BIN_NANOS;
    }

    /** Somebody else has counted. */
    public void volume(Volume total) {
        volumes.add(total);
    }

    /** A time was measured. */
    public void roundTrip(Way way, RoundTrip time) {
        roundTrips.computeIfAbsent(way, unused -> new Thinned<>(MOST)).add(time);
    }

    /** The time that all others are counted from; {@link Moment#NO_TIME} where there is none. */
    public long startNanos() {
        return start;
    }

    /** Milliseconds since the beginning. */
    public long millis(long nanos) {
        return start == Moment.NO_TIME ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos - start);
    }

    /** The two sides change places; what was measured was the way to the other. */
    void swap() {
        roundTrips.clear();
        List<Volume> before = volumes.all();
        volumes.clear();
        before.forEach(each -> volumes.add(new Volume(each.millis(), each.octetsReceived(), each.octetsSent())));
        long other = sent;
        sent = received;
        received = other;
    }

    /** All of it until now. */
    public Course course() {
        Map<Way, List<RoundTrip>> times = new EnumMap<>(Way.class);
        roundTrips.forEach((way, thinned) -> times.put(way, thinned.all()));
        List<Volume> passed = volumes.all();
        if (any) {
            passed.add(new Volume(millis(binEnd), sent, received));
        }
        return new Course(passed, times);
    }
}
