package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jpptp.ppp.text.PacketText;
import org.jpptp.ppp.wire.PppProtocol;

/** Control packets in words: an octet that chooses the protocol, then the packet. */
public final class PacketTextFuzz {
    private static final int[] PROTOCOLS = {
        PppProtocol.LCP,
        PppProtocol.PAP,
        PppProtocol.CHAP,
        PppProtocol.EAP,
        PppProtocol.CCP,
        PppProtocol.IPCP,
        PppProtocol.IPV6CP,
        PppProtocol.CBCP,
        PppProtocol.SPAP,
        0x8053
    };

    private PacketTextFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Input input = new Input(data);
        int protocol = PROTOCOLS[input.below(PROTOCOLS.length)];
        byte[] octets = input.rest();
        ByteBuf packet = Unpooled.wrappedBuffer(octets);
        String line = PacketText.describe(protocol, packet);
        kept(packet.readerIndex() == 0 && packet.readableBytes() == octets.length, "the packet is left alone");
        kept(line.chars().allMatch(c -> c >= ' ' && c <= '~'), "a line is printable ASCII");
        kept(line.length() <= 200 + 20 * octets.length, "a line is no longer than its packet is worth");
    }

    /** The number that chooses a protocol, for inputs that are made. */
    static int choosing(int protocol) {
        for (int i = 0; i < PROTOCOLS.length; i++) {
            if (PROTOCOLS[i] == protocol) {
                return i;
            }
        }
        throw new IllegalArgumentException("protocol " + protocol);
    }
}
