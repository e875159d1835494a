package org.jpptp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.client.net.Surroundings.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that say themselves when they are equal: whenever all of their components are. */
class EqualityTest {
    private static final Inet4Address ONE = Cidr.address(0x0A000000);
    private static final Inet4Address OTHER = Cidr.address(0x0B000000);
    private static final Cidr NETWORK = new Cidr(ONE, 8);

    /** A record, the same once more, and one for each component in which only that is another. */
    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of(
                        NETWORK, new Cidr(Cidr.address(0x0A000000), 8), List.of(new Cidr(OTHER, 8), new Cidr(ONE, 9))),
                Arguments.of(
                        new Route(NETWORK, "eth0", ONE),
                        new Route(new Cidr(ONE, 8), new String("eth0"), Cidr.address(0x0A000000)),
                        List.of(
                                new Route(new Cidr(ONE, 9), "eth0", ONE),
                                new Route(NETWORK, "eth1", ONE),
                                new Route(NETWORK, "eth0", null))));
    }

    @ParameterizedTest
    @MethodSource("records")
    void allComponentsCount(Record one, Record same, List<Record> others) {
        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(others).hasSize(one.getClass().getRecordComponents().length).allSatisfy(other -> {
            assertThat(one).isNotEqualTo(other);
            assertThat(other).isNotEqualTo(one);
        });
        assertThat(one).isNotEqualTo(null).isNotEqualTo("another kind");
    }

    @Test
    void namesSettledAsBeforeAreTheSame() {
        TunnelEvent.NamesSettled one =
                new TunnelEvent.NamesSettled(NameScope.DOMAINS, List.of(ONE), List.of("a"), "resolved");
        List<TunnelEvent.NamesSettled> others = List.of(
                new TunnelEvent.NamesSettled(NameScope.NOTHING, List.of(ONE), List.of("a"), "resolved"),
                new TunnelEvent.NamesSettled(NameScope.DOMAINS, List.of(OTHER), List.of("a"), "resolved"),
                new TunnelEvent.NamesSettled(NameScope.DOMAINS, List.of(ONE), List.of("b"), "resolved"),
                new TunnelEvent.NamesSettled(NameScope.DOMAINS, List.of(ONE), List.of("a"), null));
        assertThat(one.isSameAs(new TunnelEvent.NamesSettled(
                        NameScope.DOMAINS, List.of(ONE), List.of("a"), new String("resolved"))))
                .isTrue();
        assertThat(others)
                .hasSize(one.getClass().getRecordComponents().length)
                .noneMatch(one::isSameAs)
                .noneMatch(other -> other.isSameAs(one));
    }

    @Test
    void aRouteWithoutARouterIsOneToo() {
        assertThat(new Route(NETWORK, "eth0", null)).isEqualTo(new Route(NETWORK, "eth0", null));
    }
}
