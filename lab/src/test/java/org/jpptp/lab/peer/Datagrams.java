package org.jpptp.lab.peer;

import java.time.Duration;
import java.util.List;
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
     * In datagrams a second. pptpd waits 0.3 s for a packet that is missing, with room for 300 others: what comes faster
     * than 1000 a second is lost on the server's side, and tells nothing about ours. The rest is for a busy machine.
     */
    public static final int RATE = 600;

    private static final Pattern REPORT =
            Pattern.compile("received=(\\d+) twice=(\\d+) corrupted=(\\d+) refused=(\\d+) run=(\\d+)");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PORT = "7000";

    /**
     * What became of the datagrams of one direction.
     *
     * @param received how many different ones came whole
     * @param twice how many came again
     * @param corrupted how many came with another content
     * @param refused how many packets of any kind the receiver's kernel dropped for a wrong checksum or header
     * @param longestRun the most consecutive ones that never came
     */
    public record Report(int received, int twice, int corrupted, int refused, int longestRun) {
        /** The longest time, as the sender counts it, of which nothing arrived, when it sent so many a second. */
        public Duration longestOutage(int rate) {
            return Duration.ofMillis(longestRun * 1000L / rate);
        }
    }

    /**
     * Sends them, and waits for the reports.
     *
     * @param here this side's address in the tunnel
     * @param count how many each way
     * @param rate how many a second, at most {@link #RATE}
     */
    public static Datagrams cross(RealPeer peer, String here, int count, int rate) {
        TestNamespace ours = peer.namespace();
        GuestShell guest = new GuestShell(ours);
        String script = peer.script("datagrams").toString();
        String receive = " receive %s " + PORT + " " + count + " " + rate;
        OutputLines down = ours.start("perl " + script + receive.formatted(here), List.of("bash", "-s"));
        OutputLines up = guest.start("/run/peer/datagrams" + receive.formatted(RealPeer.INNER_ADDRESS));
        down.await("^ready$", LIMIT);
        up.await("^ready$", LIMIT);
        String send = "send %s " + PORT + " " + count + " " + rate + " && echo sent";
        OutputLines sentDown = guest.start("/run/peer/datagrams " + send.formatted(here));
        OutputLines sentUp =
                ours.start("perl " + script + " " + send.formatted(RealPeer.INNER_ADDRESS), List.of("bash", "-s"));
        Duration limit = LIMIT.plusSeconds(2L * count / rate);
        sentDown.await("^sent$", limit);
        sentUp.await("^sent$", limit);
        return new Datagrams(report(up), report(down));
    }

    private static Report report(OutputLines output) {
        Matcher fields = REPORT.matcher(output.await("^received=", LIMIT));
        if (!fields.matches()) {
            throw new AssertionError(output.text());
        }
        return new Report(
                number(fields, 1), number(fields, 2), number(fields, 3), number(fields, 4), number(fields, 5));
    }

    private static int number(Matcher fields, int group) {
        return Integer.parseInt(fields.group(group));
    }
}
