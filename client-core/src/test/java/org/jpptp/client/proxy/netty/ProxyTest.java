package org.jpptp.client.proxy.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.ProxyCounts;
import org.jpptp.client.proxy.Refusal;
import org.jpptp.client.proxy.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client says and hears, octet by octet, without a socket. */
class ProxyTest {
    private static final String GREETING = "05 01 00";
    private static final String GREETED = "0500";
    private static final String CONNECT_NAME = "05 01 00 03 04 686f7374 1f90";

    private final FakeWays ways = new FakeWays();
    private final EmbeddedChannel listener = new EmbeddedChannel();
    private final ProxyInitializer proxy = new ProxyInitializer(listener, ways, 2);
    private final List<EmbeddedChannel> clients = new ArrayList<>();

    private EmbeddedChannel client() {
        EmbeddedChannel client = FakeWays.channel("127.0.0.1", 50000, proxy);
        clients.add(client);
        return client;
    }

    @AfterEach
    void nothingIsLeft() {
        clients.forEach(EmbeddedChannel::finishAndReleaseAll);
        assertThat(proxy.counts().open()).isZero();
    }

    private static void says(EmbeddedChannel client, String hex) {
        client.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", ""))));
    }

    private static void writes(EmbeddedChannel client, String text) {
        client.writeInbound(Unpooled.copiedBuffer(text, ISO_8859_1));
    }

