package org.jpptp.ppp.text;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ConfigOptions;
import org.jpptp.ppp.wire.PppProtocol;

/** Configuration Options in the notation of pppd: {@code <mppe +H -M +S -L -D -C>}. */
public final class OptionText {
    private static final int MPPE_H = 0x01;
    private static final int MPPE_KNOWN = 0xF1;

    private static final List<String> CALLBACKS =
            List.of("auth", "dialstring", "location", "E.164", "name", "", "CBCP");
    private static final List<String> ENDPOINTS = List.of("null", "local", "IP", "MAC", "magic", "phone");
    private static final int ENDPOINT_MAC = 3;

    private OptionText() {}

    /** Describes options of a protocol, separated by spaces. */
    public static String describe(int protocol, List<ConfigOption> options) {
        StringBuilder text = new StringBuilder();
        options(text, protocol, Unpooled.wrappedBuffer(ConfigOptions.encode(options)));
        return text.toString().strip();
    }

    /** Reads well-formed options and leaves the rest, each with a space in front. */
    static void options(StringBuilder text, int protocol, ByteBuf data) {
        while (data.readableBytes() >= ConfigOption.HEADER) {
            int length = data.getUnsignedByte(data.readerIndex() + 1);
            if (length < ConfigOption.HEADER || length > data.readableBytes()) {
                return;
            }
            ByteBuf option = data.readSlice(length);
            int type = option.getUnsignedByte(0);
            ByteBuf value = option.slice(ConfigOption.HEADER, length - ConfigOption.HEADER);
            text.append(" <");
            boolean known =
                    switch (protocol) {
                        case PppProtocol.LCP -> lcp(text, type, value);
                        case PppProtocol.CCP -> ccp(text, type, value);
                        case PppProtocol.IPCP -> ipcp(text, type, value);
                        case PppProtocol.IPV6CP -> ipv6cp(text, type, value);
                        default -> false;
                    };
            // An option that pppd does not know is shown with its type and length.
            ByteBuf left = known ? value : option;
            while (left.isReadable()) {
                text.append(' ').append(PacketText.hex(left.readUnsignedByte()));
            }
            text.append('>');
        }
    }

    private static boolean lcp(StringBuilder text, int type, ByteBuf value) {
        int length = value.readableBytes();
        switch (type) {
            case 1 -> {
                return length == 2 && number(text, "mru ", value);
            }
            case 2 -> {
                return length == 4 && hexadecimal(text, "asyncmap 0x", value.readInt());
            }
            case 3 -> {
                return length >= 2 && authentication(text, value);
            }
            case 4 -> {
                return length >= 2 && quality(text, value.readUnsignedShort());
            }
            case 5 -> {
                return length == 4 && hexadecimal(text, "magic 0x", value.readInt());
            }
            case 7 -> {
                return length == 0 && word(text, "pcomp");
            }
            case 8 -> {
                return length == 0 && word(text, "accomp");
            }
            case 13 -> {
                return length >= 1 && callback(text, value.readUnsignedByte());
            }
            case 17 -> {
                return length == 2 && number(text, "mrru ", value);
            }
            case 18 -> {
                return length == 0 && word(text, "ssnhf");
            }
            case 19 -> {
                return length >= 1 && endpoint(text, value);
            }
            default -> {
                return false;
            }
        }
    }

    private static boolean authentication(StringBuilder text, ByteBuf value) {
        int protocol = value.readUnsignedShort();
        text.append("auth ");
        switch (protocol) {
            case PppProtocol.PAP -> text.append("pap");
            case PppProtocol.EAP -> text.append("eap");
            case PppProtocol.CHAP -> {
                text.append("chap");
                String algorithm = !value.isReadable()
                        ? ""
                        : switch (value.getUnsignedByte(value.readerIndex())) {
                            case 0x05 -> " MD5";
                            case 0x80 -> " MS";
                            case 0x81 -> " MS-v2";
                            default -> "";
                        };
                text.append(algorithm);
                if (!algorithm.isEmpty()) {
                    value.skipBytes(1);
                }
            }
            default -> text.append("0x").append(Integer.toHexString(protocol));
        }
        return true;
    }

    private static boolean quality(StringBuilder text, int protocol) {
        return protocol == PppProtocol.LINK_QUALITY
                ? word(text, "quality lqr")
                : hexadecimal(text, "quality 0x", protocol);
    }

    private static boolean callback(StringBuilder text, int operation) {
        String name = operation < CALLBACKS.size() ? CALLBACKS.get(operation) : "";
        return name.isEmpty() ? hexadecimal(text, "callback 0x", operation) : word(text, "callback " + name);
    }

