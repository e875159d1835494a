package org.jpptp.client.anonymous;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jpptp.gre.wire.GreHeader;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;

/** What frames of PPP say of people: addresses and names in control packets, everything in datagrams. */
final class AnonymousPpp {
    private static final int FIRST_CONTROL_PROTOCOL = 0x8000;
    private static final int HEADER = 4;
    /** The coherency count of MPPE and its bits. */
    private static final int CODED_HEADER = 2;

    private static final int ENDPOINT = 19;
    private static final int CHALLENGE = 1;
    private static final int RESPONSE = 2;
    private static final int EAP_IDENTITY = 1;
    private static final int EAP_MD5 = 4;
    private static final int EAP_MSCHAPV2 = 26;

    private final Pseudonyms pseudonyms;

    AnonymousPpp(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    /**
     * A packet of enhanced GRE.
     *
     * @param at where its header begins
     * @return where it is to be cut
     */
    int gre(byte[] packet, int at) {
        GreHeader header = new GreHeader();
        ByteBuf whole = Unpooled.wrappedBuffer(packet);
        if (header.parse(whole, at, packet.length) != GreHeader.Result.OK) {
            return Math.min(packet.length, at + GreHeader.ONE_NUMBER_LENGTH);
        }
        ByteBuf frame = whole.slice(header.payloadIndex(), header.payloadLength());
        int protocol = PppFrame.parse(frame);
        int start = header.payloadIndex() + frame.readerIndex();
        int end = header.payloadIndex() + header.payloadLength();
        if (header.payloadLength() == 0) {
            return packet.length;
        }
        if (protocol < FIRST_CONTROL_PROTOCOL) {
            return Math.min(end, start + (protocol == PppProtocol.COMPRESSED ? CODED_HEADER : 0));
        }
        control(packet, protocol, start, end);
        return packet.length;
    }

    private void control(byte[] octets, int protocol, int at, int end) {
        if (end - at > HEADER) {
            int code = octets[at];
            int data = at + HEADER;
            switch (protocol) {
                case PppProtocol.IPCP -> options(octets, code, data, end, this::address);
                case PppProtocol.IPV6CP -> options(octets, code, data, end, this::identifier);
                case PppProtocol.LCP -> lcp(octets, code, data, end);
                case PppProtocol.CHAP -> chap(octets, code, data, end);
                case PppProtocol.PAP -> name(octets, data + 1, Math.min(end, data + 1 + Octets.u8(octets, data)));
                case PppProtocol.EAP -> eap(octets, data, end);
                default -> {
                    // Says nothing of people that is known.
                }
            }
        }
        byte[] rest = Arrays.copyOfRange(octets, at, end);
        pseudonyms.scrub(rest, 0);
        System.arraycopy(rest, 0, octets, at, rest.length);
    }

    /** What becomes of an option. */
    private interface OptionValue {
        void replace(byte[] octets, int type, int at, int end);
    }

    private static void options(byte[] octets, int code, int from, int end, OptionValue value) {
        if (code < ControlPacket.CONFIGURE_REQUEST || code > ControlPacket.CONFIGURE_REJECT) {
            return;
        }
        int at = from;
        while (at + 2 <= end) {
            int length = Octets.u8(octets, at + 1);
            if (length < 2 || at + length > end) {
                return;
            }
            value.replace(octets, Octets.u8(octets, at), at + 2, at + length);
            at += length;
        }
    }

    /** All options of IPCP with four or eight octets have addresses, but for that of compression. */
    private void address(byte[] octets, int type, int at, int end) {
        if (type != 2) {
            for (int i = at; i + 4 <= end; i += 4) {
                Octets.put32(octets, i, pseudonyms.address(Octets.i32(octets, i)));
            }
        }
    }

    private void identifier(byte[] octets, int type, int at, int end) {
        byte[] original = Arrays.copyOfRange(octets, at, end);
        boolean zero = Arrays.equals(original, new byte[original.length]);
        if (type == 1 && original.length == 8 && !zero) {
            System.arraycopy(pseudonyms.identifier(original), 0, octets, at, original.length);
        }
    }

    /** Its endpoint discriminator is an address or a name (RFC 1990 §5.1.3); of a protocol that is rejected, the packet is. */
    private void lcp(byte[] octets, int code, int from, int end) {
        if (code == ControlPacket.PROTOCOL_REJECT && end - from >= 2) {
            control(octets, Octets.u16(octets, from), from + 2, end);
            return;
        }
        options(octets, code, from, end, (all, type, at, last) -> {
            if (type == ENDPOINT && at < last) {
                Arrays.fill(all, at + 1, last, (byte) 0);
            }
        });
    }

    private void chap(byte[] octets, int code, int at, int end) {
        if (code == CHALLENGE || code == RESPONSE) {
            name(octets, at + 1 + Octets.u8(octets, at), end);
        }
    }

    private void eap(byte[] octets, int at, int end) {
        switch (octets[at]) {
            case EAP_IDENTITY -> name(octets, at + 1, end);
            case EAP_MD5 -> {
                if (at + 1 < end) {
                    name(octets, at + 2 + Octets.u8(octets, at + 1), end);
                }
            }
            case EAP_MSCHAPV2 -> {
                if (at + 1 + HEADER < end) {
                    chap(octets, octets[at + 1], at + 1 + HEADER, end);
                }
            }
            default -> {
                // Others have none in clear.
            }
        }
    }

    private void name(byte[] octets, int from, int end) {
        if (from < end && from >= 0) {
            String name = new String(octets, from, end - from, StandardCharsets.UTF_8);
            byte[] by = pseudonyms.name(Pseudonyms.Kind.NAME, name).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(by, 0, octets, from, Math.min(by.length, end - from));
        }
    }
}
