package org.jpptp.client.driver;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.ConnectDiagnosis;
import org.jpptp.client.diagnosis.ConnectDiagnosis.Attempt;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.control.ConnectFailure;
import org.jpptp.control.ControlTransport;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/** Tries the addresses of a server one after the other until TCP comes up. On one event loop. */
public final class ServerConnector {
    private static final Duration MOST = Duration.ofSeconds(10);

    private final TunnelLoop loop;
    private final String server;
    private final int port;
    private final Duration perAddress;
    private final Iterator<Inet4Address> left;
    private final BiFunction<Inet4Address, ControlTransport, ControlTransport.Listener> opened;
    private final Consumer<Failure> failed;
    private final Consumer<String> trace;
    private final List<Attempt> attempts = new ArrayList<>();
    private @Nullable Runnable connecting;
    private boolean given;

    /**
     * @param server as the user wrote it
     * @param timeout for all addresses together; none is given more than 10 s
     * @param opened is given the address that answered, and who listens there
     * @param failed is called when no address answered
     * @param trace hears of each address
     */
    public ServerConnector(
            TunnelLoop loop,
            String server,
            int port,
            List<Inet4Address> addresses,
            Duration timeout,
            BiFunction<Inet4Address, ControlTransport, ControlTransport.Listener> opened,
            Consumer<Failure> failed,
            Consumer<String> trace) {
        this.loop = loop;
        this.server = server;
        this.port = port;
        this.left = List.copyOf(addresses).iterator();
        Duration share = timeout.dividedBy(addresses.size());
        this.perAddress = share.compareTo(MOST) < 0 ? share : MOST;
        this.opened = opened;
        this.failed = failed;
        this.trace = trace;
    }

    /** Tries the next address. */
    public void next() {
        if (given) {
            return;
        }
        if (!left.hasNext()) {
            failed.accept(ConnectDiagnosis.unreachable(server, port, attempts));
            return;
        }
        Inet4Address address = left.next();
        trace.accept("connecting to " + address.getHostAddress() + ":" + port + ", for up to " + perAddress.toMillis()
                + " ms");
        connecting = loop.connect(
                new InetSocketAddress(address, port),
                perAddress,
                transport -> opened.apply(address, transport),
                why -> missed(address, why));
    }

    /** Tries no more addresses. */
    public void giveUp() {
        given = true;
        if (connecting != null) {
            connecting.run();
        }
    }

    private void missed(Inet4Address address, ConnectFailure why) {
        Attempt attempt = new Attempt(
                address,
                why.kind(),
                perAddress,
                PeerText.escape(String.valueOf(why.cause().getMessage())));
        trace.accept(attempt.seen());
        attempts.add(attempt);
        next();
    }
}