    private static boolean endpoint(StringBuilder text, ByteBuf value) {
        int kind = value.readUnsignedByte();
        text.append("endpoint [");
        if (kind < ENDPOINTS.size()) {
            text.append(ENDPOINTS.get(kind));
        } else {
            text.append(kind);
        }
        text.append(value.isReadable() ? ":" : "");
        for (boolean first = true; value.isReadable(); first = false) {
            text.append(first ? "" : kind == ENDPOINT_MAC ? ":" : ".").append(PacketText.hex(value.readUnsignedByte()));
        }
        text.append(']');
        return true;
    }

    private static boolean ccp(StringBuilder text, int type, ByteBuf value) {
        int length = value.readableBytes();
        switch (type) {
            case 18 -> {
                return length >= 4 && mppe(text, value.readInt());
            }
            case 1 -> {
                return word(text, "predictor 1");
            }
            case 2 -> {
                return word(text, "predictor 2");
            }
            case 21 -> {
                return length >= 1 && bsd(text, value.readUnsignedByte());
            }
            case 24, 26 -> {
                return length >= 2 && deflate(text, type == 24 ? "(old#)" : "", value);
            }
            default -> {
                return false;
            }
        }
    }

    private static boolean mppe(StringBuilder text, int bits) {
        text.append("mppe ");
        text.append((bits >>> 24 & MPPE_H) != 0 ? "+H" : "-H");
        text.append((bits & 0x80) != 0 ? " +M" : " -M");
        text.append((bits & 0x40) != 0 ? " +S" : " -S");
        text.append((bits & 0x20) != 0 ? " +L" : " -L");
        text.append((bits & 0x10) != 0 ? " +D" : " -D");
        text.append((bits & 0x01) != 0 ? " +C" : " -C");
        if ((bits & ~(MPPE_H << 24 | MPPE_KNOWN)) != 0) {
            text.append(" +U (");
            for (int shift = 24; shift >= 0; shift -= 8) {
                text.append(PacketText.hex(bits >>> shift)).append(shift > 0 ? " " : ")");
            }
        }
        return true;
    }

    private static boolean bsd(StringBuilder text, int octet) {
        return word(text, "bsd v" + (octet >> 5) + " " + (octet & 31));
    }

    private static boolean deflate(StringBuilder text, String draft, ByteBuf value) {
        int octet = value.readUnsignedByte();
        int check = value.readUnsignedByte();
        text.append("deflate").append(draft).append(' ').append((octet >> 4) + 8);
        if ((octet & 15) != 8) {
            text.append(" method ").append(octet & 15);
        }
        if (check != 0) {
            text.append(" check ").append(check);
        }
        return true;
    }

    private static boolean ipcp(StringBuilder text, int type, ByteBuf value) {
        int length = value.readableBytes();
        switch (type) {
            case 1 -> {
                return length == 8 && address(text, "addrs ", value) && address(text, " ", value);
            }
            case 2 -> {
                return length >= 2 && compression(text, value.readUnsignedShort());
            }
            case 3 -> {
                return length == 4 && address(text, "addr ", value);
            }
            case 129 -> {
                return length == 4 && address(text, "ms-dns1 ", value);
            }
            case 131 -> {
                return length == 4 && address(text, "ms-dns2 ", value);
            }
            case 130, 132 -> {
                return length == 4 && address(text, "ms-wins ", value);
            }
            default -> {
                return false;
            }
        }
    }

    private static boolean compression(StringBuilder text, int protocol) {
        return protocol == 0x002D ? word(text, "compress VJ") : hexadecimal(text, "compress 0x", protocol);
    }

    private static boolean ipv6cp(StringBuilder text, int type, ByteBuf value) {
        if (type != 1 || value.readableBytes() != 8) {
            return false;
        }
        text.append("addr fe80:");
        for (int i = 0; i < 4; i++) {
            text.append(':')
                    .append(PacketText.hex(value.readUnsignedByte()))
                    .append(PacketText.hex(value.readUnsignedByte()));
        }
        return true;
    }

    private static boolean address(StringBuilder text, String name, ByteBuf value) {
        text.append(name);
        for (int i = 0; i < 4; i++) {
            text.append(i == 0 ? "" : ".").append(value.readUnsignedByte());
        }
        return true;
    }

    private static boolean number(StringBuilder text, String name, ByteBuf value) {
        text.append(name).append(value.readUnsignedShort());
        return true;
    }

    private static boolean hexadecimal(StringBuilder text, String name, int value) {
        text.append(name).append(Integer.toHexString(value));
        return true;
    }

    private static boolean word(StringBuilder text, String word) {
        text.append(word);
        return true;
    }
}
