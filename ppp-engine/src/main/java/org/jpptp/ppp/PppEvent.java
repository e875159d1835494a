package org.jpptp.ppp;

import java.net.Inet4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link PppLink} tells of its progress, in this order. */
public sealed interface PppEvent {
    /**
     * LCP is open.
     *
     * @param mru what we may receive, in octets
     * @param peerMru what the peer may receive, in octets
     * @param magic whether we negotiated a magic number
     * @param pfc whether we may send a one-octet protocol field
     * @param acfc whether we may leave out the address and control fields
     * @param auth the method agreed on
     */
    record LinkOpened(int mru, int peerMru, boolean magic, boolean pfc, boolean acfc, AuthMethod auth)
            implements PppEvent {}

    /**
     * Authentication is complete.
     *
     * @param name who was proved: our name on the client, the peer's on the server
     * @param mutual whether the server proved that it knows the password, and we verified it
     * @param message the server's text (the M= field), empty where there is none
     */
    record Authenticated(AuthMethod method, String name, boolean mutual, String message) implements PppEvent {}

    /**
     * CCP is settled.
     *
     * @param send how we encrypt, null for not at all
     * @param receive how the peer encrypts, null for not at all
     */
    record EncryptionSettled(@Nullable Mppe send, @Nullable Mppe receive) implements PppEvent {}

    /** One direction's encryption. */
    record Mppe(MppeStrength strength, MppeMode mode) {}

    /**
     * IPCP is open: datagrams flow.
     *
     * @param local our inner address
     * @param remote the peer's inner address, null where it named none
     * @param dns DNS servers that the peer named, at most two
     * @param wins NetBIOS name servers that the peer named, at most two
     */
    record NetworkUp(Inet4Address local, @Nullable Inet4Address remote, List<Inet4Address> dns, List<Inet4Address> wins)
            implements PppEvent {
        public NetworkUp {
            dns = List.copyOf(dns);
            wins = List.copyOf(wins);
        }
    }

    /** The link is down and stays down. */
    record Down(PppFailure failure) implements PppEvent {}
}
