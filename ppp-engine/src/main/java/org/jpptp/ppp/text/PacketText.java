package org.jpptp.ppp.text;

import io.netty.buffer.ByteBuf;
import java.util.regex.Pattern;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;

/**
 * Control packets in the notation of pppd's debug log, which everyone who has debugged a PPTP link can read: {@code LCP
 * ConfReq id=0x1 <mru 1400> <magic 0x68699bb0> <pcomp> <accomp>}.
 *
 * <p>Any octets can be described; a password never is.
 */
public final class PacketText {
    /** Octets of an uninterpreted rest shown at most. */
    private static final int REST = 32;

    private static final Pattern LONG_NUMBER = Pattern.compile("([0-9A-Fa-f]{8})[0-9A-Fa-f]{8,}");
    private static final Pattern OCTETS =
            Pattern.compile("((?: [0-9a-f]{2}){4})(?: [0-9a-f]{2})+(?: \\.\\.\\.)?(?= |$)");

    private static final int PAP_REQUEST = 1;
    private static final int CHAP_CHALLENGE = 1;
    private static final int CHAP_RESPONSE = 2;
    private static final int CHAP_CHANGE_PASSWORD = 7;
    /** The new password, encrypted (RFC 2759 §7). */
    private static final int ENCRYPTED_PASSWORD = 516;

    private static final int ENCRYPTED_HASH = 16;
    private static final int CHANGE_RESPONSE = 48;

    private PacketText() {}

    /**
     * Describes a packet.
     *
     * @param protocol the PPP protocol number
     * @param packet from the code field on; its indexes are left alone
     * @return one line of printable ASCII
     */
    public static String describe(int protocol, ByteBuf packet) {
        StringBuilder text = new StringBuilder(PppProtocol.name(protocol));
        String names = codeNames(protocol);
        if (names.isEmpty() || !(ControlPacket.parse(packet) instanceof ControlPacket control)) {
            rest(text, packet.slice());
            return text.toString();
        }
        String name = name(names, control.code());
        text.append(name.isEmpty() ? " code=0x" + Integer.toHexString(control.code()) : " " + name)
                .append(" id=0x")
                .append(Integer.toHexString(control.id()));
        ByteBuf data = control.data();
        switch (protocol) {
            case PppProtocol.CHAP -> chap(text, control.code(), data);
            case PppProtocol.PAP -> pap(text, control.code(), data);
            case PppProtocol.EAP -> {
                EapText.describe(text, control.code(), data);
                rest(text, data);
            }
            default -> control(text, protocol, control.code(), data);
        }
        return text.toString();
    }

    /**
     * Describes a packet for a trace that may be shown to others: of what a password could be found by, challenges, responses
     * and proofs, there is only the beginning (RFC 2759 comes down to one DES key).
     */
    public static String describeForOthers(int protocol, ByteBuf packet) {
        String text = describe(protocol, packet);
        return isAuthentication(protocol) ? shortened(text) : text;
    }

    /** A line of a trace for others: of long numbers in hexadecimal, and of many octets, there is only the beginning. */
    public static String shortened(String line) {
        return LONG_NUMBER.matcher(OCTETS.matcher(line).replaceAll("$1 ...")).replaceAll("$1...");
    }

    /** Whether packets of this protocol hold what a password could be found by. */
    public static boolean isAuthentication(int protocol) {
        return protocol == PppProtocol.CHAP || protocol == PppProtocol.EAP || protocol == PppProtocol.PAP;
    }

    /** Protocol and code alone, such as {@code LCP ConfReq}. */
    public static String kind(int protocol, int code) {
        String names = codeNames(protocol);
        String name = names.isEmpty() ? "" : name(names, code);
        return PppProtocol.name(protocol) + (name.isEmpty() ? "" : " " + name);
    }

    private static String codeNames(int protocol) {
        String common = "ConfReq ConfAck ConfNak ConfRej TermReq TermAck CodeRej";
        return switch (protocol) {
            case PppProtocol.LCP -> common + " ProtRej EchoReq EchoRep DiscReq Ident TimeRem";
            case PppProtocol.CCP -> common + " - - - - - - ResetReq ResetAck";
            case PppProtocol.IPCP, PppProtocol.IPV6CP -> common;
            case PppProtocol.CHAP -> "Challenge Response Success Failure - ChgPwd ChgPwd";
            case PppProtocol.PAP -> "AuthReq AuthAck AuthNak";
            case PppProtocol.EAP -> "Request Response Success Failure";
            default -> "";
        };
    }

    private static String name(String names, int code) {
        String[] all = names.split(" ", -1);
        return code >= 1 && code <= all.length && !all[code - 1].equals("-") ? all[code - 1] : "";
    }

