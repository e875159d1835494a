package org.jpptp.client;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a tunnel tells of its progress, in this order. Text that came from the peer is escaped and bounded already.
 * {@code took} is the time that the step itself took.
 */
public sealed interface TunnelEvent {
    /** The control connection is accepted. */
    record ServerAnswered(Inet4Address address, int port, String vendor, String hostName, int firmware, Duration took)
            implements TunnelEvent {
        @Override
        public void match(Cases cases) {
            cases.serverAnswered(this);
        }
    }

    /** The call is up. */
    record CallEstablished(int localCallId, int peerCallId, long bitsPerSecond, Duration took) implements TunnelEvent {
        @Override
        public void match(Cases cases) {
            cases.callEstablished(this);
        }
    }

    /** LCP is open; MRUs in octets, then what was agreed for our sending. */
    record LinkOpened(int mru, int peerMru, boolean magic, boolean pfc, boolean acfc, Duration took)
            implements TunnelEvent {
        @Override
        public void match(Cases cases) {
            cases.linkOpened(this);
        }
    }

    /** We are authenticated. */
    record IdentityProven(String method, String name, boolean serverProved, String message, Duration took)
            implements TunnelEvent {
        @Override
        public void match(Cases cases) {
            cases.identityProven(this);
        }
    }

    /** The server took the new password that it had asked for. */
    record PasswordChanged(String name) implements TunnelEvent {
        @Override
        public void match(Cases cases) {
            cases.passwordChanged(this);
        }
    }

    /**
     * CCP is settled; null for a direction in clear, else such as {@code MPPE 128-bit stateless}, or {@code MPPC stateful}
     * where it is only compressed.
     */
    record EncryptionSettled(
            @Nullable String send, @Nullable String receive, Duration took) implements TunnelEvent {
        @Override
        public void match(Cases cases) {
            cases.encryptionSettled(this);
        }
    }

    /**
     * IPCP is open, and IPv6CP where it was asked for.
     *
     * @param localIpv6 our link-local address, null where IPv6 is not carried
     * @param remoteIpv6 the server's, null where it has none
     */
    record AddressesAgreed(
            Inet4Address local,
            @Nullable Inet4Address remote,
            List<Inet4Address> dns,
            List<Inet4Address> wins,
            @Nullable LinkLocalAddress localIpv6,
            @Nullable LinkLocalAddress remoteIpv6,
            Duration took)
            implements TunnelEvent {
        public AddressesAgreed {
            dns = List.copyOf(dns);
            wins = List.copyOf(wins);
        }

        @Override
        public void match(Cases cases) {
            cases.addressesAgreed(this);
        }
    }

    /**
     * Where names are looked up from now on, told before the tunnel is up, and again when it changes. Not told where nobody
     * has named a server.
     *
     * @param scope which names the servers are asked about; {@link NameScope#NOTHING}: they are named and not asked
     * @param domains of {@link NameScope#DOMAINS}, else none
     * @param by what asks them on this host, null for nothing
     */
    record NamesSettled(
            NameScope scope,
            List<Inet4Address> servers,
            List<String> domains,
            @Nullable String by) implements TunnelEvent {
        public NamesSettled {
            servers = List.copyOf(servers);
            domains = List.copyOf(domains);
        }

        /**
         * Whether both say the same. What a record has for it by itself is put together at its first use, while a
         * server waits.
         */
        public boolean isSameAs(NamesSettled other) {
            return scope == other.scope
                    && servers.equals(other.servers)
                    && domains.equals(other.domains)
                    && Objects.equals(by, other.by);
        }

        @Override
        public void match(Cases cases) {
            cases.namesSettled(this);
        }
    }

    /**
     * Programs of this host are let into the tunnel by a proxy from now on; told once, before the tunnel is up.
     *
     * @param listening where they find it
     * @param pid the process whose network namespace the tunnel is in
     */
    record ProxyOpened(ProxySettings listening, long pid) implements TunnelEvent {
        @Override
        public void match(Cases cases) {
            cases.proxyOpened(this);
        }
    }

