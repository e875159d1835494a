package org.jpptp.client;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 network.
 *
 * @param address with no bit set behind the prefix
 * @param prefix its length, 0…32
 */
public record Cidr(Inet4Address address, int prefix) {
    private static final Pattern SYNTAX =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:/(\\d{1,2}))?");

    /**
     * Reads {@code 10.0.0.0/8} or {@code 10.1.2.3} (a host).
     *
     * @return empty for anything else, host bits set included: they hide a mistyped prefix
     */
    public static Optional<Cidr> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int bits = 0;
        for (int group = 1; group <= 4; group++) {
            int octet = Integer.parseInt(matcher.group(group));
            if (octet > 255) {
                return Optional.empty();
            }
            bits = (bits << 8) | octet;
        }
        int prefix = matcher.group(5) == null ? 32 : Integer.parseInt(matcher.group(5));
        if (prefix > 32 || (bits & ~mask(prefix)) != 0) {
            return Optional.empty();
        }
        return Optional.of(new Cidr(address(bits), prefix));
    }

    /** Written out: what a record has for it by itself is put together at its first use, while a server waits. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cidr network && prefix == network.prefix && address.equals(network.address);
    }

    @Override
    public int hashCode() {
        return 31 * address.hashCode() + prefix;
    }

    /** The network of this size that an address lies in. */
    public static Cidr around(Inet4Address member, int prefix) {
        return new Cidr(address(bits(member) & mask(prefix)), prefix);
    }

    /** A network of one address. */
    public static Cidr host(Inet4Address address) {
        return new Cidr(address, 32);
    }

    /** Whether the address lies in this network. */
    public boolean contains(Inet4Address other) {
        return ((bits(other) ^ bits(address)) & mask(prefix)) == 0;
    }

    /** The last address in this network. */
    public Inet4Address last() {
        return address(bits(address) | ~mask(prefix));
    }

    /** The bits that say which network it is, such as 255.0.0.0. */
    public Inet4Address mask() {
        return address(mask(prefix));
    }

    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (32 - prefix);
    }

    private static int bits(Inet4Address address) {
        byte[] octets = address.getAddress();
        return (octets[0] << 24) | ((octets[1] & 0xFF) << 16) | ((octets[2] & 0xFF) << 8) | (octets[3] & 0xFF);
    }

    /** The address of these four octets, the first of them the highest. */
    public static Inet4Address address(int bits) {
        byte[] octets = {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
        try {
            return (Inet4Address) InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
