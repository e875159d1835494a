package org.jpptp.client;

/**
 * The most that a TCP connection through the tunnel may put into a segment, whatever its ends have said: who sends more relies on
 * being told that it does not fit, and many networks do not tell.
 *
 * @param most octets over IPv4, 0 for what the ends say
 */
public record Mss(int most) {
    /** What fits both ways. */
    public static final Mss CLAMP = new Mss(Integer.MAX_VALUE);

    /** Connections are left alone. */
    public static final Mss OFF = new Mss(0);

    /** The headers of IPv4 and TCP, without options (RFC 6691). */
    private static final int HEADERS = 40;

    /**
     * What it comes to.
     *
     * @param mtu the largest datagram that passes, in octets
     * @return the most octets over IPv4, 0 for no limit
     */
    public int within(int mtu) {
        return most == 0 ? 0 : Math.min(most, mtu - HEADERS);
    }
}
