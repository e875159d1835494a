package org.jpptp.client.tun.linux;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import org.jpptp.client.Offload;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.tun.InterfaceName;
import org.jpptp.gre.io.Libc;
import org.jspecify.annotations.Nullable;

/**
 * An open descriptor of {@code /dev/net/tun} with its interface.
 *
 * @param fd non-blocking, not inherited
 * @param offload what the kernel has agreed to; with any, each packet has a {@code virtio_net_hdr} before it
 */
record TunFile(int fd, String name, Offload offload) {
    private static final String DEVICE = "/dev/net/tun";
    /** The kernel puts the first free number in the place of {@code %d}. */
    private static final String ANY_NAME = "pptp%d";

    // linux/if_tun.h, linux/if.h
    private static final long TUNSETIFF = 0x400454caL;
    private static final long TUNSETOFFLOAD = 0x400454d0L;
    private static final short IFF_TUN = 0x0001;
    private static final short IFF_NO_PI = 0x1000;
    private static final short IFF_VNET_HDR = 0x4000;
    private static final int TUN_F_CSUM = 0x01;
    private static final int TUN_F_TSO4 = 0x02;
    private static final int TUN_F_TSO6 = 0x04;
    private static final int TUN_F_TSO_ECN = 0x08;
    private static final int TUN_F_USO4 = 0x20;
    private static final int TUN_F_USO6 = 0x40;
    private static final int IFNAMSIZ = 16;
    private static final int IFREQ_OCTETS = 40;

    /**
     * Makes an interface.
     *
     * @param name null for the first free of pptp0, pptp1, …
     * @param most of it; what the kernel does not offer is left out
     * @throws HostChangeException when there is no such device, the name is not free, or a privilege is missing
     */
    static TunFile open(@Nullable String name, Offload most) throws HostChangeException {
        if (name != null && !InterfaceName.isValid(name)) {
            throw new HostChangeException(HostDiagnosis.badInterfaceName(name));
        }
        int fd = Libc.open(DEVICE, Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0);
        if (fd < 0) {
            throw new HostChangeException(HostDiagnosis.tunNotOpened(DEVICE, Libc.errno()));
        }
        String wanted = name == null ? ANY_NAME : name;
        try (Memory request = new Memory(IFREQ_OCTETS)) {
            boolean header = most != Offload.NONE && create(fd, wanted, IFF_VNET_HDR, request);
            if (!header && !create(fd, wanted, 0, request)) {
                int errno = Libc.errno();
                Libc.close(fd);
                throw new HostChangeException(HostDiagnosis.interfaceNotMade(wanted, errno));
            }
            Offload offload = header ? agree(fd, most) : Offload.NONE;
            return new TunFile(fd, request.getString(0, "US-ASCII"), offload);
        }
    }

    private static boolean create(int fd, String name, int flags, Memory request) {
        request.clear();
        byte[] octets = name.getBytes(StandardCharsets.US_ASCII);
        request.write(0, octets, 0, octets.length);
        request.setShort(IFNAMSIZ, (short) (IFF_TUN | IFF_NO_PI | flags));
        return Libc.ioctl(fd, TUNSETIFF, request) >= 0;
    }

    /** Agrees on offload. The header stays where the kernel offers none; it then has nothing to say. */
    private static Offload agree(int fd, Offload most) {
        int flags = TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN;
        if (most == Offload.USO && Libc.ioctl(fd, TUNSETOFFLOAD, flags | TUN_F_USO4 | TUN_F_USO6) >= 0) {
            return Offload.USO;
        }
        if (most.compareTo(Offload.TSO) >= 0 && Libc.ioctl(fd, TUNSETOFFLOAD, flags) >= 0) {
            return Offload.TSO;
        }
        int unused = Libc.ioctl(fd, TUNSETOFFLOAD, (long) TUN_F_CSUM);
        return Offload.CHECKSUM;
    }
}
