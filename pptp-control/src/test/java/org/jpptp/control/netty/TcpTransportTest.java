package org.jpptp.control.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jpptp.control.ConnectFailure;
import org.jpptp.control.ConnectFailure.Kind;
import org.jpptp.control.ControlTransport.Listener;
import org.jpptp.control.UnreadException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over the loopback interface. */
@Timeout(300)
class TcpTransportTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int UNMARKED = 0;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();

    @AfterEach
    void stop() throws InterruptedException {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    /** One end of a connection, as a test sees it. */
    private static final class End implements Listener, Function<TcpTransport, Listener> {
        final CompletableFuture<TcpTransport> transport = new CompletableFuture<>();
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        final CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();

        @Override
        public Listener apply(TcpTransport opened) {
            transport.complete(opened);
            return this;
        }

        @Override
        public void received(ByteBuf octets) {
            received.add(octets.toString(US_ASCII));
        }

        @Override
        public void closed(@Nullable Throwable cause) {
            assertThat(closed.complete(Optional.ofNullable(cause))).as("once").isTrue();
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private End connect(InetSocketAddress server) {
        End end = new End();
        TcpTransport.connect(
                loop, server, PATIENCE, UNMARKED, end, failure -> end.transport.completeExceptionally(failure.cause()));
        return end;
    }

    private void send(TcpTransport transport, String text) {
        loop.execute(() -> transport.send(Unpooled.copiedBuffer(text, US_ASCII)));
    }

    @Test
    void octetsTravelBothWaysAndAnEndIsToldToBoth() throws Exception {
        End server = new End();
        Channel listening = TcpTransport.bind(loop, loopback(0), server);
        InetSocketAddress address = (InetSocketAddress) listening.localAddress();
        End client = connect(address);
        TcpTransport up = client.transport.get();
        assertThat(up.remoteAddress()).isEqualTo(address);
        assertThat(up.establishing()).isPositive().isLessThan(PATIENCE);
        assertThat(up.localAddress()).isEqualTo(server.transport.get().remoteAddress());
        send(up, "ping");
        assertThat(server.received.take()).isEqualTo("ping");
        send(server.transport.get(), "pong");
        assertThat(client.received.take()).isEqualTo("pong");

        loop.execute(() -> {
            up.send(Unpooled.copiedBuffer("last", US_ASCII));
            up.close();
            up.send(Unpooled.copiedBuffer("too late", US_ASCII));
        });
        assertThat(server.received.take()).isEqualTo("last");
        assertThat(server.closed.get()).isEmpty();
        assertThat(client.closed.get()).isEmpty();
        assertThat(server.received).isEmpty();
        listening.close().sync();
    }

    @Test
    void aPeerThatNeverReadsIsCutOff() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            End client = connect(loopback(deaf.getLocalPort()));
            try (Socket accepted = deaf.accept()) {
                assertThat(accepted.isConnected()).isTrue();
                TcpTransport up = client.transport.get();
                ByteBuf message = Unpooled.wrappedBuffer(new byte[220]);
                while (!client.closed.isDone()) {
                    loop.submit(() -> up.send(message)).sync();
                }
                assertThat(client.closed.get())
                        .hasValueSatisfying(cause -> assertThat(cause)
                                .isInstanceOf(UnreadException.class)
                                .hasMessage("the peer does not read, and 262144 octets wait for it"));
            }
        }
    }

    /** Answers each 16 octets with 20, as Echo-Requests are. */
    private static Listener answering(TcpTransport transport, CompletableFuture<Optional<Throwable>> closed) {
        return new Listener() {
            private final ByteBuf answer = Unpooled.wrappedBuffer(new byte[20]);
            private int octets;

            @Override
            public void received(ByteBuf more) {
                octets += more.readableBytes();
                for (; octets >= 16; octets -= 16) {
                    transport.send(answer);
                }
            }

            @Override
            public void closed(@Nullable Throwable cause) {
                closed.complete(Optional.ofNullable(cause));
            }
        };
    }

    /** A million answers of 20 octets to requests of 16, which the peer sends before it reads the first of them. */
    @Test
    void aPeerThatReadsLateLosesNothing() throws Exception {
        int requests = 1_000_000;
        CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
        CompletableFuture<Channel> accepted = new CompletableFuture<>();
        Channel listening = TcpTransport.listening(loop, transport -> answering(transport, closed))
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object client) {
                        accepted.complete((Channel) client);
                        context.fireChannelRead(client);
                    }
                })
                .bind(loopback(0))
                .sync()
                .channel();
        try (Socket peer = new Socket()) {
            peer.connect(listening.localAddress());
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                byte[] batch = new byte[16 * 1000];
                try {
                    for (int i = 0; i < requests / 1000; i++) {
                        peer.getOutputStream().write(batch);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            // It stands still: the answers wait here, and the requests wait there.
            ChannelConfig config = accepted.get().config();
            while (loop.submit(config::isAutoRead).get()) {
                assertThat(closed).isNotDone();
            }
            assertThat(closed).isNotDone();
            assertThat(peer.getInputStream().readNBytes(requests * 20)).hasSize(requests * 20);
            sent.get();
            assertThat(closed).isNotDone();
        }
        assertThat(closed.get()).isEmpty();
        listening.close().sync();
    }

    /** All that one read brings is answered, however little the way to the peer has room for. */
    @Test
    void aPeerThatReadsSlowlyLosesNothing() throws Exception {
        int requests = 50_000;
        CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
        Channel listening = TcpTransport.listening(loop, transport -> answering(transport, closed))
                .childOption(ChannelOption.SO_SNDBUF, 4096)
                .bind(loopback(0))
                .sync()
                .channel();
        try (Socket peer = new Socket()) {
            peer.setReceiveBufferSize(4096);
            peer.connect(listening.localAddress());
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    peer.getOutputStream().write(new byte[16 * requests]);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(peer.getInputStream().readNBytes(requests * 20)).hasSize(requests * 20);
            sent.get();
            assertThat(closed).isNotDone();
        }
        assertThat(closed.get()).isEmpty();
        listening.close().sync();
    }

    @Test
    void aPeerThatReadsNothingForLongIsCutOff() {
        End end = new End();
        EmbeddedChannel channel = new EmbeddedChannel(new TcpTransport.Handler(end));
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        boolean reads = true;
        pending.setUserDefinedWritability(1, !reads);
        channel.runPendingTasks();
        channel.advanceTimeBy(29, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.config().isAutoRead()).isFalse();
        pending.setUserDefinedWritability(1, reads);
        channel.runPendingTasks();
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();
        assertThat(end.closed).isNotDone();

        pending.setUserDefinedWritability(1, !reads);
        channel.runPendingTasks();
        channel.advanceTimeBy(31, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(end.closed.join())
                .hasValueSatisfying(cause -> assertThat(cause)
                        .isInstanceOf(UnreadException.class)
                        .hasMessage("the peer has read nothing for 30 s while answers wait for it"));
    }

    @Test
    void aResetIsToldWithItsCause() throws Exception {
        try (ServerSocket rude = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            End client = connect(loopback(rude.getLocalPort()));
            Socket accepted = rude.accept();
            client.transport.get();
            accepted.setSoLinger(true, 0);
            accepted.close();
            assertThat(client.closed.get()).isPresent();
        }
    }

    @Test
    void aPortThatNobodyListensOnRefuses() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        CompletableFuture<ConnectFailure> failure = new CompletableFuture<>();
        TcpTransport.connect(loop, loopback(port), PATIENCE, UNMARKED, new End(), failure::complete);
        assertThat(failure.get().kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void theOtherFailuresAreToldApart() {
        assertThat(ConnectErrors.failure(new ConnectTimeoutException("10 s")).kind())
                .isEqualTo(Kind.TIMED_OUT);
        assertThat(ConnectErrors.failure(new IOException("connect(..) failed with error(-110): x"))
                        .kind())
                .isEqualTo(Kind.TIMED_OUT);
        assertThat(ConnectErrors.failure(new NoRouteToHostException()).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(ConnectErrors.failure(new IOException("connect(..) failed with error(-1): x"))
                        .kind())
                .isEqualTo(Kind.OTHER);
        assertThat(ConnectErrors.failure(new IllegalStateException()).kind()).isEqualTo(Kind.OTHER);
    }
}
