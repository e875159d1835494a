package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.lab.oracle.Capture;
import org.jpptp.lab.oracle.GreFlow;
import org.jpptp.lab.oracle.PcapFile;
import org.jpptp.lab.peer.Datagrams;
import org.jpptp.lab.peer.GuestInterface;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.peer.Scenario;
import org.jpptp.lab.peer.Weather;
import org.jpptp.ppp.wire.ControlPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Numbered datagrams through tunnels over a network that loses, reorders and duplicates, made by netem.
 *
 * <p>The guest is slow, how slow depends on the machine, and pptpd loses what it is too late for. So the rate follows what
 * the guest carries, and what is asserted is our part only, as a capture on the guest's device, netem's counters and those
 * of pppd's interface show it: what left us, and what we made of what had come.
 */
@RequiresRealPeer
@RequiresTshark
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Scenario.BESIDE_OTHERS)
class WeatherIT {
    private static final String TABLE = "Bad weather";

    /** For so many seconds in each weather; {@code -Djpptp.weather.seconds} for less or more. */
    private static final int SECONDS = Integer.getInteger("jpptp.weather.seconds", 10);

    private static final Weather REORDERED = Weather.reordering(25);
    private static final List<Weather> WEATHERS =
            List.of(Weather.loss(1), Weather.loss(5), Weather.loss(20), REORDERED, Weather.duplication(10));

    /** Frames with fewer encrypted octets carry none of the datagrams. */
    private static final int OCTETS = 160;

    /**
     * How many Reset-Requests in a row may fail where at most so many packets of 1000 are lost. Each is a loss of its own
     * when it, its Reset-Ack or the flushed packet is lost: 3, 14 and 49 of 100, where 1, 5 and 20 of 100 packets are. With
     * so many there is one run of bad luck in a hundred tests, or fewer.
     */
    private static final NavigableMap<Integer, Integer> TRIES = new TreeMap<>(Map.of(0, 1, 15, 3, 60, 5, 1000, 12));

    /** How long we wait for a missing packet at most, in microseconds; what comes later may be dropped. */
    private static final long WAIT = 100_000;

    /** A flood of Reset-Requests is heeded every tenth of a second: so many datagrams may pass before the next flushed one. */
    private static final int BEFORE_RESET = Datagrams.RATE / 2;

    /** Reset-Requests of ours are 0.3 s apart; a busy machine may let us wait for a processor. */
    private static final long BETWEEN_REQUESTS = 3_000_000;

    /**
     * Of what netem let through the guest may lose so much of 1000 before that is too fast for it. When a busy machine
     * leaves the guest without a processor for 0.3 s, pptpd gives up what is overtaken then, at any rate: so a few are
     * lost however slowly they are sent.
     */
    private static final int LOST_BY_GUEST = 30;

    /** With the first, the half, and so on of the rate that the guest carries. */
    private static final int CROSSINGS = 6;

    private static final int SLOWEST = 40;

    private static final Pattern DEVICE = Pattern.compile("(?m)^Tunnel (\\S+) is up after");
    private static final Pattern LOCAL = Pattern.compile("addresses +(\\d+\\.\\d+\\.\\d+\\.\\d+) ");

    @TempDir
    Path directory;

    @Test
    void statelessDeliversAllThatCameToItAndSendsAllThatItIsGiven() throws IOException {
        through(
                "stateless",
                crossing -> {
                    int decrypted = crossing.datagrams().up().received();
                    assertThat(decrypted).as("decrypted by the guest").isGreaterThanOrEqualTo(crossing.handedOn());
                    assertThat(crossing.in().resets(ControlPacket.RESET_REQUEST))
                            .isEmpty();
                    assertThat(crossing.datagrams().down().received())
                            .as("received")
                            .isGreaterThanOrEqualTo(
                                    thousandths(995, crossing.in().stateless(OCTETS, WAIT)));
                },
                "all that came out of the network, less 0.5 % at most");
    }

