package org.jpptp.client.proxy.linux;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.proxy.InnerLine;
import org.jpptp.client.proxy.InnerLine.Reply;

/** The process of the proxy. It ends with its standard input, which the tunnel's process holds open as long as it lives. */
public final class InnerMain {
    private InnerMain() {}

    /**
     * The entry.
     *
     * @param arguments the path where it is given sockets
     */
    public static void main(String[] arguments) throws IOException {
        Logger.getLogger("").setLevel(Level.OFF);
        EventLoop loop = new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory("jpptp-proxy", true), EpollIoHandler.newFactory())
                .next();
        TunnelWays ways = new TunnelWays(loop);
        GivenSockets given = new GivenSockets(ways, line -> say(InnerLine.of(line)));
        ChannelFuture met = new Bootstrap()
                .group(loop)
                .channel(EpollDomainSocketChannel.class)
                .option(EpollChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
                .handler(new ChannelInitializer<DomainSocketChannel>() {
                    @Override
                    protected void initChannel(DomainSocketChannel channel) {
                        channel.pipeline().addLast(given);
                    }
                })
                .connect(new DomainSocketAddress(arguments[0]))
                .awaitUninterruptibly();
        Files.deleteIfExists(Path.of(arguments[0])); // also where the other end is dead
        if (!met.isSuccess()) {
            say(String.valueOf(met.cause().getMessage()));
            end();
        }
        met.channel().closeFuture().addListener(closed -> end());
        serve(ways);
        end();
    }

    private static void serve(TunnelWays ways) throws IOException {
        InnerInterface network = new InnerInterface(InnerMain::say);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<InnerLine.Plan> plan = InnerLine.plan(line);
                Reply reply;
                try {
                    if (line.equals(InnerLine.RENEW)) {
                        network.renew();
                        reply = new Reply.Done();
                    } else if (plan.isPresent()) {
                        network.follow(plan.get());
                        ways.ask(plan.get().resolvers());
                        reply = new Reply.Done();
                    } else {
                        reply = new Reply.Refused("this is no plan");
                    }
                } catch (HostChangeException e) {
                    reply = new Reply.Refused(e.failure().sentence());
                }
                say(InnerLine.of(reply));
            }
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** At once: there is nothing to be saved. */
    private static void end() {
        Runtime.getRuntime().halt(0);
    }
}
