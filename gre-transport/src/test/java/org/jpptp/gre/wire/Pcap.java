package org.jpptp.gre.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads classic little-endian captures of Ethernet, as far as these tests need it. */
final class Pcap {
    private Pcap() {}

    /** The IPv4 datagrams of protocol 47, also behind a VLAN tag and an IPv6 header, the link's padding still there. */
    static List<ByteBuf> greDatagrams(String name) throws IOException {
        List<ByteBuf> datagrams = new ArrayList<>();
        for (ByteBuf frame : frames(name)) {
            int type = frame.skipBytes(12).readUnsignedShort();
            if (type == 0x8100) {
                type = frame.skipBytes(2).readUnsignedShort();
            }
            if (type == 0x86DD && frame.getByte(frame.readerIndex() + 6) == 4) {
                frame.skipBytes(40);
                type = 0x0800;
            }
            if (type == 0x0800 && frame.getByte(frame.readerIndex() + 9) == 47) {
                datagrams.add(frame);
            }
        }
        return datagrams;
    }

    private static List<ByteBuf> frames(String name) throws IOException {
        try (InputStream in = Pcap.class.getResourceAsStream("/captures/" + name)) {
            ByteBuf file = Unpooled.wrappedBuffer(in.readAllBytes());
            assertThat(file.readIntLE()).as("magic").isEqualTo(0xA1B2C3D4);
            file.skipBytes(20);
            List<ByteBuf> frames = new ArrayList<>();
            while (file.isReadable()) {
                int length = file.skipBytes(8).readIntLE();
                frames.add(file.skipBytes(4).readBytes(length));
            }
            return frames;
        }
    }
}
