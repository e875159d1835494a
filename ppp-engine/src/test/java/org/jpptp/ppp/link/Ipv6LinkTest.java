package org.jpptp.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppEvent.InterfaceIdentifiers;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class Ipv6LinkTest {
    private static final boolean IPV6 = true;

    private static PppConfig ipv6(PppConfig config) {
        return new PppConfig(config.mru(), "", config.auth(), config.mppe(), config.ipcp(), IPV6, config.timing());
    }

    /** Both want IPv6. */
    private static Lab labOfTwo() {
        return new Lab(ipv6(Configs.client()), ipv6(Configs.server()), 5);
    }

    /** Only the client wants it. */
    private static Lab labOfClient() {
        return new Lab(ipv6(Configs.client()), Configs.server(), 5);
    }

    /** Only the server wants it. */
    private static Lab labOfServer() {
        return new Lab(Configs.client(), ipv6(Configs.server()), 5);
    }

    private static @Nullable InterfaceIdentifiers agreed(Lab.End end) {
        return end.events.stream()
                .filter(event -> event instanceof PppEvent.NetworkUp)
                .map(event -> ((PppEvent.NetworkUp) event).ipv6())
                .reduce(null, (one, other) -> other);
    }

    private static ByteBuf datagram(int payload) {
        return Unpooled.buffer(PppLink.DATAGRAM_HEADROOM + 40 + payload)
                .setIndex(PppLink.DATAGRAM_HEADROOM, PppLink.DATAGRAM_HEADROOM)
                .writeInt(0x60000000) // version 6
                .writeShort(payload)
                .writeShort(0x3B40) // no next header, hop limit 64
                .writeZero(32 + payload);
    }

    private static void open(Lab lab) {
        lab.open();
        lab.run(Duration.ofSeconds(10));
        assertThat(lab.client.up()).isTrue();
        assertThat(lab.server.up()).isTrue();
    }

    @Test
    void carriesIpv6WhereBothWantIt() {
        Lab lab = labOfTwo();
        open(lab);
        InterfaceIdentifiers client = agreed(lab.client);
        InterfaceIdentifiers server = agreed(lab.server);
        assertThat(client).isNotNull();
        assertThat(server).isNotNull();
        assertThat(server.local()).isEqualTo(client.remote());
        assertThat(server.remote()).isEqualTo(client.local());

        assertThat(lab.client.link.send(datagram(100), lab.now)).isTrue();
        assertThat(lab.server.link.send(datagram(200), lab.now)).isTrue();
        lab.run(Duration.ofSeconds(1));
        assertThat(lab.server.delivered)
                .singleElement()
                .satisfies(octets -> assertThat(octets).hasSize(140));
        assertThat(lab.client.delivered)
                .singleElement()
                .satisfies(octets -> assertThat(octets).hasSize(240));
        // MPPE takes IPv6 too: nothing of it is ever in clear.
        assertThat(lab.client.sent).noneMatch(frame -> Frames.protocol(frame) == PppProtocol.IPV6);
    }

    @Test
    void goesWithoutItWhereThePeerRejectsIpv6cp() {
        Lab lab = labOfClient();
        open(lab);
        assertThat(agreed(lab.client)).isNull();
        assertThat(lab.log).anyMatch(line -> line.contains("goes on without IPV6: Ipv6Refused[how=IPV6CP_REJECTED]"));
        assertThat(lab.client.link.send(datagram(100), lab.now)).isFalse();
        assertThat(lab.client.send(new byte[100])).isTrue();
    }

    @Test
    void rejectsIpv6cpWhereItIsNotWanted() {
        Lab lab = labOfServer();
        open(lab);
        assertThat(agreed(lab.server)).isNull();
        assertThat(lab.client.link.send(datagram(100), lab.now)).isFalse();
    }

    @Test
    void doesNotWaitForAPeerThatIsSilentAboutIt() {
        Lab lab = labOfTwo();
        lab.line = (toServer, frame) -> Frames.protocol(frame) == PppProtocol.IPV6CP ? null : frame;
        open(lab);
        assertThat(agreed(lab.client)).isNull();
        assertThat(lab.log).anyMatch(line -> line.contains("goes on without IPV6: Ipv6Refused[how=SILENT]"));
        // One that wakes up afterwards is told.
        lab.line = (toServer, frame) -> frame;
        lab.client.receive(Frames.control(PppProtocol.IPV6CP, 1, 1, new byte[] {1, 10, 0, 0, 0, 0, 0, 0, 0, 1}));
        lab.run(Duration.ofSeconds(1));
        assertThat(lab.log).anyMatch(line -> line.contains("client sent [LCP ProtRej") && line.contains("80 57"));
    }

    @Test
    void outlivesTheEndOfIpv6cp() {
        Lab lab = labOfTwo();
        open(lab);
        lab.client.receive(Frames.control(PppProtocol.IPV6CP, 5, 1, new byte[0]));
        lab.run(Duration.ofSeconds(1));
        assertThat(lab.client.failure()).isNull();
        assertThat(lab.client.link.send(datagram(100), lab.now)).isFalse();
        assertThat(lab.client.send(new byte[100])).isTrue();
    }

    @Test
    void letsNoDatagramPassThatIsNoneOfItsVersion() {
        Lab lab = labOfTwo();
        open(lab);
        ByteBuf truncated = datagram(100);
        truncated.writerIndex(truncated.writerIndex() - 1);
        assertThat(lab.client.link.send(truncated, lab.now)).isFalse();
        ByteBuf short6 = datagram(0);
        short6.writerIndex(short6.readerIndex() + 39);
        assertThat(lab.client.link.send(short6, lab.now)).isFalse();
        assertThat(lab.client.link.send(Unpooled.buffer(64).setIndex(64, 64), lab.now))
                .isFalse();
    }
}