    private static void control(StringBuilder text, int protocol, int code, ByteBuf data) {
        switch (code) {
            case ControlPacket.CONFIGURE_REQUEST,
                    ControlPacket.CONFIGURE_ACK,
                    ControlPacket.CONFIGURE_NAK,
                    ControlPacket.CONFIGURE_REJECT -> OptionText.options(text, protocol, data);
            case ControlPacket.TERMINATE_REQUEST, ControlPacket.TERMINATE_ACK -> {
                if (data.isReadable() && printable(data.getUnsignedByte(data.readerIndex()))) {
                    quoted(text.append(' '), data);
                }
            }
            case ControlPacket.ECHO_REQUEST, ControlPacket.ECHO_REPLY, ControlPacket.DISCARD_REQUEST ->
                magic(text, data);
            case ControlPacket.IDENTIFICATION -> {
                magic(text, data);
                if (data.isReadable()) {
                    quoted(text.append(' '), data);
                }
            }
            case ControlPacket.TIME_REMAINING -> {
                magic(text, data);
                if (data.readableBytes() >= 4) {
                    text.append(" seconds=").append(data.readUnsignedInt());
                }
                if (data.isReadable()) {
                    quoted(text.append(' '), data);
                }
            }
            default -> {
                // Code-Reject, Protocol-Reject and unknown codes: octets.
            }
        }
        rest(text, data);
    }

    private static void magic(StringBuilder text, ByteBuf data) {
        if (data.readableBytes() >= 4) {
            text.append(" magic=0x").append(Integer.toHexString(data.readInt()));
        }
    }

    private static void chap(StringBuilder text, int code, ByteBuf data) {
        if (code == CHAP_CHALLENGE || code == CHAP_RESPONSE) {
            if (data.isReadable() && data.getUnsignedByte(data.readerIndex()) < data.readableBytes()) {
                value(text, data, data.readUnsignedByte());
                quoted(text.append(", name = "), data);
            }
        } else if (code == CHAP_CHANGE_PASSWORD
                && data.readableBytes() >= ENCRYPTED_PASSWORD + ENCRYPTED_HASH + CHANGE_RESPONSE) {
            text.append(" <").append(ENCRYPTED_PASSWORD).append(" encrypted octets>");
            value(text, data.skipBytes(ENCRYPTED_PASSWORD), ENCRYPTED_HASH);
            value(text, data, CHANGE_RESPONSE);
        } else if (code <= 4 && code > 0) {
            quoted(text.append(' '), data);
        }
        rest(text, data);
    }

    private static void value(StringBuilder text, ByteBuf data, int octets) {
        text.append(" <");
        for (int i = 0; i < octets; i++) {
            text.append(hex(data.readUnsignedByte()));
        }
        text.append('>');
    }

    private static void pap(StringBuilder text, int code, ByteBuf data) {
        if (code == PAP_REQUEST) {
            if (holdsNameAndPassword(data)) {
                quoted(text.append(" user="), data.readSlice(data.readUnsignedByte()));
            }
            text.append(" password=<hidden>");
            return;
        }
        if (data.isReadable() && data.getUnsignedByte(data.readerIndex()) < data.readableBytes()) {
            quoted(text.append(' '), data.readSlice(data.readUnsignedByte()));
        }
        rest(text, data);
    }

    /** Whether both lengths are right: else what is taken for the name may be the password. */
    private static boolean holdsNameAndPassword(ByteBuf data) {
        if (!data.isReadable()) {
            return false;
        }
        int start = data.readerIndex();
        int name = data.getUnsignedByte(start);
        return data.readableBytes() > name + 1
                && data.readableBytes() == name + 2 + data.getUnsignedByte(start + 1 + name);
    }

    private static boolean printable(int octet) {
        return octet >= ' ' && octet <= '~';
    }

    /** Text in quotes with the escapes of C, as pppd writes it; all of it is read. */
    static void quoted(StringBuilder text, ByteBuf data) {
        text.append('"');
        while (data.isReadable()) {
            int octet = data.readUnsignedByte();
            if (printable(octet)) {
                if (octet == '\\' || octet == '"') {
                    text.append('\\');
                }
                text.append((char) octet);
            } else {
                switch (octet) {
                    case '\n' -> text.append("\\n");
                    case '\r' -> text.append("\\r");
                    case '\t' -> text.append("\\t");
                    default ->
                        text.append('\\')
                                .append((char) ('0' + (octet >> 6)))
                                .append((char) ('0' + (octet >> 3 & 7)))
                                .append((char) ('0' + (octet & 7)));
                }
            }
        }
        text.append('"');
    }

    private static void rest(StringBuilder text, ByteBuf data) {
        for (int i = 0; i < REST && data.isReadable(); i++) {
            text.append(' ').append(hex(data.readUnsignedByte()));
        }
        if (data.isReadable()) {
            text.append(" ...");
        }
    }

    /** Two hexadecimal digits. */
    static String hex(int octet) {
        return "" + Character.forDigit(octet >> 4 & 15, 16) + Character.forDigit(octet & 15, 16);
    }
}
