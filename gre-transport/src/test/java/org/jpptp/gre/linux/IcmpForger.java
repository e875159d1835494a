package org.jpptp.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import org.jpptp.gre.io.Errno;
import org.jpptp.gre.io.Libc;

/** Sends ICMP errors about packets that it has never seen. */
final class IcmpForger {
    private static final int IPPROTO_ICMP = 1;
    private static final int LENGTH = 36;

    private IcmpForger() {}

    /** To the sender of GRE to another address, about a packet of a call that there is not; returns the octets sent. */
    static long fragmentationNeeded(Inet4Address to, Inet4Address about, int mtu) {
        ByteBuffer icmp = ByteBuffer.allocate(LENGTH);
        icmp.put((byte) 3).put((byte) 4).putShort((short) 0).putShort((short) 0).putShort((short) mtu);
        icmp.putShort((short) 0x4500).putShort((short) 1400).putInt(0x00010000).putShort((short) (64 << 8 | 47));
        icmp.putShort((short) 0).put(to.getAddress()).put(about.getAddress());
        icmp.putInt(0x3001880B).putShort((short) 1368).putShort((short) 0xDEAD);
        icmp.putShort(2, checksum(icmp));
        int fd = Libc.socket(Libc.AF_INET, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, IPPROTO_ICMP);
        try (Memory address = new Memory(16);
                Memory octets = new Memory(LENGTH)) {
            address.clear();
            address.setShort(0, (short) Libc.AF_INET);
            address.write(4, to.getAddress(), 0, 4);
            octets.write(0, icmp.array(), 0, LENGTH);
            assertThat(Libc.connect(fd, address, 16)).isZero();
            long sent = Libc.write(fd, Pointer.nativeValue(octets), LENGTH);
            assertThat(sent).as(Errno.describe(Libc.errno())).isEqualTo(LENGTH);
            return sent;
        } finally {
            Libc.close(fd);
        }
    }

    private static short checksum(ByteBuffer octets) {
        int sum = 0;
        for (int at = 0; at < LENGTH; at += 2) {
            sum += octets.getShort(at) & 0xFFFF;
        }
        sum = (sum >>> 16) + (sum & 0xFFFF);
        return (short) ~(sum + (sum >>> 16));
    }
}
