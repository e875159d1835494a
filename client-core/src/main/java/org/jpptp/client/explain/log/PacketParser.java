package org.jpptp.client.explain.log;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/** Puts a packet together again from pppd's notation, {@code LCP ConfReq id=0x1 <mru 1400> <pcomp>}. */
final class PacketParser {
    private static final Pattern HEAD =
            Pattern.compile("(\\w{1,20})\\s+(\\w[\\w-]{0,30}+)(?:\\s+id=(0x[0-9a-fA-F]{1,8}|\\d{1,9}))?\\s*(.*)");
    private static final Pattern HEX_VALUE = Pattern.compile("<([0-9a-fA-FxX]*)>");
    private static final Pattern NAME = Pattern.compile("name\\s{0,8}=\\s{0,8}\"");
    private static final Pattern USER = Pattern.compile("user=\"");
    private static final Pattern MAGIC = Pattern.compile("magic=0x([0-9a-fA-F]{1,8})");
    private static final Pattern OCTET = Pattern.compile("(?:^|\\s)([0-9a-fA-F]{2})(?=\\s|$)");
    private static final int MOST = 1500;
    private static final int CHALLENGE_OCTETS = 16;
    private static final int RESPONSE_OCTETS = 49;

    private PacketParser() {}

    /** Null for what is no packet. */
    static Fact.@Nullable Packet parse(String text) {
        Matcher head = HEAD.matcher(text.strip());
        if (!head.matches()) {
            return null;
        }
        int protocol = protocol(head.group(1));
        int code = code(protocol, head.group(2));
        if (protocol < 0 || code < 0) {
            return null;
        }
        int id = head.group(3) == null ? 0 : number(head.group(3)) & 0xff;
        ByteBuf data = Unpooled.buffer();
        data(data, protocol, code, head.group(4));
        byte[] octets = new byte[Math.min(MOST, data.readableBytes())];
        data.readBytes(octets);
        return new Fact.Packet(protocol, ControlPacket.encode(code, id, octets));
    }