    @Test
    void statefulComesBackIntoStepAfterEachLoss() throws IOException {
        through(
                "stateful",
                crossing -> {
                    GreFlow out = crossing.out();
                    List<GreFlow.Packet> requests = crossing.in().resets(ControlPacket.RESET_REQUEST);
                    assertThat(requests)
                            .as("are answered")
                            .allSatisfy(request ->
                                    assertThat(out.datagramsUntilReset(request)).isBetween(0, BEFORE_RESET));
                    assertThat(crossing.triesOfLongestOutage())
                            .as("Reset-Requests of the guest in its longest outage")
                            .isLessThanOrEqualTo(crossing.tries());

                    GreFlow.Stateful due = crossing.in().stateful(OCTETS, WAIT);
                    assertThat(crossing.datagrams().down().received())
                            .as("received")
                            .isGreaterThanOrEqualTo(thousandths(900, due.due()));
                    assertThat(out.resets(ControlPacket.RESET_REQUEST))
                            .as("Reset-Requests of ours while out of step")
                            .hasSizeGreaterThanOrEqualTo((int) (due.micros() / BETWEEN_REQUESTS));
                },
                "each Reset-Request is answered at once, and all that can be decrypted is delivered");
    }

    private static int thousandths(int share, int of) {
        return (int) ((long) of * share / 1000);
    }

    /**
     * What became of the datagrams in one weather.
     *
     * @param out what we sent
     * @param in what came to us
     * @param framesIn how many frames pptpd handed on to pppd's interface
     */
    private record Crossing(
            Weather weather,
            int count,
            Datagrams datagrams,
            Weather.Lost lostByNetem,
            GreFlow out,
            GreFlow in,
            int framesIn) {
        /** Datagrams, at least, among the frames that came to pppd's interface. */
        int handedOn() {
            return framesIn - out.others(OCTETS);
        }

        int lostByGuestUp() {
            return Math.max(0, out.datagrams(OCTETS) - lostByNetem.up() - framesIn);
        }

        int lostByGuestDown() {
            return Math.max(0, count - lostByNetem.down() - in.datagrams(OCTETS));
        }

        int lostByGuest() {
            return Math.max(lostByGuestUp(), lostByGuestDown());
        }

        /** Reset-Requests in a row that may fail with what was lost, by netem and by the guest. */
        int tries() {
            int lost = Math.max(lostByNetem.up() + lostByGuestUp(), lostByNetem.down() + lostByGuestDown());
            return TRIES.ceilingEntry((int) (lost * 1000L / count)).getValue() + (lostByGuest() > 0 ? 1 : 0);
        }

        /** How often the guest asked for a reset while the longest run of datagrams did not come to it. */
        int triesOfLongestOutage() {
            Datagrams.Report up = datagrams.up();
            if (up.longestRun() == 0) {
                return 0;
            }
            long from = out.timeOf(up.runStart(), OCTETS);
            long to = out.timeOf(up.runStart() + up.longestRun() - 1, OCTETS);
            return (int) in.resets(ControlPacket.RESET_REQUEST).stream()
                    .filter(request -> request.micros() >= from && request.micros() <= to)
                    .count();
        }

        @Override
        public String toString() {
            return weather + ": of " + count + " each way " + datagrams.up().received() + " up in "
                    + datagrams.up().time().toSeconds() + " s, "
                    + datagrams.down().received() + " down in "
                    + datagrams.down().time().toSeconds() + " s; netem lost " + lostByNetem.up() + ", "
                    + lostByNetem.down()
                    + ", the guest " + lostByGuestUp() + ", " + lostByGuestDown() + "; longest run "
                    + datagrams.up().longestRun() + ", " + datagrams.down().longestRun() + "; Reset-Requests in "
                    + in.resets(ControlPacket.RESET_REQUEST).size() + ", out "
                    + out.resets(ControlPacket.RESET_REQUEST).size();
        }
    }

    private interface Check {
        void of(Crossing crossing);
    }

    private void through(String mode, Check check, String result) throws IOException {
        try (RealPeer peer = RealPeer.builder()
                .options("require-mschap-v2", "require-mppe-128", "mppe-stateful")
                .user("alice", "secret")
                .quiet()
                .besideOthers()
                .start()) {
            int carried = 0;
            for (Weather weather : WEATHERS) {
                String[] options = mode.equals("stateless") ? new String[0] : new String[] {"--mppe-mode", mode};
                try (JpptpProcess jpptp = Connect.to(peer.serverAddress(), peer.namespace(), "secret", options)) {
                    Connect.awaitUp(jpptp);
                    assertThat(jpptp.out().text()).contains("MPPE 128-bit " + mode + ", both directions");
                    String here = here(jpptp);
                    carried = carried == 0 ? Datagrams.carried(peer, here) : carried;
                    check.of(inIt(peer, jpptp, here, mode, weather, carried));
                    InteroperabilityTable.seen(TABLE, result, mode, "`" + weather + "`");
                    if (weather.equals(REORDERED)) {
                        CausesTable.works(
                                24,
                                "pppd, " + mode + ", netem: `" + weather + "`",
                                "up, and what comes in time is delivered.",
                                "counted packet by packet, to say what is due");
                    }
                }
            }
        }
    }

