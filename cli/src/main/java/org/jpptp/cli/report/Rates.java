package org.jpptp.cli.report;

import java.util.ArrayList;
import java.util.List;
import org.jpptp.client.explain.evidence.Flow.Volume;

/** How fast something was, from what had passed until when. */
final class Rates {
    private static final int MOST = 150;
    /** What passes in less says little. */
    private static final long SHORTEST_MILLIS = 200;

    private final List<Volume> volumes;
    private final long begin;
    private final long span;

    Rates(List<Volume> volumes) {
        this.volumes = volumes;
        this.begin = volumes.isEmpty() ? 0 : volumes.get(0).millis();
        this.span = volumes.isEmpty() ? 0 : volumes.get(volumes.size() - 1).millis() - begin;
    }

    /** Which way. */
    interface Way {
        long octets(Volume volume);
    }

    /** Whether there is anything to be seen. */
    boolean isEmpty() {
        return span == 0 || total(Volume::octetsSent) + total(Volume::octetsReceived) == 0;
    }

    long beginMillis() {
        return begin;
    }

    long spanMillis() {
        return span;
    }

    long total(Way way) {
        return volumes.isEmpty() ? 0 : way.octets(volumes.get(volumes.size() - 1)) - way.octets(volumes.get(0));
    }

    /** Bits in a second over all of it. */
    long mean(Way way) {
        return span == 0 ? 0 : total(way) * 8000 / span;
    }

    /** Bits in a second in each of so many equal parts that a line has room for. */
    List<Plot.Point> line(Way way) {
        int parts = (int) Math.max(1, Math.min(MOST, span / SHORTEST_MILLIS));
        List<Plot.Point> points = new ArrayList<>();
        double before = octetsAt(way, (double) begin);
        for (int i = 1; i <= parts; i++) {
            double until = begin + (double) span * i / parts;
            double octets = octetsAt(way, until);
            points.add(new Plot.Point((i - 0.5) / parts, Math.round((octets - before) * 8000 * parts / span)));
            before = octets;
        }
        return points;
    }

    /** Between two points it went evenly, as far as anybody knows. */
    private double octetsAt(Way way, double millis) {
        Volume before = volumes.get(0);
        for (Volume next : volumes) {
            if (next.millis() >= millis) {
                long apart = next.millis() - before.millis();
                double share = apart == 0 ? 1 : (millis - before.millis()) / apart;
                return way.octets(before) + share * (way.octets(next) - way.octets(before));
            }
            before = next;
        }
        return way.octets(before);
    }
}
