package org.jpptp.ppp.text;

import io.netty.buffer.ByteBuf;

/** The types of EAP Requests and Responses in the notation of pppd: {@code Identity <Name "alice">}. */
final class EapText {
    private static final int REQUEST = 1;
    private static final int RESPONSE = 2;

    private static final int IDENTITY = 1;
    private static final int NOTIFICATION = 2;
    private static final int NAK = 3;
    private static final int MD5_CHALLENGE = 4;
    private static final int OTP = 5;
    private static final int GENERIC_TOKEN = 6;
    private static final int MSCHAPV2 = 26;

    private static final int CHALLENGE = 1;
    private static final int SUCCESS = 3;
    private static final int FAILURE = 4;
    /** Octets of OpCode, MS-CHAPv2-ID and MS-Length. */
    private static final int MSCHAPV2_HEADER = 4;

    private EapText() {}

    /** Reads what it understands of a packet's data and leaves the rest. */
    static void describe(StringBuilder text, int code, ByteBuf data) {
        if (code != REQUEST && code != RESPONSE) {
            return;
        }
        if (!data.isReadable()) {
            text.append(" <missing type>");
            return;
        }
        int type = data.readUnsignedByte();
        String name = name(type);
        text.append(name.isEmpty() ? " type=0x" + Integer.toHexString(type) : " " + name);
        switch (type) {
            case IDENTITY, NOTIFICATION -> {
                if (data.isReadable()) {
                    quoted(text.append(code == REQUEST ? " <Message " : " <Name "), data);
                } else if (code == REQUEST) {
                    text.append(" <No message>");
                }
            }
            case NAK -> {
                if (data.isReadable()) {
                    int wanted = data.readUnsignedByte();
                    text.append(" <Suggested-type ").append(PacketText.hex(wanted));
                    text.append(name(wanted).isEmpty() ? ">" : " (" + name(wanted) + ")>");
                }
            }
            case MD5_CHALLENGE -> value(text, " <Value ", " ", data);
            case MSCHAPV2 -> msChapV2(text, data);
            case OTP, GENERIC_TOKEN -> {
                if (code == RESPONSE) {
                    text.append(" <hidden>");
                    data.skipBytes(data.readableBytes());
                }
            }
            default -> {
                // Octets.
            }
        }
    }

    private static String name(int type) {
        return switch (type) {
            case IDENTITY -> "Identity";
            case NOTIFICATION -> "Notification";
            case NAK -> "Nak";
            case MD5_CHALLENGE -> "MD5-Challenge";
            case OTP -> "OTP";
            case GENERIC_TOKEN -> "Generic-Token";
            case 13 -> "TLS";
            case 21 -> "TTLS";
            case 25 -> "PEAP";
            case MSCHAPV2 -> "MSCHAPv2";
            default -> "";
        };
    }

    private static void msChapV2(StringBuilder text, ByteBuf data) {
        if (!data.isReadable()) {
            return;
        }
        int opCode = data.getUnsignedByte(data.readerIndex());
        String name =
                switch (opCode) {
                    case CHALLENGE -> " Challenge";
                    case 2 -> " Response";
                    case SUCCESS -> " Success";
                    case FAILURE -> " Failure";
                    case 7 -> " Change-Password";
                    default -> " opcode=0x" + Integer.toHexString(opCode);
                };
        text.append(name);
        if (data.readableBytes() < MSCHAPV2_HEADER) {
            // The OpCode alone acknowledges.
            data.skipBytes(1);
            return;
        }
        data.skipBytes(1);
        text.append(" id=0x").append(Integer.toHexString(data.readUnsignedByte()));
        data.skipBytes(2);
        if (opCode == SUCCESS || opCode == FAILURE) {
            quoted(text.append(" <Message "), data);
        } else if (opCode <= 2) {
            value(text, " <", ", ", data);
        }
    }

    private static void value(StringBuilder text, String open, String between, ByteBuf data) {
        if (!data.isReadable() || data.getUnsignedByte(data.readerIndex()) >= data.readableBytes()) {
            return;
        }
        int length = data.readUnsignedByte();
        text.append(open);
        for (int i = 0; i < length; i++) {
            text.append(PacketText.hex(data.readUnsignedByte()));
        }
        text.append('>').append(between);
        if (data.isReadable()) {
            quoted(text.append("<Name "), data);
        } else {
            text.append("<No name>");
        }
    }

    private static void quoted(StringBuilder text, ByteBuf data) {
        PacketText.quoted(text, data);
        text.append('>');
    }
}