    private static int number(String text) {
        try {
            return Integer.decode(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static int protocol(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "LCP" -> PppProtocol.LCP;
            case "CHAP" -> PppProtocol.CHAP;
            case "PAP" -> PppProtocol.PAP;
            case "EAP" -> PppProtocol.EAP;
            case "CCP" -> PppProtocol.CCP;
            case "IPCP" -> PppProtocol.IPCP;
            case "IPV6CP" -> PppProtocol.IPV6CP;
            case "CBCP" -> PppProtocol.CBCP;
            default -> -1;
        };
    }

    private static int code(int protocol, String name) {
        return switch (protocol) {
            case PppProtocol.CHAP -> index("challenge response success failure", name);
            case PppProtocol.PAP -> index("authreq authack authnak", name);
            case PppProtocol.EAP -> index("request response success failure", name);
            default ->
                index(
                        "confreq confack confnak confrej termreq termack coderej protrej echoreq echorep discreq ident"
                                + " timerem resetreq resetack",
                        name);
        };
    }

    private static int index(String names, String name) {
        String[] all = names.split(" ", -1);
        for (int i = 0; i < all.length; i++) {
            if (all[i].equalsIgnoreCase(name)) {
                return i + 1;
            }
        }
        return -1;
    }

    private static void data(ByteBuf data, int protocol, int code, String rest) {
        switch (protocol) {
            case PppProtocol.CHAP -> chap(data, code, rest);
            case PppProtocol.PAP -> pap(data, code, rest);
            case PppProtocol.EAP -> eap(data, rest);
            default -> control(data, protocol, code, rest);
        }
    }

    private static void control(ByteBuf data, int protocol, int code, String rest) {
        if (code <= ControlPacket.CONFIGURE_REJECT) {
            OptionParser.options(data, protocol, rest);
            return;
        }
        Matcher magic = MAGIC.matcher(rest);
        if (code >= ControlPacket.ECHO_REQUEST && code <= ControlPacket.TIME_REMAINING && magic.find()) {
            data.writeInt((int) Long.parseLong(magic.group(1), 16));
            return;
        }
        String said = Quoted.first(rest);
        if (said != null) {
            data.writeBytes(unescaped(said));
            return;
        }
        Matcher octets = OCTET.matcher(rest);
        while (octets.find() && data.readableBytes() < MOST) {
            data.writeByte(Integer.parseInt(octets.group(1), 16));
        }
    }

    private static void chap(ByteBuf data, int code, String rest) {
        if (code > 2) {
            String said = Quoted.first(rest);
            data.writeBytes(said == null ? rest.strip().getBytes(StandardCharsets.ISO_8859_1) : unescaped(said));
            return;
        }
        Matcher value = HEX_VALUE.matcher(rest);
        byte[] octets = value.find() ? octets(value.group(1), code) : new byte[0];
        Matcher name = NAME.matcher(rest);
        data.writeByte(octets.length).writeBytes(octets);
        if (name.find()) {
            data.writeBytes(unescaped(Quoted.rest(rest, name.end())));
        }
    }

    /** What was made unreadable before the log was shown to others still has its length. */
    private static byte[] octets(String hex, int code) {
        if (hex.length() % 2 == 0 && !hex.isEmpty() && hex.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            byte[] octets = new byte[Math.min(255, hex.length() / 2)];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
            }
            return octets;
        }
        return new byte[code == 1 ? CHALLENGE_OCTETS : RESPONSE_OCTETS];
    }

    private static void pap(ByteBuf data, int code, String rest) {
        Matcher user = USER.matcher(rest);
        String named = code == 1 && user.find() ? Quoted.rest(rest, user.end()) : null;
        String text = code == 1 ? named : Quoted.first(rest);
        byte[] octets = text == null ? new byte[0] : unescaped(text);
        int length = Math.min(255, octets.length);
        data.writeByte(length).writeBytes(octets, 0, length);
        if (code == 1) {
            data.writeByte(0);
        }
    }

    private static void eap(ByteBuf data, String rest) {
        String name = Quoted.first(rest);
        String what = rest.strip().toLowerCase(Locale.ROOT);
        if (what.startsWith("identity")) {
            data.writeByte(1);
            if (name != null) {
                data.writeBytes(unescaped(name));
            }
        } else if (what.startsWith("notification")) {
            data.writeByte(2);
        } else if (what.startsWith("nak")) {
            data.writeByte(3);
        } else if (what.startsWith("md5")) {
            data.writeByte(4);
        } else if (what.startsWith("tls")) {
            data.writeByte(13);
        } else if (what.startsWith("mschap")) {
            data.writeByte(26);
            int verdict = what.startsWith("mschapv2 success") ? 3 : what.startsWith("mschapv2 failure") ? 4 : 0;
            if (verdict != 0) {
                data.writeByte(verdict).writeByte(0).writeShort(0); // neither identifier nor length is shown
                data.writeBytes(name == null ? new byte[0] : unescaped(name));
            }
        } else if (what.startsWith("type=0x") || what.startsWith("unknown")) {
            data.writeByte(0);
        }
    }

    /** Three digits that are an octet. */
    private static boolean isOctal(String text, int at) {
        return at + 2 < text.length()
                && text.charAt(at) >= '0'
                && text.charAt(at) <= '3'
                && Character.digit(text.charAt(at + 1), 8) >= 0
                && Character.digit(text.charAt(at + 2), 8) >= 0;
    }

    /** C's escapes, as pppd writes them, also with three octal digits. */
    static byte[] unescaped(String text) {
        ByteBuf octets = Unpooled.buffer(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                octets.writeByte(c);
            } else if (isOctal(text, i + 1)) {
                octets.writeByte(Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                i++;
                octets.writeByte(
                        switch (text.charAt(i)) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            default -> text.charAt(i);
                        });
            }
        }
        byte[] all = new byte[octets.readableBytes()];
        octets.readBytes(all);
        return all;
    }
}
