package org.jpptp.client.driver;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.host.Host;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.probe.Probe;
import org.jpptp.client.probe.ProbeEdge;
import org.jpptp.client.probe.ProbeReport;
import org.jpptp.control.ControlTransport;
import org.jpptp.control.TransportEnd;
import org.jpptp.gre.GreArrivals;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;
import org.jpptp.gre.io.RawSocketException;
import org.jspecify.annotations.Nullable;

/** Drives one {@link Probe} on one event loop: changes nothing on the host, and closes what it opened. Used once. */
public final class ProbeDriver {
    private final TunnelLoop loop;
    private final ClientConfig client;
    private final Probe probe;
    private final WakeUp wakeUp;
    private final ServerFinder finder;
    private final CompletableFuture<ProbeReport> over = new CompletableFuture<>();
    private @Nullable ControlTransport control;
    private @Nullable GreSocket gre;
    private @Nullable Runnable abort;
    private long began;

    /** Counts connections, so that what is late of one is not taken for the next one's. */
    private int connection;

    public ProbeDriver(Host host, TunnelLoop loop, ClientConfig client, Probe.LogOn logOn) {
        this.loop = loop;
        this.client = client;
        probe = new Probe(client, logOn, "", host.random(), new Edge());
        wakeUp = new WakeUp(loop, () -> turn(probe::onDeadline));
        finder = new ServerFinder(
                host,
                loop,
                client.server().host(),
                List.of(),
                addresses -> turn(now -> probe.start(addresses, now)),
                this::nowhere);
    }

    /** Begins; from any thread. */
    public CompletableFuture<ProbeReport> start() {
        loop.execute(() -> {
            began = loop.now();
            guarded(finder::begin);
        });
        return over;
    }

    /** Ends it in order; from any thread. */
    public void stop() {
        loop.execute(() -> {
            finder.giveUp();
            if (!over.isDone() && abort != null) {
                abort.run();
            }
            turn(probe::stop);
        });
    }

    private void nowhere(Failure why) {
        over.complete(ProbeReport.nowhere(client.server(), why, Duration.ofNanos(loop.now() - began)));
    }

    /** The loop would go on after a defect, and nobody would hear of it. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            finder.giveUp();
            close();
            over.completeExceptionally(e);
        }
    }

    private void turn(LongConsumer step) {
        if (over.isDone()) {
            return;
        }
        guarded(() -> {
            step.accept(loop.now());
            GreSocket socket = gre;
            if (socket != null) {
                int errno = socket.flush();
                if (errno != 0) {
                    probe.greRefused(errno, loop.now());
                }
            }
            if (!over.isDone()) {
                wakeUp.arm(probe.deadlineNanos());
            }
        });
    }

    private void close() {
        wakeUp.cancel();
        if (gre != null) {
            gre.close();
            gre = null;
        }
        if (control != null) {
            control.close();
            control = null;
        }
    }

    /** What one connection says. */
    private final class FromServer implements ControlTransport.Listener {
        private final int number;

        FromServer(int number) {
            this.number = number;
        }

        @Override
        public void received(ByteBuf octets) {
            if (number == connection) {
                turn(now -> probe.controlReceived(octets, now));
            }
        }

        @Override
        public void closed(@Nullable Throwable cause) {
            if (number == connection) {
                TransportEnd how = TransportEnd.of(cause);
                turn(now -> probe.controlClosed(how, now));
            }
        }
    }

    private final class FromNetwork implements GreSocket.Listener {
        @Override
        public void received(ByteBuf packet, int callId) {
            probe.greReceived(packet, callId, loop.now());
        }

        @Override
        public void batchEnd(int datagrams) {
            turn(probe::greBatchEnd);
        }

        @Override
        public void writable() {
            // A probe sends too little to be told to wait.
        }

        @Override
        public void icmpError(IcmpError error) {
            turn(now -> probe.greUnreachable(error, now));
        }

        @Override
        public void failed(int errno) {
            // The error queue has told what it was, or the next send will.
        }
    }

    private final class Edge implements ProbeEdge {
        @Override
        public void connect(Inet4Address address, Duration timeout) {
            connection++;
            abort = loop.connect(
                    new InetSocketAddress(address, client.server().port()),
                    timeout,
                    transport -> {
                        abort = null;
                        control = transport;
                        FromServer listener = new FromServer(connection);
                        // Within the next turn, so that the transport has its listener first.
                        loop.execute(() -> turn(now -> probe.connected(transport.establishing(), now)));
                        return listener;
                    },
                    why -> {
                        abort = null;
                        turn(now -> probe.connectFailed(
                                why.kind(), String.valueOf(why.cause().getMessage()), now));
                    });
        }

        @Override
        public void sendControl(ByteBuf octets) {
            if (control != null) {
                control.send(octets);
            }
        }

        @Override
        public void closeControl() {
            connection++;
            if (control != null) {
                control.close();
                control = null;
            }
        }

        @Override
        public boolean callIdIsFree(Inet4Address server, int callId) {
            return loop.isFree(server, callId);
        }

        @Override
        public @Nullable Failure openGre(Inet4Address server, int callId) {
            try {
                gre = loop.greSocket(server, callId, new FromNetwork());
                return null;
            } catch (RawSocketException e) {
                return HostDiagnosis.noGreSocket(server, e.step(), e.errno());
            }
        }

        @Override
        public void sendGre(ByteBuf packet) {
            if (gre != null) {
                gre.send(packet);
            }
        }

        @Override
        public void keepGreWhole() {
            if (gre != null) {
                int unused = gre.flush(); // what is waiting may be fragmented
                gre.keepWhole();
            }
        }

        @Override
        public GreArrivals arrivals(Inet4Address server, int callId) {
            return loop.arrivals(server, callId);
        }

        @Override
        public void closeGre() {
            if (gre != null) {
                gre.close();
                gre = null;
            }
        }

        @Override
        public void over(ProbeReport report) {
            close();
            over.complete(report);
        }
    }
}
