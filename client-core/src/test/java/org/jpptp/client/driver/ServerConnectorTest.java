package org.jpptp.client.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.host.linux.LinuxLoop;
import org.jpptp.control.ControlTransport;
import org.jpptp.control.netty.TcpTransport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerConnectorTest {
    private final CompletableFuture<Inet4Address> opened = new CompletableFuture<>();
    private final CompletableFuture<Failure> failed = new CompletableFuture<>();
    private final List<String> trace = new ArrayList<>();

    @Test
    void everyAddressOfANameIsTriedUntilOneAnswers() throws Exception {
        try (LinuxLoop loop = new LinuxLoop()) {
            Channel listening = TcpTransport.bind(
                    loop.eventLoop(), new InetSocketAddress(address("127.0.0.1"), 0), at -> new Silent());
            int port = ((InetSocketAddress) listening.localAddress()).getPort();
            connect(loop, port, "127.0.0.2", "127.0.0.3", "127.0.0.3", "127.0.0.1", "127.0.0.4");

            assertThat(opened.get(120, TimeUnit.SECONDS)).isEqualTo(address("127.0.0.1"));
            assertThat(trace).filteredOn(line -> line.contains("ECONNREFUSED")).hasSize(2);
            assertThat(trace).noneMatch(line -> line.contains("127.0.0.4"));
            ChannelFuture unused = listening.close();
        }
    }

    @Test
    void whenNoneAnswersTheFailureNamesThemAll() throws Exception {
        try (LinuxLoop loop = new LinuxLoop()) {
            connect(loop, 1, "127.0.0.1", "127.0.0.2");

            Failure failure = failed.get(120, TimeUnit.SECONDS);
            assertThat(failure.reason()).isEqualTo(FailureReason.REFUSED);
            assertThat(failure.sentence())
                    .isEqualTo("The connection to vpn.example.com port 1 was refused: 127.0.0.1 refused it"
                            + " (ECONNREFUSED); 127.0.0.2 refused it (ECONNREFUSED).");
        }
    }

    private void connect(LinuxLoop loop, int port, String... addresses) throws Exception {
        List<Inet4Address> all = new ArrayList<>();
        for (String address : addresses) {
            all.add(address(address));
        }
        ServerConnector connector = new ServerConnector(
                loop,
                "vpn.example.com",
                port,
                all,
                Duration.ofSeconds(20),
                (address, transport) -> {
                    opened.complete(address);
                    return new Silent();
                },
                failed::complete,
                trace::add);
        loop.eventLoop().submit(connector::begin).sync();
    }

    private static Inet4Address address(String literal) throws UnknownHostException {
        return (Inet4Address) InetAddress.getByName(literal);
    }

    private static final class Silent implements ControlTransport.Listener {
        @Override
        public void received(ByteBuf octets) {}

        @Override
        public void closed(@Nullable Throwable cause) {}
    }
}
