package org.jpptp.client.anonymous;

import java.util.Arrays;

/**
 * Replaces in packets of IP what identifies people. Of datagrams and whatever else is not PPTP's own there is only the beginning
 * afterwards: addresses and names are in the payload of every protocol. Nothing that is read is trusted.
 */
public final class AnonymousPackets {
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int GRE = 47;
    private static final int ICMP6 = 58;
    private static final int HEADER = 20;
    private static final int HEADER6 = 40;
    private static final int CHECKSUM = 10;
    private static final int SOURCE = 12;
    private static final int TCP_CHECKSUM = 16;
    private static final int UDP_CHECKSUM = 6;
    private static final int PORTS = 8;

    private final Pseudonyms pseudonyms;
    private final AnonymousControl control;
    private final AnonymousPpp ppp;

    public AnonymousPackets(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
        this.control = new AnonymousControl(pseudonyms);
        this.ppp = new AnonymousPpp(pseudonyms);
    }

    /** A packet of the tunnel itself: TCP, GRE and ICMP. */
    public byte[] outer(byte[] original) {
        byte[] packet = original.clone();
        if (packet.length < HEADER || Octets.u8(packet, 0) >> 4 != 4) {
            return new byte[0];
        }
        int header = (packet[0] & 15) * 4;
        if (header < HEADER || header > packet.length) {
            return Arrays.copyOf(packet, HEADER);
        }
        addresses(packet, 0, header);
        return switch (Octets.u8(packet, 9)) {
            case TCP -> segment(packet, header);
            case GRE -> Arrays.copyOf(packet, ppp.gre(packet, header));
            case ICMP -> error(packet, header);
            default -> Arrays.copyOf(packet, header);
        };
    }

    /** Of a header; its checksum follows. Tells the sums of the addresses before, and after. */
    private int[] addresses(byte[] packet, int at, int header) {
        int before = Octets.sum(packet, at + SOURCE, 8);
        Octets.put32(packet, at + SOURCE, pseudonyms.address(Octets.i32(packet, at + SOURCE)));
        Octets.put32(packet, at + SOURCE + 4, pseudonyms.address(Octets.i32(packet, at + SOURCE + 4)));
        int after = Octets.sum(packet, at + SOURCE, 8);
        for (int i = at + HEADER; i < at + header; i++) {
            packet[i] = 0; // routes and time stamps
        }
        Octets.put16(packet, at + CHECKSUM, 0);
        Octets.put16(packet, at + CHECKSUM, ~Octets.sum(packet, at, header));
        return new int[] {before, after};
    }

    private byte[] segment(byte[] packet, int header) {
        if (packet.length < header + HEADER) {
            return Arrays.copyOf(packet, header);
        }
        int data = header + (Octets.u8(packet, header + SOURCE) >> 4) * 4;
        if (data < packet.length) {
            control.messages(packet, data);
            pseudonyms.scrub(packet, data);
        }
        Octets.put16(packet, header + TCP_CHECKSUM, 0);
        int length = packet.length - header;
        long sum = Octets.sum(packet, SOURCE, 8) + (long) TCP + length + Octets.sum(packet, header, length);
        Octets.put16(packet, header + TCP_CHECKSUM, ~Octets.fold(sum));
        return packet;
    }

    /** It quotes a packet, of which header and call id stay. */
    private byte[] error(byte[] packet, int header) {
        int quoted = header + PORTS;
        int end = Math.min(packet.length, quoted + HEADER + PORTS);
        byte[] cut = Arrays.copyOf(packet, end);
        if (end >= quoted + HEADER) {
            int[] unused = addresses(cut, quoted, HEADER);
        }
        if (end == packet.length && end >= quoted) {
            Octets.put16(cut, header + 2, 0);
            Octets.put16(cut, header + 2, ~Octets.sum(cut, header, end - header));
        }
        return cut;
    }

    /** A datagram that the tunnel carries: its headers. */
    public byte[] inner(byte[] original) {
        byte[] packet = original.clone();
        int version = packet.length == 0 ? 0 : Octets.u8(packet, 0) >> 4;
        if (version == 4 && packet.length >= HEADER) {
            int header = Math.max(HEADER, Math.min(packet.length, (packet[0] & 15) * 4));
            int[] sums = addresses(packet, 0, header);
            boolean first = (Octets.u16(packet, 6) & 0x1FFF) == 0;
            return first ? transport(packet, header, Octets.u8(packet, 9), sums) : Arrays.copyOf(packet, header);
        }
        if (version == 6 && packet.length >= HEADER6) {
            int before = Octets.sum(packet, 8, 32);
            System.arraycopy(pseudonyms.address(Arrays.copyOfRange(packet, 8, 24)), 0, packet, 8, 16);
            System.arraycopy(pseudonyms.address(Arrays.copyOfRange(packet, 24, 40)), 0, packet, 24, 16);
            return transport(packet, HEADER6, Octets.u8(packet, 6), new int[] {before, Octets.sum(packet, 8, 32)});
        }
        return new byte[0];
    }

    private static byte[] transport(byte[] packet, int at, int protocol, int[] sums) {
        int left = packet.length - at;
        switch (protocol) {
            case TCP -> {
                if (left >= HEADER) {
                    checksum(packet, at + TCP_CHECKSUM, sums);
                    int header = Math.max(HEADER, (Octets.u8(packet, at + SOURCE) >> 4) * 4);
                    return Arrays.copyOf(packet, at + Math.min(left, header));
                }
            }
            case UDP -> {
                if (left >= PORTS) {
                    if (Octets.u16(packet, at + UDP_CHECKSUM) != 0) {
                        checksum(packet, at + UDP_CHECKSUM, sums);
                    }
                    return Arrays.copyOf(packet, at + PORTS);
                }
            }
            case ICMP6 -> {
                if (left >= PORTS) {
                    checksum(packet, at + 2, sums);
                    return Arrays.copyOf(packet, at + PORTS);
                }
            }
            case ICMP -> {
                return Arrays.copyOf(packet, at + Math.min(left, PORTS));
            }
            default -> {
                // Its header may have addresses.
            }
        }
        return Arrays.copyOf(packet, at);
    }

    private static void checksum(byte[] packet, int at, int[] sums) {
        Octets.put16(packet, at, Octets.adapt(Octets.u16(packet, at), sums[0], sums[1]));
    }
}
