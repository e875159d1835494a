package org.jpptp.cli.record;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jpptp.cli.view.FailureText;
import org.jpptp.cli.view.PhaseText;
import org.jpptp.cli.view.Phases;
import org.jpptp.cli.view.Quantities;
import org.jpptp.cli.view.Style;
import org.jpptp.client.Failure;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;

/**
 * A tunnel in lines: seconds since the start, then {@code sent [} and {@code rcvd [} before a packet, {@code #} before a
 * decision, {@code =} before what was reached, {@code !} before a warning, and {@code x} before the end. What {@code jpptp
 * explain} reads.
 */
public final class TraceText implements TunnelListener {
    private final Consumer<String> lines;
    private final LongSupplier nanoTime;
    private final long start;

    /** @param nanoTime a monotonic clock, whose time is now that of the start */
    public TraceText(Consumer<String> lines, LongSupplier nanoTime) {
        this.lines = lines;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** The line that begins it all; a reader tells by it whose trace it is. */
    public static String head(String version, String server, String time) {
        return "jpptp " + version + " trace of " + server + " at " + time;
    }

    @Override
    public boolean traces(Detail detail) {
        return detail != Detail.OCTETS;
    }

    @Override
    public void trace(Detail detail, String line) {
        switch (detail) {
            case PACKETS -> say(line);
            case DECISIONS -> say("# " + line);
            case OCTETS -> {
                // Not asked for.
            }
        }
    }

    @Override
    public void event(TunnelEvent event) {
        PhaseText.line(event, this::end).ifPresent(this::say);
    }

    private void end(TunnelEvent.Ended ended) {
        if (ended.wasUp()) {
            say("= " + new Phases(Style.PLAIN).ended(ended));
        }
        Failure failure = FailureText.of(ended);
        if (failure == null) {
            say("x ended by its user");
            return;
        }
        say(String.format(
                Locale.ROOT,
                "x %s %d %s: %s",
                failure.reason().name(),
                failure.windowsError(),
                ended.wasUp() ? "up" : "never",
                failure.sentence().strip()));
        String remedy = FailureText.remedy(failure).strip();
        if (!remedy.isEmpty()) {
            say("x remedy: " + remedy);
        }
    }

    private void say(String text) {
        long millis = (nanoTime.getAsLong() - start) / 1_000_000;
        lines.accept(Quantities.sinceStart(millis) + " " + visible(text));
    }

    /** A line stays one. */
    private static String visible(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
