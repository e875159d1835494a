package org.jpptp.gre.linux;

import com.sun.jna.Memory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jpptp.gre.GreArrivals;
import org.jpptp.gre.io.Libc;

/**
 * {@link GreArrivals} by a packet socket, see packet(7): the kernel shows it what comes in before netfilter has its say, and
 * before it looks where the sender would be reached. A filter of its own (bpf in its classic form) lets it have no more than
 * the heads of the packets in question; they wait in its queue until somebody asks.
 */
final class PacketArrivals implements GreArrivals {
    private static final int HEAD_OCTETS = 40;
    private static final int SOURCE_AT = 12;
    /** More than the queue holds. */
    private static final int MOST = 4096;

    private static final int AF_PACKET = 17;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int ETH_P_IP = 0x0800;
    private static final int SOCKADDR_LL_LENGTH = 20;

    // Instructions of linux/bpf_common.h: load a word, a half or an octet, load what a header's length is, jump, end.
    private static final int LOAD_WORD = 0x20;
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_OCTET = 0x30;
    private static final int LOAD_HALF_BEHIND_HEADER = 0x48;
    private static final int LOAD_HEADER_LENGTH = 0xB1;
    private static final int UNLESS_EQUAL = 0x15;
    private static final int IF_ANY_BIT = 0x45;
    private static final int END = 0x06;
    /** Where bpf has what is no octet of the packet: whom it is for on the link, 0 for this host. */
    private static final int PACKET_TYPE = -0x1000 + 4;

    private static final int GRE = 47;
    private static final int FRAGMENT_OFFSET = 0x1FFF;
    private static final int ENHANCED_GRE = 0x880B;

    private final Map<Inet4Address, Integer> bySource = new LinkedHashMap<>();
    private int fd;

    private PacketArrivals(int fd) {
        this.fd = fd;
    }

    /**
     * Begins to look, in the network namespace of the calling thread.
     *
     * @param local our address, that the call's packets are for
     * @param callId what they carry
     * @return an object that never sees anything where the system does not let us look
     */
    static GreArrivals open(Inet4Address local, int callId) {
        // Nothing comes before it is bound, and by then it has its filter.
        int fd = Libc.socket(AF_PACKET, Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, 0);
        if (fd < 0) {
            return NONE;
        }
        if (attach(fd, ByteBuffer.wrap(local.getAddress()).getInt(), callId) < 0 || bind(fd) < 0) {
            Libc.close(fd);
            return NONE;
        }
        return new PacketArrivals(fd);
    }

    private static int attach(int fd, int local, int callId) {
        int[][] program = {
            {LOAD_OCTET, 9},
            {UNLESS_EQUAL, GRE},
            {LOAD_HALF, 6},
            {IF_ANY_BIT, FRAGMENT_OFFSET},
            {LOAD_WORD, 16},
            {UNLESS_EQUAL, local},
            {LOAD_HEADER_LENGTH, 0},
            {LOAD_HALF_BEHIND_HEADER, 2},
            {UNLESS_EQUAL, ENHANCED_GRE},
            {LOAD_HALF_BEHIND_HEADER, 6},
            {UNLESS_EQUAL, callId},
            {LOAD_OCTET, PACKET_TYPE},
            {UNLESS_EQUAL, 0},
            {END, HEAD_OCTETS},
            {END, 0}
        };
        try (Memory code = new Memory(8L * program.length);
                Memory holder = new Memory(16)) {
            for (int i = 0; i < program.length; i++) {
                int toLast = program.length - 1 - (i + 1);
                boolean jumps = program[i][0] == IF_ANY_BIT || program[i][0] == UNLESS_EQUAL;
                code.setShort(8L * i, (short) program[i][0]);
                code.setByte(8L * i + 2, (byte) (jumps && program[i][0] == IF_ANY_BIT ? toLast : 0));
                code.setByte(8L * i + 3, (byte) (jumps && program[i][0] == UNLESS_EQUAL ? toLast : 0));
                code.setInt(8L * i + 4, program[i][1]);
            }
            holder.clear();
            holder.setShort(0, (short) program.length);
            holder.setPointer(8, code);
            return Libc.setsockopt(fd, Libc.SOL_SOCKET, SO_ATTACH_FILTER, holder, 16);
        }
    }

    /** {@code struct sockaddr_ll}: family, then the protocol in network order; any interface. */
    private static int bind(int fd) {
        try (Memory address = new Memory(SOCKADDR_LL_LENGTH)) {
            address.clear();
            address.setShort(0, (short) AF_PACKET);
            address.setByte(2, (byte) (ETH_P_IP >>> 8));
            address.setByte(3, (byte) ETH_P_IP);
            return Libc.bind(fd, address, SOCKADDR_LL_LENGTH);
        }
    }

    @Override
    public Map<Inet4Address, Integer> bySource() {
        try (Memory head = new Memory(HEAD_OCTETS)) {
            for (int i = 0; i < MOST && fd >= 0; i++) {
                if (Libc.recv(fd, head, HEAD_OCTETS, Libc.MSG_DONTWAIT) < SOURCE_AT + 4) {
                    break;
                }
                bySource.merge(address(head.getByteArray(SOURCE_AT, 4)), 1, Integer::sum);
            }
        }
        return new LinkedHashMap<>(bySource);
    }

    private static Inet4Address address(byte[] octets) {
        try {
            return (Inet4Address) InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    @Override
    public void close() {
        if (fd >= 0) {
            Libc.close(fd);
            fd = -1;
        }
    }
}