    /**
     * The interface carries traffic, for the first time or again.
     *
     * @param took from the start of everything; of a tunnel that is back, from the moment it was lost
     * @param reconnections how often it has come back, 0 for the first time
     */
    record TunnelUp(
            String interfaceName,
            @Nullable String namespace,
            int mtu,
            List<Cidr> routes,
            Duration took,
            int reconnections)
            implements TunnelEvent {
        public TunnelUp {
            routes = List.copyOf(routes);
        }

        /** For the first time. */
        public TunnelUp(String interfaceName, @Nullable String namespace, int mtu, List<Cidr> routes, Duration took) {
            this(interfaceName, namespace, mtu, routes, took, 0);
        }

        @Override
        public void match(Cases cases) {
            cases.tunnelUp(this);
        }
    }

    /**
     * The server renegotiated while the tunnel was up, and the interface follows.
     *
     * @param text what is other than before, in sentences
     */
    record TunnelChanged(
            String interfaceName,
            int mtu,
            Inet4Address local,
            @Nullable Inet4Address remote,
            String text) implements TunnelEvent {
        @Override
        public void match(Cases cases) {
            cases.tunnelChanged(this);
        }
    }

    /**
     * The tunnel was up and is lost, or a try to bring it back has failed: another follows. After it the steps of a
     * connection are told again, up to TunnelUp.
     *
     * @param after what it follows; null where the user asked for another connection
     * @param attempt the number of the try since the tunnel was last up for a while, 1 for the first
     * @param delay how long until then
     */
    record Reconnecting(@Nullable Failure after, int attempt, Duration delay) implements TunnelEvent {
        @Override
        public void match(Cases cases) {
            cases.reconnecting(this);
        }
    }

    /** Something that the user should know, without consequence for the tunnel. */
    record Warning(String text) implements TunnelEvent {
        @Override
        public void match(Cases cases) {
            cases.warning(this);
        }
    }

    /**
     * How it is doing, told when asked for.
     *
     * @param doing what is being waited for, a clause; null where the tunnel is up
     * @param since how long it has been up; where it is not, how long the user has been waiting
     * @param octetsSent inner datagrams' octets
     * @param octetsReceived inner datagrams' octets
     */
    record Statistics(@Nullable String doing, Duration since, long octetsSent, long octetsReceived)
            implements TunnelEvent {
        @Override
        public void match(Cases cases) {
            cases.statistics(this);
        }
    }

    /**
     * It is over, everything on the host is undone.
     *
     * @param failure null where the user ended it
     * @param wasUp whether TunnelUp was told before
     * @param traffic what passed, and what did not
     * @param upFor how long it was up
     */
    record Ended(@Nullable Failure failure, boolean wasUp, TunnelStatus.Traffic traffic, Duration upFor)
            implements TunnelEvent {
        /** The end of one that never was up. */
        public static Ended neverUp(@Nullable Failure failure) {
            return new Ended(failure, false, TunnelStatus.Traffic.NONE, Duration.ZERO);
        }

        /** The end of one that was up. */
        public static Ended afterUp(@Nullable Failure failure, TunnelStatus.Traffic traffic, Duration upFor) {
            return new Ended(failure, true, traffic, upFor);
        }

        @Override
        public void match(Cases cases) {
            cases.ended(this);
        }
    }

    /** Calls the case of this event. */
    void match(Cases cases);

    /**
     * What is done with each event. No case has a default, so that a new event compiles only once everybody who is told of
     * events has decided on it; who does nothing with one says why.
     */
    interface Cases {
        void serverAnswered(ServerAnswered event);

        void callEstablished(CallEstablished event);

        void linkOpened(LinkOpened event);

        void identityProven(IdentityProven event);

        void passwordChanged(PasswordChanged event);

        void encryptionSettled(EncryptionSettled event);

        void addressesAgreed(AddressesAgreed event);

        void namesSettled(NamesSettled event);

        void proxyOpened(ProxyOpened event);

        void tunnelUp(TunnelUp event);

        void tunnelChanged(TunnelChanged event);

        void reconnecting(Reconnecting event);

        void warning(Warning event);

        void statistics(Statistics event);

        void ended(Ended event);
    }
}