    private static ByteBuf all(EmbeddedChannel channel) {
        channel.runPendingTasks();
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf each = channel.readOutbound(); each != null; each = channel.readOutbound()) {
            all.writeBytes(each);
            each.release();
        }
        return all;
    }

    private static String hears(EmbeddedChannel channel) {
        return ByteBufUtil.hexDump(all(channel));
    }

    private static String reads(EmbeddedChannel channel) {
        return all(channel).toString(ISO_8859_1);
    }

    @Test
    void socksConnectsByName() {
        EmbeddedChannel client = client();
        says(client, GREETING);
        assertThat(hears(client)).isEqualTo(GREETED);
        says(client, CONNECT_NAME);
        assertThat(ways.asked).containsExactly(new Target("host", 8080));
        assertThat(hears(client)).isEmpty();
        EmbeddedChannel way = ways.connected();
        assertThat(hears(client)).isEqualTo("050000010a0000020fa0"); // succeeded, from 10.0.0.2:4000
        says(client, "0102");
        assertThat(hears(way)).isEqualTo("0102");
        says(way, "0304");
        assertThat(hears(client)).isEqualTo("0304");
        assertThat(proxy.counts()).isEqualTo(new ProxyCounts(1, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "NETWORK_UNREACHABLE, 03",
        "HOST_UNREACHABLE, 04",
        "NAME_NOT_FOUND, 04",
        "NAMES_SILENT, 04",
        "CONNECTION_REFUSED, 05",
        "TIMED_OUT, 06",
        "FAILED, 01",
    })
    void socksSaysWhyNot(Refusal why, String code) {
        ways.refusal = why;
        EmbeddedChannel client = client();
        says(client, GREETING);
        says(client, CONNECT_NAME);
        assertThat(hears(client)).isEqualTo(GREETED + "05" + code + "0001000000000000");
        assertThat(client.isOpen()).isFalse();
        assertThat(proxy.counts()).isEqualTo(new ProxyCounts(0, 0, 1));
    }

    @Test
    void socksDoesNotBind() {
        EmbeddedChannel client = client();
        says(client, GREETING);
        says(client, "05 02 00 01 0a000001 0050");
        assertThat(hears(client)).isEqualTo(GREETED + "0507" + "0001000000000000");
    }

    @Test
    void socksAsksForNoPassword() {
        EmbeddedChannel client = client();
        says(client, "05 01 02");
        assertThat(hears(client)).isEqualTo("05ff");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void whatIsSentTooEarlyArrives() {
        EmbeddedChannel client = client();
        says(client, GREETING + CONNECT_NAME + "aabb");
        says(client, "ccdd");
        EmbeddedChannel way = ways.connected();
        assertThat(hears(way)).isEqualTo("aabbccdd");
    }

    @Test
    void whoSendsFarTooMuchTooEarlyIsClosed() {
        EmbeddedChannel client = client();
        says(client, GREETING + CONNECT_NAME);
        client.writeInbound(Unpooled.buffer(70000).writeZero(70000));
        assertThat(client.isOpen()).isFalse();
        assertThat(ways.connected().isOpen()).as("nobody waits for it").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "05", "05 01 00", "47 45 54"})
    void whoSaysNothingFurtherIsNotWaitedFor(String begun) {
        EmbeddedChannel client = client();
        if (!begun.isEmpty()) {
            says(client, begun);
        }
        client.advanceTimeBy(Negotiation.SECONDS - 1L, TimeUnit.SECONDS);
        client.runScheduledPendingTasks();
        assertThat(client.isOpen()).isTrue();
        client.advanceTimeBy(2, TimeUnit.SECONDS);
        client.runScheduledPendingTasks();
        assertThat(client.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "04 01 0050 0a000001 00", "16 03 01", "05 00", "05 01 00 04"})
    void whatIsNoProtocolOfOursGetsNothing(String hex) {
        EmbeddedChannel client = client();
        says(client, hex);
        assertThat(hears(client)).isIn("", GREETED, "05ff");
        assertThat(ways.asked).isEmpty();
    }

    @Test
    void httpConnects() {
        EmbeddedChannel client = client();
        writes(client, "CONNECT host:443 HTTP/1.1\r\nHost: host:443\r\n\r\nhello");
        assertThat(ways.asked).containsExactly(new Target("host", 443));
        EmbeddedChannel way = ways.connected();
        assertThat(reads(client)).isEqualTo("HTTP/1.1 200 Connection established\r\n\r\n");
        writes(client, " world");
        assertThat(reads(way)).isEqualTo("hello world");
        writes(way, "HTTP/1.1 is not looked at");
        assertThat(reads(client)).isEqualTo("HTTP/1.1 is not looked at");
    }

    @Test
    void anHttpRequestInAbsoluteFormIsHandedOnForItself() {
        EmbeddedChannel client = client();
        writes(
                client,
                "POST http://host:8080/a?b HTTP/1.1\r\nHost: wrong\r\nProxy-Connection: keep-alive\r\n"
                        + "Connection: X-Hop, keep-alive\r\nX-Hop: 1\r\nX-End: 2\r\nContent-Length: 4\r\n\r\nbo");
        EmbeddedChannel way = ways.connected();
        writes(client, "dy");
        assertThat(ways.asked).containsExactly(new Target("host", 8080));
        assertThat(reads(way))
                .startsWith("POST /a?b HTTP/1.1\r\n")
                .endsWith("\r\n\r\nbody")
                .contains("Host: host:8080\r\n", "X-End: 2\r\n", "Content-Length: 4\r\n")
                .containsIgnoringCase("connection: close\r\n")
                .doesNotContain("X-Hop", "Proxy-Connection", "wrong");
        writes(way, "HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(reads(client)).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "NETWORK_UNREACHABLE, 502 Bad Gateway",
        "HOST_UNREACHABLE, 502 Bad Gateway",
        "NAME_NOT_FOUND, 502 Bad Gateway",
        "CONNECTION_REFUSED, 502 Bad Gateway",
        "NAMES_SILENT, 504 Gateway Timeout",
        "TIMED_OUT, 504 Gateway Timeout",
    })
    void httpSaysWhyNot(Refusal why, String status) {
        ways.refusal = why;
        EmbeddedChannel client = client();
        writes(client, "CONNECT host:443 HTTP/1.1\r\nHost: host:443\r\n\r\n");
        assertThat(reads(client))
                .startsWith("HTTP/1.1 " + status + "\r\n")
                .containsIgnoringCase("connection: close\r\n")
                .endsWith(".\n");
        assertThat(client.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: host\r\n\r\n",
                "GET ftp://host/ HTTP/1.1\r\nHost: host\r\n\r\n",
                "GET http://user@host/ HTTP/1.1\r\nHost: host\r\n\r\n",
                "CONNECT host HTTP/1.1\r\nHost: host\r\n\r\n",
                "CONNECT host:99999 HTTP/1.1\r\nHost: host\r\n\r\n",
                "NONSENSE\r\n\r\n",
            })
    void whatIsNoRequestForAProxyIsRefused(String request) {
        EmbeddedChannel client = client();
        writes(client, request);
        assertThat(reads(client)).startsWith("HTTP/1.1 400 Bad Request\r\n");
        assertThat(ways.asked).isEmpty();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aHeadWithoutEndIsRefused() {
        EmbeddedChannel client = client();
        writes(client, "GET http://host/ HTTP/1.1\r\nX: " + "x".repeat(20000));
        assertThat(reads(client)).startsWith("HTTP/1.1 400 Bad Request\r\n");
    }

    @Test
    void whoDoesNotReadIsNotReadFor() {
        EmbeddedChannel client = client();
        says(client, GREETING + CONNECT_NAME);
        EmbeddedChannel way = ways.connected();
        assertThat(way.config().isAutoRead()).isTrue();
        client.pipeline().addFirst(new Stuck());
        client.config().setWriteBufferWaterMark(new WriteBufferWaterMark(500, 1000));
        way.writeInbound(Unpooled.buffer(2000).writeZero(2000));
        assertThat(client.isWritable()).isFalse();
        assertThat(way.config().isAutoRead()).isFalse();
        Objects.requireNonNull(client.unsafe().outboundBuffer()).removeBytes(2000);
        client.runPendingTasks();
        assertThat(way.config().isAutoRead()).isTrue();
    }

    /** Keeps what is written in the channel's own queue, as a socket whose other end does not read. */
    private static final class Stuck extends ChannelOutboundHandlerAdapter {
        @Override
        public void flush(ChannelHandlerContext context) {
            Objects.requireNonNull(context.channel().unsafe().outboundBuffer()).addFlush();
        }
    }

    @Test
    void anEndIsHandedOnAndTheRestBefore() {
        EmbeddedChannel client = client();
        says(client, GREETING + CONNECT_NAME);
        EmbeddedChannel way = ways.connected();
        assertThat(hears(client)).startsWith(GREETED);
        says(way, "0102");
        close(way);
        assertThat(hears(client)).isEqualTo("0102");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void whoHasSaidAllBeforeThereIsAWayIsHeardAllTheSame() {
        EmbeddedChannel client = client();
        says(client, GREETING + CONNECT_NAME + "aabb");
        client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(client.isOpen()).isTrue();
        assertThat(hears(ways.connected())).isEqualTo("aabb");
    }

    @Test
    void asManyAsMayBeAreAccepted() {
        EmbeddedChannel first = client();
        assertThat(listener.config().isAutoRead()).isTrue();
        EmbeddedChannel second = client();
        assertThat(listener.config().isAutoRead()).isFalse();
        close(second);
        assertThat(listener.config().isAutoRead()).isTrue();
        close(first);
    }

    private static DatagramPacket packet(String hex, String from, int port) {
        return new DatagramPacket(
                Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", ""))),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                new InetSocketAddress(from, port));
    }

    private static String datagram(EmbeddedChannel channel) {
        DatagramPacket packet = channel.readOutbound();
        if (packet == null) {
            return "";
        }
        String text = packet.recipient().getAddress().getHostAddress() + ":"
                + packet.recipient().getPort() + " " + ByteBufUtil.hexDump(packet.content());
        packet.release();
        return text;
    }

    @Test
    void datagramsGoThereAndBack() {
        EmbeddedChannel client = client();
        says(client, GREETING);
        says(client, "05 03 00 01 00000000 0000");
        assertThat(hears(client)).isEqualTo(GREETED + "050000010a0000020fa0");
        EmbeddedChannel inside = Objects.requireNonNull(ways.inside);
        EmbeddedChannel outside = Objects.requireNonNull(ways.outside);
        inside.writeInbound(packet("99", "10.0.0.53", 53));
        assertThat(datagram(outside)).as("from nobody asked").isEmpty();
        outside.writeInbound(packet("0000 00 01 0a000035 0035 abcd", "127.0.0.1", 6000));
        assertThat(datagram(inside)).isEqualTo("10.0.0.53:53 abcd");
        inside.writeInbound(packet("1234", "10.0.0.53", 53));
        assertThat(datagram(outside)).isEqualTo("127.0.0.1:6000 000000010a00003500351234");
        outside.writeInbound(packet("0000 00 03 04 686f7374 0035 ef", "127.0.0.1", 6000));
        assertThat(datagram(inside)).isEqualTo("10.0.0.77:53 ef");
        outside.writeInbound(packet("0000 00 01 0a000035 0035 abcd", "127.0.0.1", 6001));
        assertThat(datagram(inside)).as("another client's").isEmpty();
        outside.writeInbound(packet("0000 01 01 0a000035 0035 abcd", "127.0.0.1", 6000));
        assertThat(datagram(inside)).as("a fragment").isEmpty();
        inside.writeInbound(packet("1234", "10.0.0.99", 53));
        assertThat(datagram(outside)).as("from a stranger").isEmpty();
        close(client);
        client.runPendingTasks();
        assertThat(inside.isOpen()).isFalse();
        assertThat(outside.isOpen()).isFalse();
    }

    @Test
    void associationsAreBounded() {
        EmbeddedChannel client = client();
        UdpAssociations associations = new UdpAssociations(ways);
        List<Refusal> refused = new ArrayList<>();
        for (int i = 0; i <= UdpAssociations.MOST; i++) {
            associations.open(
                    client,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 1).getAddress(),
                    0,
                    Outward.answer(at -> {}, refused::add));
        }
        assertThat(refused).containsExactly(Refusal.TOO_MANY);
    }

    private static void close(Channel channel) {
        ChannelFuture unused = channel.close();
    }
}
