package org.jpptp.client.tunnel;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jpptp.client.Failure;
import org.jpptp.client.ForwardingListener;
import org.jpptp.client.ProxyState;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.TunnelStatus.Agreed;
import org.jpptp.client.TunnelStatus.State;
import org.jpptp.client.TunnelStatus.Traffic;
import org.jpptp.client.session.SessionStatus;
import org.jspecify.annotations.Nullable;

/** Remembers what a tunnel tells its listener, for whoever asks later how it is doing. Told and asked on any thread. */
final class StatusRecord extends ForwardingListener {
    private final ServerSettings server;
    private final Seen seen = new Seen();
    private LongSupplier clock = () -> 0;

    private State state = State.CONNECTING;
    private long changedNanos;
    private Agreed agreed = Agreed.NOTHING;
    /** Of the sessions that are over. */
    private Traffic before = Traffic.NONE;

    private List<String> weaknesses = List.of();
    private int reconnections;
    private @Nullable Failure lost;
    private long lostNanos;

    StatusRecord(ServerSettings server, TunnelListener listener) {
        super(listener);
        this.server = server;
    }

    /** There is a clock from now on. */
    synchronized void begin(LongSupplier nanoTime) {
        clock = nanoTime;
        changedNanos = nanoTime.getAsLong();
    }

    /** Its user has ended it. */
    synchronized void ending() {
        if (state != State.DOWN) {
            enter(State.ENDING);
        }
    }

    /** A session is over; another may follow. */
    synchronized void sessionOver(SessionStatus last) {
        before = before.plus(last.traffic());
        weaknesses = last.weaknesses();
    }

    /**
     * The whole of it.
     *
     * @param doing what is being waited for where no session knows it
     * @param now how the session is doing; null where there is none
     * @param host what the interface counts
     * @param proxy what leads into it; null for nothing
     */
    synchronized TunnelStatus status(
            @Nullable String doing, @Nullable SessionStatus now, Traffic host, @Nullable ProxyState proxy) {
        Traffic traffic = host.plus(before);
        return new TunnelStatus(
                state,
                waitedFor(now == null ? doing : now.doing()),
                ago(changedNanos),
                server,
                agreed,
                now == null ? weaknesses : now.weaknesses(),
                now == null ? traffic : traffic.plus(now.traffic()),
                reconnections,
                lost == null ? null : new TunnelStatus.Lost(lost, ago(lostNanos)),
                proxy);
    }

    private @Nullable String waitedFor(@Nullable String doing) {
        return switch (state) {
            case CONNECTING, RECONNECTING -> doing;
            case UP, ENDING, DOWN -> null;
        };
    }

    private Duration ago(long nanos) {
        return Duration.ofNanos(clock.getAsLong() - nanos);
    }

    private void enter(State next) {
        if (state != next) {
            state = next;
            changedNanos = clock.getAsLong();
        }
    }

    @Override
    public void event(TunnelEvent event) {
        synchronized (this) {
            event.match(seen);
        }
        super.event(event);
    }

    /** What is kept of each event. */
    private final class Seen implements TunnelEvent.Cases {
        @Override
        public void serverAnswered(TunnelEvent.ServerAnswered event) {
            agreed = new Agreed(event, null, null, null, null, agreed.names(), agreed.network());
        }

        @Override
        public void callEstablished(TunnelEvent.CallEstablished event) {
            // Numbers that nobody needs but whoever reads a capture, and he has the trace.
        }

        @Override
        public void linkOpened(TunnelEvent.LinkOpened event) {
            agreed = new Agreed(agreed.server(), event, null, null, null, agreed.names(), agreed.network());
        }

        @Override
        public void identityProven(TunnelEvent.IdentityProven event) {
            agreed = new Agreed(agreed.server(), agreed.link(), event, null, null, agreed.names(), agreed.network());
        }

        @Override
        public void passwordChanged(TunnelEvent.PasswordChanged event) {
            // Over and done with.
        }

        @Override
        public void encryptionSettled(TunnelEvent.EncryptionSettled event) {
            agreed = new Agreed(
                    agreed.server(), agreed.link(), agreed.identity(), event, null, agreed.names(), agreed.network());
        }

        @Override
        public void addressesAgreed(TunnelEvent.AddressesAgreed event) {
            agreed = with(event, agreed.network());
        }

        @Override
        public void namesSettled(TunnelEvent.NamesSettled event) {
            agreed = new Agreed(
                    agreed.server(),
                    agreed.link(),
                    agreed.identity(),
                    agreed.encryption(),
                    agreed.addresses(),
                    event,
                    agreed.network());
        }

        @Override
        public void proxyOpened(TunnelEvent.ProxyOpened event) {
            // Whoever asks is told how it is doing now.
        }

        @Override
        public void tunnelUp(TunnelEvent.TunnelUp event) {
            agreed = with(agreed.addresses(), event);
            reconnections = event.reconnections();
            if (state != State.ENDING) {
                enter(State.UP);
            }
        }

        @Override
        public void tunnelChanged(TunnelEvent.TunnelChanged event) {
            TunnelEvent.AddressesAgreed was = agreed.addresses();
            TunnelEvent.TunnelUp up = agreed.network();
            agreed = with(
                    was == null
                            ? null
                            : new TunnelEvent.AddressesAgreed(
                                    event.local(),
                                    event.remote(),
                                    was.dns(),
                                    was.wins(),
                                    was.localIpv6(),
                                    was.remoteIpv6(),
                                    was.took()),
                    up == null
                            ? null
                            : new TunnelEvent.TunnelUp(
                                    event.interfaceName(),
                                    up.namespace(),
                                    event.mtu(),
                                    up.routes(),
                                    up.took(),
                                    up.reconnections()));
        }

        private Agreed with(TunnelEvent.@Nullable AddressesAgreed addresses, TunnelEvent.@Nullable TunnelUp network) {
            return new Agreed(
                    agreed.server(),
                    agreed.link(),
                    agreed.identity(),
                    agreed.encryption(),
                    addresses,
                    agreed.names(),
                    network);
        }

        @Override
        public void reconnecting(TunnelEvent.Reconnecting event) {
            if (event.after() != null) {
                lost = event.after();
                lostNanos = clock.getAsLong();
            }
            if (state != State.ENDING) {
                enter(State.RECONNECTING);
            }
        }

        @Override
        public void warning(TunnelEvent.Warning event) {
            // The weaknesses among them come with the session.
        }

        @Override
        public void statistics(TunnelEvent.Statistics event) {
            // This is where they come from.
        }

        @Override
        public void ended(TunnelEvent.Ended event) {
            lost = event.failure();
            lostNanos = clock.getAsLong();
            enter(State.DOWN);
        }
    }
}