    private static String here(JpptpProcess jpptp) {
        Matcher local = LOCAL.matcher(jpptp.out().text());
        assertThat(local.find()).isTrue();
        return local.group(1);
    }

    /** Sends at the rate that the guest carries, and slower where the weather makes that too much for it. */
    private Crossing inIt(RealPeer peer, JpptpProcess jpptp, String here, String mode, Weather weather, int carried)
            throws IOException {
        // Linux asks for a reset once a second, and when the count wraps around before one of its attempts succeeds,
        // nothing tells it how often the key has changed: with a fifth lost, 4096 packets have to last for more
        // attempts
        // than there would be.
        boolean few = mode.equals("stateful") && weather.equals(Weather.loss(20));
        int rate = carried / (few ? 2 : 1);
        int before = lostBeforeUs(peer, jpptp);
        Crossing crossing = cross(peer, here, weather, rate);
        System.out.println(mode + ", " + rate + " a second, " + crossing);
        for (int crossed = 1; crossing.lostByGuest() > thousandths(LOST_BY_GUEST, crossing.count()); crossed++) {
            assertThat(crossed)
                    .as("the guest loses too much to tell anything of the client")
                    .isLessThan(CROSSINGS);
            rate = Math.max(SLOWEST, rate / 2);
            before = lostBeforeUs(peer, jpptp);
            crossing = cross(peer, here, weather, rate);
            System.out.println(mode + ", " + rate + " a second, " + crossing);
        }

        for (Datagrams.Report way :
                List.of(crossing.datagrams().up(), crossing.datagrams().down())) {
            assertThat(way.twice()).as("twice").isZero();
            assertThat(way.corrupted()).as("corrupted").isZero();
            // What a peer decrypts with a wrong key comes to its kernel as garbage, now and then.
            assertThat(way.refused()).as("refused").isZero();
        }
        assertThat(crossing.out().datagrams(OCTETS))
                .as("sent")
                .isBetween(crossing.count() - lostBeforeUs(peer, jpptp) + before, crossing.count());
        assertThat(crossing.out().isConsecutive()).isTrue();
        assertThat(jpptp.isRunning()).isTrue();
        jpptp.signal("INT");
        assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
        return crossing;
    }

    /** How many packets the interface's queue had no room for, as when a busy machine leaves us without a processor. */
    private static int lostBeforeUs(RealPeer peer, JpptpProcess jpptp) {
        Matcher device = DEVICE.matcher(jpptp.out().text());
        assertThat(device.find()).isTrue();
        return Integer.parseInt(peer.namespace()
                .exec("cat", "/sys/class/net/" + device.group(1) + "/statistics/tx_dropped")
                .orThrow()
                .strip());
    }

    private Crossing cross(RealPeer peer, String here, Weather weather, int rate) throws IOException {
        int count = rate * SECONDS;
        GuestInterface guest = GuestInterface.of(peer, here);
        // What lies behind a packet that never came stays in pptpd until others come: it is not to be counted with
        // these.
        peer.namespace().exec("ping", "-c", "4", "-i", "0.2", "-w", "3", RealPeer.INNER_ADDRESS);
        Path file = directory.resolve("weather.pcap");
        try (Capture capture = Capture.start(peer.namespace(), peer.device(), file)) {
            int before = guest.received();
            weather.over(peer);
            Datagrams datagrams = Datagrams.cross(peer, here, count, rate);
            Weather.Lost lost = Weather.lost(peer);
            Weather.clear(peer);
            int framesIn = guest.received() - before;
            PcapFile wire = PcapFile.read(capture.stop());
            return new Crossing(
                    weather,
                    count,
                    datagrams,
                    lost,
                    GreFlow.from(Connect.HERE, wire),
                    GreFlow.from(peer.serverAddress(), wire),
                    framesIn);
        }
    }
}
