package org.jpptp.client.explain.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jpptp.client.explain.evidence.Flow.Volume;
import org.jpptp.client.explain.evidence.Flow.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 100, 1023, 1024, 4097})
    void whatIsThinnedHasItsFirstAndItsLastAndEqualDistances(int count) {
        Thinned<Integer> thinned = new Thinned<>(8);
        IntStream.range(0, count).forEach(thinned::add);
        List<Integer> all = thinned.all();
        assertThat(all).hasSizeLessThanOrEqualTo(8).hasSizeGreaterThanOrEqualTo(Math.min(count, 4));
        if (count > 0) {
            assertThat(all).startsWith(0).endsWith(count - 1);
        }
        List<Integer> distances = new ArrayList<>();
        for (int i = 2; i < all.size(); i++) {
            distances.add(all.get(i - 1) - all.get(i - 2));
        }
        assertThat(distances.stream().distinct()).hasSizeLessThanOrEqualTo(1);
    }

    /** However long it takes, the sums stay true and the points few. */
    @Test
    void aLongTunnelHasFewPointsAndAllOctets() {
        Flow flow = new Flow();
        int seconds = 100_000;
        for (int i = 0; i < seconds; i++) {
            flow.datagram(Side.CLIENT, 10, i * SECOND);
            flow.datagram(Side.SERVER, 1000, i * SECOND + 1);
        }
        List<Volume> volumes = flow.course().volumes();
        assertThat(volumes).hasSizeLessThanOrEqualTo(Flow.MOST + 1).hasSizeGreaterThan(Flow.MOST / 3);
        assertThat(volumes.get(0)).isEqualTo(new Volume(0, 0, 0));
        Volume last = volumes.get(volumes.size() - 1);
        assertThat(last.octetsSent()).isEqualTo(10L * seconds);
        assertThat(last.octetsReceived()).isEqualTo(1000L * seconds);
        for (int i = 1; i < volumes.size(); i++) {
            assertThat(volumes.get(i).millis()).isGreaterThan(volumes.get(i - 1).millis());
        }
    }

    /** What comes in one burst is not spread over the silence before it. */
    @Test
    void aSilenceIsASilence() {
        Flow flow = new Flow();
        flow.datagram(Side.CLIENT, 100, 0);
        flow.datagram(Side.CLIENT, 100, 10 * SECOND);
        assertThat(flow.course().volumes())
                .containsExactly(
                        new Volume(0, 0, 0),
                        new Volume(200, 100, 0),
                        new Volume(10_000, 100, 0),
                        new Volume(10_200, 200, 0));
    }

    @Test
    void whoeverWasTakenForTheOtherChangesPlaces() {
        Flow flow = new Flow();
        flow.datagram(Side.CLIENT, 100, 0);
        flow.roundTrip(Way.LCP_ECHO, new Flow.RoundTrip(0, 1));
        flow.swap();
        flow.datagram(Side.SERVER, 1, 1);
        assertThat(flow.course().volumes()).containsExactly(new Volume(0, 0, 0), new Volume(200, 0, 101));
        assertThat(flow.course().roundTrips().values())
                .allSatisfy(times -> assertThat(times).isEmpty());
    }

    @Test
    void withoutTimesThereIsNoCourse() {
        Flow flow = new Flow();
        flow.datagram(Side.CLIENT, 100, Moment.NO_TIME);
        assertThat(flow.course()).isEqualTo(Flow.Course.NONE);
    }
}
