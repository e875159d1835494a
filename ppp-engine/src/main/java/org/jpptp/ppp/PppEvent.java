package org.jpptp.ppp;

import java.net.Inet4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link org.jpptp.ppp.link.PppLink} tells of its progress, in this order. After a renegotiation, {@link LinkOpened} and
 * {@link NetworkUp} are told once more where they say something else than before.
 */
public sealed interface PppEvent {
    /**
     * LCP is open.
     *
     * @param mru what we may receive, in octets
     * @param peerMru what the peer may receive, in octets
     * @param magic whether we negotiated a magic number
     * @param pfc whether we may send a one-octet protocol field
     * @param acfc whether we may leave out the address and control fields
     * @param auth how we authenticate, as far as LCP says
     */
    record LinkOpened(int mru, int peerMru, boolean magic, boolean pfc, boolean acfc, AuthProtocol auth)
            implements PppEvent {
        @Override
        public void match(Cases cases) {
            cases.linkOpened(this);
        }
    }

    /**
     * Authentication is complete.
     *
     * @param name who was proved: our name on the client, the peer's on the server
     * @param mutual whether the server proved that it knows the password, and we verified it
     * @param message the server's text (the M= field), empty where there is none
     */
    record Authenticated(AuthMethod method, String name, boolean mutual, String message) implements PppEvent {
        @Override
        public void match(Cases cases) {
            cases.authenticated(this);
        }
    }

    /**
     * CCP is settled.
     *
     * @param send what we do with datagrams, null for nothing
     * @param receive what the peer does with them, null for nothing
     */
    record EncryptionSettled(
            @Nullable Coding send, @Nullable Coding receive) implements PppEvent {
        @Override
        public void match(Cases cases) {
            cases.encryptionSettled(this);
        }
    }

    /**
     * What one direction does with its datagrams: encryption, compression, or both.
     *
     * @param strength of the encryption, null where there is only compression
     * @param mode whether each packet stands for itself, or the history and key stream go on from packet to packet
     * @param mppc whether datagrams are compressed, before they are encrypted (RFC 2118)
     */
    record Coding(@Nullable MppeStrength strength, MppeMode mode, boolean mppc) {
        /** A coding that encrypts only. */
        public static Coding encrypted(MppeStrength strength, MppeMode mode) {
            return new Coding(strength, mode, false);
        }

        /** A coding that compresses only. */
        public static Coding compressed(MppeMode mode) {
            return new Coding(null, mode, true);
        }

        /** This coding, with compression before encryption. */
        public Coding withMppc() {
            return new Coding(strength, mode, true);
        }

        /** For people: "MPPE 128-bit stateless", "MPPE 40-bit stateful with MPPC", "MPPC stateless". */
        public String label() {
            String how = mode == MppeMode.STATELESS ? "stateless" : "stateful";
            return strength == null
                    ? "MPPC " + how
                    : "MPPE " + strength.bits() + "-bit " + how + (mppc ? " with MPPC" : "");
        }
    }

    /**
     * IPCP is open: datagrams flow.
     *
     * @param local our inner address
     * @param remote the peer's inner address, null where it named none
     * @param dns DNS servers that the peer named, at most two
     * @param wins NetBIOS name servers that the peer named, at most two
     * @param ipv6 what IPv6CP agreed on, null where IPv6 is not carried
     */
    record NetworkUp(
            Inet4Address local,
            @Nullable Inet4Address remote,
            List<Inet4Address> dns,
            List<Inet4Address> wins,
            @Nullable InterfaceIdentifiers ipv6)
            implements PppEvent {
        public NetworkUp {
            dns = List.copyOf(dns);
            wins = List.copyOf(wins);
        }

        @Override
        public void match(Cases cases) {
            cases.networkUp(this);
        }
    }

    /**
     * The low 64 bits of the link-local addresses fe80::/64 (RFC 5072 §4.1).
     *
     * @param local ours, not 0
     * @param remote the peer's
     */
    record InterfaceIdentifiers(long local, long remote) {}

    /**
     * The server does not take the password, and lets us try another: {@link org.jpptp.ppp.link.PppLink#provide} answers. Only told where
     * {@link AuthRole.Authenticatee#interactive}.
     *
     * @param refusal what the server said
     */
    record SecretWanted(Secret secret, Refusal refusal) implements PppEvent {
        @Override
        public void match(Cases cases) {
            cases.secretWanted(this);
        }
    }

    /**
     * The peer is silent, which may mean that it is gone; told once.
     *
     * @param unanswered how many Echo-Requests in a row it has not answered
     * @param atMost how many it may leave unanswered before the link ends
     */
    record EchoMissed(int unanswered, int atMost) implements PppEvent {
        @Override
        public void match(Cases cases) {
            cases.echoMissed(this);
        }
    }

    /** What is wanted. */
    enum Secret {
        /** Name and password: these were wrong (E=691 R=1). */
        CREDENTIALS,
        /** A new password: this one is right, and has expired (E=648). */
        NEW_PASSWORD
    }

    /** Packets came that the peer has not sent: it goes on, and does not use their numbers. Told at most once a minute of each kind. */
    record ForeignPackets(Foreign what) implements PppEvent {
        @Override
        public void match(Cases cases) {
            cases.foreignPackets(this);
        }
    }

    /** What others than the peer send. */
    enum Foreign {
        /** Control packets that would have ended or interrupted the link. */
        CONTROL,
        /** Packets that look encrypted, and do not decrypt. */
        GARBAGE
    }

    /** The link is down and stays down. */
    record Down(PppFailure failure) implements PppEvent {
        @Override
        public void match(Cases cases) {
            cases.down(this);
        }
    }

    /** Calls the case of this event. */
    void match(Cases cases);

    /**
     * What is done with each event. No case has a default, so that a new event compiles only once everybody who is told of
     * events has decided on it; who does nothing with one says why.
     */
    interface Cases {
        void linkOpened(LinkOpened event);

        void authenticated(Authenticated event);

        void encryptionSettled(EncryptionSettled event);

        void networkUp(NetworkUp event);

        void secretWanted(SecretWanted event);

        void foreignPackets(ForeignPackets event);

        void echoMissed(EchoMissed event);

        void down(Down event);
    }
}
