package org.jpptp.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jpptp.cli.view.Quantities;
import org.jpptp.client.explain.evidence.Flow;
import org.jpptp.client.explain.evidence.Flow.RoundTrip;
import org.jpptp.client.explain.evidence.Flow.Volume;

/** What a tunnel carried over time, and how long there and back took. */
final class Courses {
    private static final long MICROS = 1000;
    /** Two times are no course. */
    private static final int FEWEST = 3;

    private final Flow.Course course;
    private final Rates rates;

    Courses(Flow.Course course) {
        this.course = course;
        this.rates = new Rates(course.volumes());
    }

    boolean isEmpty() {
        return rates.isEmpty() && !hasTimes();
    }

    private boolean hasTimes() {
        return course.roundTrips().values().stream().anyMatch(times -> times.size() >= FEWEST);
    }

    void write(Markup page, String heading) {
        if (!rates.isEmpty()) {
            page.element(heading, "Rates");
            List<Plot.Point> sent = rates.line(Volume::octetsSent);
            List<Plot.Point> received = rates.line(Volume::octetsReceived);
            new Plot("Rates over time", Quantities::rate)
                    .write(
                            page,
                            List.of(
                                    new Plot.Line("client to server", "sent", sent),
                                    new Plot.Line("server to client", "received", received)),
                            rates.beginMillis(),
                            rates.spanMillis(),
                            carried("Client to server", sent, Volume::octetsSent) + " "
                                    + carried("Server to client", received, Volume::octetsReceived));
        }
        if (hasTimes()) {
            page.element(heading, "Round trips");
            roundTrips(page);
        }
    }

    private String carried(String way, List<Plot.Point> line, Rates.Way of) {
        long most = line.stream().mapToLong(Plot.Point::value).max().orElse(0);
        return way + ": " + Quantities.octets(rates.total(of)) + ", " + Quantities.rate(rates.mean(of))
                + " on average, at most " + Quantities.rate(most) + ".";
    }

    private void roundTrips(Markup page) {
        long end = 1;
        for (List<RoundTrip> times : course.roundTrips().values()) {
            for (RoundTrip time : times) {
                end = Math.max(end, time.millis());
            }
        }
        List<Plot.Line> lines = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (Flow.Way way : Flow.Way.values()) {
            List<RoundTrip> times = course.roundTrips().getOrDefault(way, List.of());
            if (times.size() >= FEWEST) {
                long span = end;
                lines.add(new Plot.Line(
                        name(way),
                        "way" + List.of(Flow.Way.values()).indexOf(way),
                        times.stream()
                                .map(time -> new Plot.Point((double) time.millis() / span, time.nanos() / MICROS))
                                .toList()));
                said.add(told(way, times));
            }
        }
        new Plot("Round trips over time", Courses::millis).write(page, lines, 0, end, String.join(" ", said));
    }

    private static String told(Flow.Way way, List<RoundTrip> times) {
        long[] sorted = times.stream().mapToLong(RoundTrip::nanos).sorted().toArray();
        String name = name(way);
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + ": median "
                + millis(sorted[sorted.length / 2] / MICROS) + ", from " + millis(sorted[0] / MICROS) + " to "
                + millis(sorted[sorted.length - 1] / MICROS) + ".";
    }

    static String name(Flow.Way way) {
        return switch (way) {
            case LCP_ECHO -> "LCP echoes";
            case GRE_ACKNOWLEDGEMENT -> "GRE acknowledgements";
            case CONTROL -> "control connection";
        };
    }

    private static String millis(long micros) {
        double millis = micros / 1000.0;
        return millis >= 100 || millis == Math.rint(millis)
                ? Math.round(millis) + " ms"
                : String.format(Locale.ROOT, millis >= 1 ? "%.1f ms" : "%.2f ms", millis);
    }
}
