package org.jpptp.client.driver;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
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

/**
 * Has the addresses of a server race for the TCP connection, in the manner of RFC 8305 §5: each begins a moment after the
 * one before it, or as soon as that has failed; the first to be connected wins, and the others are given up. On one event
 * loop.
 */
public final class ServerConnector {
    private static final Duration MOST = Duration.ofSeconds(10);
    /** The Connection Attempt Delay of RFC 8305 §8. */
    private static final Duration HEAD_START = Duration.ofMillis(250);

    private final TunnelLoop loop;
    private final String server;
    private final int port;
    /** When to give up on all addresses, by the loop's clock. */
    private final long giveUpAt;

    private final List<Inet4Address> addresses;
    private final BiFunction<Inet4Address, ControlTransport, ControlTransport.Listener> opened;
    private final Consumer<Failure> failed;
    private final Consumer<String> trace;
    private final List<Try> tries = new ArrayList<>();
    private @Nullable Future<?> next;
    private boolean over;

    /**
     * @param server as the user wrote it
     * @param timeout for all addresses together; none is given more than 10 s
     * @param opened is given the address that answered first, and who listens there
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
        this.addresses = List.copyOf(new LinkedHashSet<>(addresses));
        this.giveUpAt = loop.now() + timeout.toNanos();
        this.opened = opened;
        this.failed = failed;
        this.trace = trace;
    }

    /** One address on the track. */
    private static final class Try {
        final Inet4Address address;
        final Duration patience;

        @Nullable
        Runnable abort;

        @Nullable
        Attempt missed;

        Try(Inet4Address address, Duration patience) {
            this.address = address;
            this.patience = patience;
        }
    }

    /** Tries the first address. */
    public void begin() {
        if (!over) {
            next();
        }
    }

    private void next() {
        long left = Math.max(0, giveUpAt - loop.now());
        Try one = new Try(addresses.get(tries.size()), Duration.ofNanos(Math.min(left, MOST.toNanos())));
        tries.add(one);
        trace.accept("connecting to " + one.address.getHostAddress() + ":" + port + ", for up to "
                + one.patience.toMillis() + " ms");
        if (hasNext()) {
            next = loop.schedule(this::later, HEAD_START.toNanos());
        }
        one.abort = loop.connect(
                new InetSocketAddress(one.address, port),
                one.patience,
                transport -> won(one, transport),
                why -> missed(one, why));
    }

    private void later() {
        next = null;
        if (!over && hasNext()) {
            next();
        }
    }

    private boolean hasNext() {
        return tries.size() < addresses.size();
    }

    /** Tries no more addresses. */
    public void giveUp() {
        end(null);
    }

    private void end(@Nullable Try winner) {
        over = true;
        cancelNext();
        for (Try each : List.copyOf(tries)) {
            if (each != winner && each.missed == null && each.abort != null) {
                each.abort.run();
            }
        }
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }

    private ControlTransport.Listener won(Try one, ControlTransport transport) {
        if (over) {
            transport.close(); // another was quicker by less than a turn of the loop
            return new Unheard();
        }
        end(one);
        return opened.apply(one.address, transport);
    }

    private void missed(Try one, ConnectFailure why) {
        if (over) {
            return;
        }
        Attempt attempt = new Attempt(
                one.address,
                why.kind(),
                one.patience,
                PeerText.escape(String.valueOf(why.cause().getMessage())));
        one.missed = attempt;
        trace.accept(attempt.seen());
        if (hasNext()) {
            cancelNext();
            next();
        } else if (tries.stream().allMatch(each -> each.missed != null)) {
            over = true;
            failed.accept(ConnectDiagnosis.unreachable(
                    server,
                    port,
                    tries.stream()
                            .map(each -> Objects.requireNonNull(each.missed))
                            .toList()));
        }
    }

    /** Who listens to a connection that nobody wants any more. */
    private static final class Unheard implements ControlTransport.Listener {
        @Override
        public void received(ByteBuf octets) {}

        @Override
        public void closed(@Nullable Throwable cause) {}
    }
}
