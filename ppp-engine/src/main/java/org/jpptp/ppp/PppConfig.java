package org.jpptp.ppp;

/**
 * Everything that a {@link org.jpptp.ppp.link.PppLink} is told before it opens.
 *
 * @param mru the largest datagram that we receive, in octets; 128…1500
 * @param identification the text of our LCP Identification packets (RFC 1570 §2.1), empty for none
 * @param auth which side of the authentication we are on
 * @param mppe the encryption allowed
 * @param ipcp the addresses wanted
 * @param ipv6 whether IPv6CP is spoken (RFC 5072); else it is Protocol-Rejected
 * @param timing timers and counters
 * @param habits the ways of the implementation that it stands in for
 */
public record PppConfig(
        int mru,
        String identification,
        AuthRole auth,
        MppePolicy mppe,
        IpcpSettings ipcp,
        boolean ipv6,
        PppTiming timing,
        PppHabits habits) {
    /** A configuration with our own habits. */
    public PppConfig(
            int mru,
            String identification,
            AuthRole auth,
            MppePolicy mppe,
            IpcpSettings ipcp,
            boolean ipv6,
            PppTiming timing) {
        this(mru, identification, auth, mppe, ipcp, ipv6, timing, PppHabits.OURS);
    }

    /** A configuration with our own habits, and without IPv6. */
    public PppConfig(
            int mru, String identification, AuthRole auth, MppePolicy mppe, IpcpSettings ipcp, PppTiming timing) {
        this(mru, identification, auth, mppe, ipcp, false, timing);
    }
}
