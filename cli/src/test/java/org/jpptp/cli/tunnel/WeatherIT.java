package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.lab.peer.Datagrams;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.jpptp.lab.peer.Weather;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Numbered datagrams through tunnels over a network that loses, reorders and duplicates, made by netem. */
@RequiresRealPeer
@Execution(ExecutionMode.CONCURRENT)
class WeatherIT {
    private static final String TABLE = "Bad weather";

    /** Each way, in each weather; {@code -Djpptp.datagrams} for less or more. */
    private static final int COUNT = Integer.getInteger("jpptp.datagrams", 20_000);

    private static final List<Weather> WEATHERS = List.of(
            Weather.loss(1), Weather.loss(5), Weather.loss(20), Weather.reordering(25), Weather.duplication(10));

    /**
     * How many Reset-Requests in a row may fail. Each is a loss of its own when it, its Reset-Ack or the flushed packet is
     * lost: 3, 14 and 49 of 100. With so many there is one run of bad luck in a hundred tests, or fewer.
     */
    private static final Map<Weather, Integer> TRIES =
            Map.of(Weather.loss(1), 3, Weather.loss(5), 5, Weather.loss(20), 12);

    /** The round trip here, with the 0.3 s that pptpd waits for what is missing, and with as much for a busy machine. */
    private static final Duration ROUND_TRIP = Duration.ofMillis(600);

    private static final String STATEFUL = "stateful";

    private static final Pattern LOCAL = Pattern.compile("addresses +(\\d+\\.\\d+\\.\\d+\\.\\d+) ");

    @Test
    void stateless_delivers_all_that_the_network_did_not_lose() {
        through("stateless", (datagrams, lost, weather) -> {
            assertThat(datagrams.up().received()).as("up, %s", weather).isGreaterThanOrEqualTo(due(lost.up()));
            assertThat(datagrams.down().received()).as("down, %s", weather).isGreaterThanOrEqualTo(due(lost.down()));
            return "all that the network did not lose, less 0.5 % at most";
        });
    }

    @Test
    void stateful_recovers_within_a_round_trip_and_a_second() {
        through(STATEFUL, (datagrams, lost, weather) -> {
            Duration limit = ROUND_TRIP.plusSeconds(1).multipliedBy(TRIES.getOrDefault(weather, 1));
            int rate = rate(STATEFUL, weather);
            assertThat(datagrams.up().longestOutage(rate)).as("up, %s", weather).isLessThanOrEqualTo(limit);
            assertThat(datagrams.down().longestOutage(rate))
                    .as("down, %s", weather)
                    .isLessThanOrEqualTo(limit);
            return "recovers within a round trip and a second of each loss, those of its own packets too";
        });
    }

    /** All of them without what netem dropped, less 0.5 %. */
    private static int due(int lost) {
        return (COUNT - lost) * 995 / 1000;
    }

    /**
     * Datagrams a second. Linux asks for a reset once a second, and when the count wraps around before one of its attempts
     * succeeds, nothing tells it how often the key has changed: with a fifth lost, 4096 packets have to last for more
     * attempts than there would be.
     */
    private static int rate(String mode, Weather weather) {
        return mode.equals(STATEFUL) && weather.equals(Weather.loss(20)) ? Datagrams.RATE / 2 : Datagrams.RATE;
    }

    private interface Check {
        String of(Datagrams datagrams, Weather.Lost lost, Weather weather);
    }

    private static void through(String mode, Check check) {
        try (RealPeer peer = RealPeer.builder()
                .options("require-mschap-v2", "require-mppe-128", "mppe-stateful")
                .user("alice", "secret")
                .quiet()
                .life(Duration.ofMinutes(20))
                .start()) {
            for (Weather weather : WEATHERS) {
                String[] options = mode.equals("stateless") ? new String[0] : new String[] {"--mppe-mode", mode};
                try (JpptpProcess jpptp = Connect.to(peer.serverAddress(), peer.namespace(), "secret", options)) {
                    String result = inIt(peer, jpptp, mode, weather, check);
                    InteroperabilityTable.seen(TABLE, result, mode, "`" + weather + "`");
                }
            }
        }
    }

    private static String inIt(RealPeer peer, JpptpProcess jpptp, String mode, Weather weather, Check check) {
        Connect.awaitUp(jpptp);
        assertThat(jpptp.out().text()).contains("MPPE 128-bit " + mode + ", both directions");
        Matcher local = LOCAL.matcher(jpptp.out().text());
        assertThat(local.find()).isTrue();

        weather.over(peer);
        Datagrams datagrams = Datagrams.cross(peer, local.group(1), COUNT, rate(mode, weather));
        Weather.Lost lost = Weather.lost(peer);
        Weather.clear(peer);

        System.out.println(mode + ", " + weather + ": " + datagrams + ", " + lost);

        for (Datagrams.Report way : List.of(datagrams.up(), datagrams.down())) {
            assertThat(way.twice()).as("twice").isZero();
            assertThat(way.corrupted()).as("corrupted").isZero();
            // What a peer decrypts with a wrong key comes to its kernel as garbage, now and then.
            assertThat(way.refused()).as("refused").isZero();
        }
        assertThat(jpptp.isRunning()).isTrue();
        jpptp.signal("INT");
        assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
        return check.of(datagrams, lost, weather);
    }
}
