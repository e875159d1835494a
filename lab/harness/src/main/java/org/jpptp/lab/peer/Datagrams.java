package org.jpptp.lab.peer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbered UDP datagrams of known content, sent through a tunnel both ways at the same time, at a steady rate.
 *
 * @param up what the guest received
 * @param down what this side received
 */
public record Datagrams(Report up, Report down) {
    /**
     * In datagrams a second, at most. pptpd waits 0.3 s for a packet that is missing, with room for 300 others: what comes
     * faster than 1000 a second is lost on the server's side, and tells nothing about ours.
     */
    public static final int RATE = 600;

    private static final Pattern REPORT = Pattern.compile(
            "received=(\\d+) twice=(\\d+) corrupted=(\\d+) refused=(\\d+) run=(\\d+) from=(\\d+) millis=(\\d+)");
    private static final Duration LIMIT = Duration.ofMinutes(3);
    /**
     * Each crossing has a port of its own: what pptpd still holds of one, waiting for a packet that never comes, it sends on
     * with the first packets of the next.
     */
    private static final AtomicInteger PORTS = new AtomicInteger(7000);

    /** A machine may be so many times slower than the rate asks for before the test gives up. */
    private static final int SLOWEST = 20;

    /** For how long {@link #carried} sends, at which multiple of {@link #RATE}. */
    private static final int TRIAL_SECONDS = 3;

    private static final int TRIAL_FACTOR = 2;

    /**
     * What became of the datagrams of one direction.
     *
     * @param received how many different ones came whole
     * @param twice how many came again
     * @param corrupted how many came with another content
     * @param refused how many packets of any kind the receiver's kernel dropped for a wrong checksum or header
     * @param longestRun the most consecutive ones that never came
     * @param runStart the number of the first of them, counted from 0
     * @param time from the first that came to the last
     */
    public record Report(
            int received, int twice, int corrupted, int refused, int longestRun, int runStart, Duration time) {
        /** Datagrams that came in each second, on average. */
        int rate() {
            return (int) (received * 1000L / Math.max(1, time.toMillis()));
        }
    }

    /**
     * How many datagrams a second the guest carries each way with half of what this machine gives it now, at most
     * {@link #RATE}. Measured over a tunnel in fair weather.
     *
     * @param here this side's address in the tunnel
     */
    public static int carried(RealPeer peer, String here) {
        int trial = RATE * TRIAL_FACTOR;
        Datagrams tried = cross(peer, here, trial * TRIAL_SECONDS, trial);
        int slower = Math.min(tried.up.rate(), tried.down.rate());
        return Math.max(1, Math.min(RATE, slower / 2));
    }

    /**
     * Sends them, and waits for the reports.
     *
     * @param here this side's address in the tunnel
     * @param count how many each way
     * @param rate how many a second
     */
    public static Datagrams cross(RealPeer peer, String here, int count, int rate) {
        TestNamespace ours = peer.namespace();
        GuestShell guest = new GuestShell(ours);
        String script = peer.script("datagrams").toString();
        String port = String.valueOf(PORTS.getAndIncrement());
        String receive = " receive %s " + port + " " + count;
        OutputLines down = ours.start("perl " + script + receive.formatted(here), List.of("bash", "-s"));
        OutputLines up = guest.start("/run/peer/datagrams" + receive.formatted(RealPeer.INNER_ADDRESS));
        down.await("^ready$", LIMIT);
        up.await("^ready$", LIMIT);
        String send = "send %s " + port + " " + count + " " + rate + " && echo sent";
        OutputLines sentDown = guest.start("/run/peer/datagrams " + send.formatted(here));
        OutputLines sentUp =
                ours.start("perl " + script + " " + send.formatted(RealPeer.INNER_ADDRESS), List.of("bash", "-s"));
        Duration limit = LIMIT.plusSeconds((long) SLOWEST * count / rate);
        sentDown.await("^sent$", limit);
        ours.exec("perl", script, "end", here, port).orThrow();
        sentUp.await("^sent$", limit);
        guest.run("/run/peer/datagrams end " + RealPeer.INNER_ADDRESS + " " + port);
        return new Datagrams(report(up, limit), report(down, limit));
    }

    private static Report report(OutputLines output, Duration limit) {
        Matcher fields = REPORT.matcher(output.await("^received=", limit));
        if (!fields.matches()) {
            throw new AssertionError(output.text());
        }
        return new Report(
                number(fields, 1),
                number(fields, 2),
                number(fields, 3),
                number(fields, 4),
                number(fields, 5),
                number(fields, 6),
                Duration.ofMillis(number(fields, 7)));
    }

    private static int number(Matcher fields, int group) {
        return Integer.parseInt(fields.group(group));
    }
}
