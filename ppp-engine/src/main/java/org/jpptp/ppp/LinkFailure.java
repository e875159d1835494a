package org.jpptp.ppp;

import java.time.Duration;
import java.util.List;

/** What ends a link while LCP is negotiated, or once it is open: silence, no agreement, a loop, an orderly end. */
public sealed interface LinkFailure extends PppFailure {
    /**
     * We closed the link.
     *
     * @param reason for the peer and the trace
     */
    record Closed(String reason) implements LinkFailure {
        @Override
        public Cause cause() {
            return Cause.CLOSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.closed(this);
        }
    }

    /** No answer to our LCP Configure-Requests. */
    record LcpTimeout(Negotiation seen) implements LinkFailure {
        @Override
        public Cause cause() {
            return Cause.LCP_TIMEOUT;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.lcpTimeout(this);
        }
    }

    /** LCP was answered, but the two sides never agreed. */
    record LcpNotConverging(Negotiation seen) implements LinkFailure {
        @Override
        public Cause cause() {
            return Cause.LCP_NOT_CONVERGING;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.lcpNotConverging(this);
        }
    }

    /**
     * The peer negotiates LCP again and again.
     *
     * @param times how often it did
     */
    record LcpRenegotiated(int times) implements LinkFailure {
        @Override
        public Cause cause() {
            return Cause.LCP_NOT_CONVERGING;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.lcpRenegotiated(this);
        }
    }

    /** The peer sent a Protocol-Reject of LCP itself. */
    record LcpRejected() implements LinkFailure {
        @Override
        public Cause cause() {
            return Cause.LCP_NOT_CONVERGING;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.lcpRejected(this);
        }
    }

    /**
     * Our own frames come back.
     *
     * @param what which packets carried our magic number
     * @param times how many of them
     */
    record Looped(Reflection what, int times) implements LinkFailure {
        @Override
        public Cause cause() {
            return Cause.LOOPED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.looped(this);
        }
    }

    /**
     * The network-layer protocols were not up in time.
     *
     * @param after the time that there was
     * @param ccpSettled whether encryption was settled by then
     * @param ipcpState the state of IPCP (RFC 1661 §4.2), as it is named in traces
     */
    record NetworkTimeout(Duration after, boolean ccpSettled, String ipcpState) implements LinkFailure {
        @Override
        public Cause cause() {
            return Cause.NETWORK_TIMEOUT;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.networkTimeout(this);
        }
    }

    /**
     * The peer sent an LCP Terminate-Request.
     *
     * @param reached how far the link had come
     * @param rejected the protocols of the peer, by their PPP numbers, that we had rejected just before
     * @param said the reason in it, escaped; empty for none
     */
    record PeerTerminated(Reached reached, List<Integer> rejected, String said) implements LinkFailure {
        public PeerTerminated {
            rejected = List.copyOf(rejected);
        }

        @Override
        public Cause cause() {
            return Cause.PEER_TERMINATED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.peerTerminated(this);
        }
    }

    /**
     * The peer sent an IPCP Terminate-Request once IPCP was open.
     *
     * @param said the reason in it, escaped; empty for none
     */
    record IpcpTerminated(String said) implements LinkFailure {
        @Override
        public Cause cause() {
            return Cause.PEER_TERMINATED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.ipcpTerminated(this);
        }
    }

    /** The peer sent a Protocol-Reject of IPCP once IPCP was open. */
    record IpcpRejected() implements LinkFailure {
        @Override
        public Cause cause() {
            return Cause.PEER_TERMINATED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.ipcpRejected(this);
        }
    }

    /**
     * Echo-Requests stay unanswered.
     *
     * @param unanswered how many in a row
     * @param before what became of those before
     */
    record EchoLost(int unanswered, Echoes before) implements LinkFailure {
        @Override
        public Cause cause() {
            return Cause.LINK_LOST;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.echoLost(this);
        }
    }

    /** The packets that come back on a looped line. */
    enum Reflection {
        CONFIGURE_REQUESTS,
        ECHO_REQUESTS
    }

    /** What a link is doing, or has come to. */
    enum Reached {
        /** LCP is negotiated. */
        ESTABLISHING,
        AUTHENTICATING,
        /** Authentication is complete, CCP is not. */
        ENCRYPTING,
        /** CCP is settled, IPCP is not. */
        ADDRESSING,
        /** Datagrams flow, or did. */
        UP
    }

    /** Whether a peer answers Echo-Requests at all. */
    enum Echoes {
        /** It never answered one. */
        NEVER_ANSWERED,
        ANSWERED
    }

    /** One answer for each of them; a new one does not compile until everybody has decided on it. */
    interface Cases<R> {
        R closed(Closed failure);

        R lcpTimeout(LcpTimeout failure);

        R lcpNotConverging(LcpNotConverging failure);

        R lcpRenegotiated(LcpRenegotiated failure);

        R lcpRejected(LcpRejected failure);

        R looped(Looped failure);

        R networkTimeout(NetworkTimeout failure);

        R peerTerminated(PeerTerminated failure);

        R ipcpTerminated(IpcpTerminated failure);

        R ipcpRejected(IpcpRejected failure);

        R echoLost(EchoLost failure);
    }
}
