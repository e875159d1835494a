package org.jpptp.gre.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jpptp.gre.io.Libc;
import org.jpptp.gre.io.RawSocketException;

/** Makes raw IPv4 sockets for protocol 47. */
final class RawSockets {
    /** What is in flight while the loop is busy elsewhere: some milliseconds of a fast link. */
    static final int KERNEL_BUFFER = 4 << 20;
    /** Octets of SO_MEMINFO: nine numbers of 32 bits, the first of which is what waits to be read. */
    static final int MEMINFO_LENGTH = 9 * Integer.BYTES;

    private static final int SOCKADDR_IN_LENGTH = 16;
    /** BPF_RET | BPF_K of linux/filter.h. */
    private static final short BPF_RETURN = 0x06;

    private RawSockets() {}

    /**
     * A socket connected to the peer, in the network namespace of the calling thread.
     *
     * @param mark of its packets, 0 for none; another one needs CAP_NET_ADMIN
     * @return the descriptor, in non-blocking mode
     * @throws RawSocketException with the step and the errno
     */
    static int open(Inet4Address peer, int mark) throws RawSocketException {
        int type = Libc.SOCK_RAW | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;
        int fd = Libc.socket(Libc.AF_INET, type, Libc.IPPROTO_GRE);
        check("socket()", fd);
        boolean connected = false;
        try {
            setOptions(fd);
            if (mark != 0) {
                check(
                        "setsockopt(SO_MARK)",
                        setInt(fd, Libc.SOL_SOCKET, Libc.SO_MARK, mark)); // before it looks for its way
            }
            connect(fd, peer);
            connected = true;
            return fd;
        } finally {
            if (!connected) {
                Libc.close(fd);
            }
        }
    }

    /**
     * A socket connected to the peer that is given none of its packets.
     *
     * @return the descriptor, in non-blocking mode
     */
    static int openSink(Inet4Address peer) throws RawSocketException {
        int fd = Libc.socket(Libc.AF_INET, Libc.SOCK_RAW | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, Libc.IPPROTO_GRE);
        check("socket()", fd);
        boolean connected = false;
        try {
            check("setsockopt(SO_ATTACH_FILTER)", takeNothing(fd));
            connect(fd, peer);
            connected = true;
            return fd;
        } finally {
            if (!connected) {
                int unused = Libc.close(fd);
            }
        }
    }

    /** Attaches a {@code struct sock_fprog} of one instruction of classic BPF: return 0 octets. */
    private static int takeNothing(int fd) {
        int length = 2 * Native.POINTER_SIZE; // the pointer is aligned
        try (Memory instruction = new Memory(Long.BYTES);
                Memory program = new Memory(length)) {
            instruction.clear();
            instruction.setShort(0, BPF_RETURN);
            program.clear();
            program.setShort(0, (short) 1);
            program.setPointer(Native.POINTER_SIZE, instruction);
            return Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_ATTACH_FILTER, program, length);
        }
    }

    private static void check(String step, int result) throws RawSocketException {
        if (result < 0) {
            throw new RawSocketException(step, Libc.errno());
        }
    }

    private static void setOptions(int fd) throws RawSocketException {
        // FORCE goes beyond the system's limit and needs CAP_NET_ADMIN; without it, as much as the limit gives.
        if (setInt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, KERNEL_BUFFER) < 0) {
            check("setsockopt(SO_RCVBUF)", setInt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, KERNEL_BUFFER));
        }
        if (setInt(fd, Libc.SOL_SOCKET, Libc.SO_SNDBUFFORCE, KERNEL_BUFFER) < 0) {
            check("setsockopt(SO_SNDBUF)", setInt(fd, Libc.SOL_SOCKET, Libc.SO_SNDBUF, KERNEL_BUFFER));
        }
        check("setsockopt(IP_RECVERR)", setInt(fd, Libc.IPPROTO_IP, Libc.IP_RECVERR, 1));
        // Not DONT, which also leaves out "don't fragment", but believes whoever says that the path is narrow.
        check("setsockopt(IP_MTU_DISCOVER)", setInt(fd, Libc.IPPROTO_IP, Libc.IP_MTU_DISCOVER, Libc.IP_PMTUDISC_OMIT));
    }

    /** Whether the queue of what has arrived could be given so much room, whatever the system's limit is. */
    static boolean room(int fd, int octets) {
        return setInt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, octets) == 0;
    }

    /** What waits to be read, in octets as the kernel counts them: with its own. */
    static int queued(int fd, Memory meminfo, Memory length) {
        length.setInt(0, MEMINFO_LENGTH);
        return Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_MEMINFO, meminfo, length) < 0 ? 0 : meminfo.getInt(0);
    }

    static int setInt(int fd, int level, int option, int value) {
        try (Memory memory = new Memory(Integer.BYTES)) {
            memory.setInt(0, value);
            return Libc.setsockopt(fd, level, option, memory, Integer.BYTES);
        }
    }

    private static void connect(int fd, Inet4Address peer) throws RawSocketException {
        check("connect()", tryConnect(fd, peer));
    }

    /** Connects it to another address than before; returns whether there is a way to it. */
    static boolean reconnect(int fd, Inet4Address peer) {
        return tryConnect(fd, peer) == 0;
    }

    /** {@code struct sockaddr_in}: family, port (none here), address, padding. */
    private static int tryConnect(int fd, Inet4Address peer) {
        try (Memory address = new Memory(SOCKADDR_IN_LENGTH)) {
            address.clear();
            address.setShort(0, (short) Libc.AF_INET);
            address.write(4, peer.getAddress(), 0, 4);
            return Libc.connect(fd, address, SOCKADDR_IN_LENGTH);
        }
    }

    /** Our address on the way to the peer, as routing chose it when the socket was connected. */
    static Inet4Address localAddress(int fd) throws RawSocketException {
        try (Memory address = new Memory(SOCKADDR_IN_LENGTH);
                Memory length = new Memory(Integer.BYTES)) {
            length.setInt(0, SOCKADDR_IN_LENGTH);
            check("getsockname()", Libc.getsockname(fd, address, length));
            return (Inet4Address) InetAddress.getByAddress(address.getByteArray(4, 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    /** The error that is pending at a socket, 0 for none. Reading it also clears it. */
    static int takeError(int fd) {
        try (Memory value = new Memory(Integer.BYTES);
                Memory length = new Memory(Integer.BYTES)) {
            value.setInt(0, 0);
            length.setInt(0, Integer.BYTES);
            return Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_ERROR, value, length) < 0
                    ? Libc.errno()
                    : value.getInt(0);
        }
    }
}
