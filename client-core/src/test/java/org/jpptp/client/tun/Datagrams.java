package org.jpptp.client.tun;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** Makes datagrams of TCP and UDP, with checksums computed as plainly as RFC 1071 tells. */
final class Datagrams {
    static final int ACK = 0x10;
    static final int PSH = 0x08;
    static final int FIN = 0x01;

    /** The protocol that carries a flow. */
    enum Ip {
        V4,
        V6
    }

    /** The protocol of a flow. */
    enum Transport {
        TCP,
        UDP
    }

    /** A flow, and where it is. */
    static final class Flow {
        final Ip ip;
        final Transport transport;
        final int port;
        final byte[] options;
        int sequence = 0xFFFFFF00;
        int id = 0xFFFE;

        Flow(Ip ip, Transport transport, int port, byte[] options) {
            this.ip = ip;
            this.transport = transport;
            this.port = port;
            this.options = options;
        }

        int headerLength() {
            return (ip == Ip.V6 ? 40 : 20) + (transport == Transport.UDP ? 8 : 20 + options.length);
        }

        /** The next datagram. */
        byte[] next(byte[] payload, int flags) {
            ByteBuffer packet = ByteBuffer.allocate(headerLength() + payload.length);
            int transportLength = packet.capacity() - (ip == Ip.V6 ? 40 : 20);
            if (ip == Ip.V6) {
                packet.putInt(0x60012345)
                        .putShort((short) transportLength)
                        .put((byte) (transport == Transport.UDP ? 17 : 6))
                        .put((byte) 64);
                packet.putLong(0xfd00_0000_0000_0001L)
                        .putLong(1)
                        .putLong(0xfd00_0000_0000_0002L)
                        .putLong(2);
            } else {
                packet.putInt(0x45000000 | packet.capacity())
                        .putShort((short) id++)
                        .putShort((short) 0x4000);
                packet.put((byte) 64)
                        .put((byte) (transport == Transport.UDP ? 17 : 6))
                        .putShort((short) 0)
                        .putInt(0x0A090001)
                        .putInt(0x0A090002);
            }
            packet.putShort((short) port).putShort((short) 5001);
            if (transport == Transport.UDP) {
                packet.putShort((short) transportLength).putShort((short) 0);
            } else {
                packet.putInt(sequence).putInt(77);
                packet.put((byte) ((20 + options.length) << 2))
                        .put((byte) flags)
                        .putShort((short) 500)
                        .putInt(0);
                packet.put(options);
                sequence += payload.length;
            }
            packet.put(payload);
            byte[] octets = packet.array();
            fix(octets);
            return octets;
        }
    }

    private Datagrams() {}

    static byte[] random(RandomGenerator random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    /** Makes the checksums right. */
    static void fix(byte[] octets) {
        ByteBuffer packet = ByteBuffer.wrap(octets);
        boolean ipv6 = octets[0] >> 4 == 6;
        int ip = ipv6 ? 40 : (octets[0] & 15) * 4;
        boolean udp = octets[ipv6 ? 6 : 9] == 17;
        if (!ipv6) {
            packet.putShort(10, (short) 0).putShort(10, (short) ~sum(0, octets, 0, ip));
        }
        int at = ip + (udp ? 6 : 16);
        packet.putShort(at, (short) 0);
        int checksum = ~transportSum(octets) & 0xFFFF;
        packet.putShort(at, (short) (udp && checksum == 0 ? 0xFFFF : checksum));
    }

    /** Whether both checksums are right. */
    static boolean isRight(byte[] octets) {
        return transportSum(octets) == 0xFFFF
                && (octets[0] >> 4 == 6 || sum(0, octets, 0, (octets[0] & 15) * 4) == 0xFFFF);
    }

    private static int transportSum(byte[] octets) {
        boolean ipv6 = octets[0] >> 4 == 6;
        int ip = ipv6 ? 40 : (octets[0] & 15) * 4;
        int pseudo = octets.length - ip + octets[ipv6 ? 6 : 9];
        pseudo = sum(pseudo, octets, ipv6 ? 8 : 12, ipv6 ? 40 : 20);
        return sum(pseudo, octets, ip, octets.length);
    }

    static int sum(int start, byte[] octets, int from, int to) {
        int sum = start;
        for (int i = from; i < to; i++) {
            sum += ((i - from) & 1) == 0 ? (octets[i] & 0xFF) << 8 : octets[i] & 0xFF;
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return sum;
    }

    static ByteBuf direct(byte[] octets) {
        return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(octets.length).put(0, octets));
    }

    /** With eight octets of padding as destination options (RFC 8200 §4.6). */
    static byte[] extended(byte[] datagram) {
        ByteBuffer with = ByteBuffer.allocate(datagram.length + 8).put(datagram, 0, 40);
        with.putShort(4, (short) (datagram.length - 40 + 8)).put(6, (byte) 60);
        return with.putLong(0x0600_0104_0000_0000L)
                .put(datagram, 40, datagram.length - 40)
                .array();
    }
}
