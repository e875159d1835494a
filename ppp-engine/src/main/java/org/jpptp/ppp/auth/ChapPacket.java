package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;

/**
 * The packets of CHAP (RFC 1994 §4), and the Change-Passwords of MS-CHAP.
 *
 * <p>Octets are held as they were on the wire; they are not copied when handed out, and nobody changes them.
 */
@SuppressWarnings("ArrayRecordComponent") // Packets are taken apart, never compared.
public sealed interface ChapPacket {
    /** The PPP protocol number of CHAP. */
    int PROTOCOL = 0xc223;

    /** Code, identifier and length. */
    int HEADER_OCTETS = 4;

    int CHALLENGE = 1;
    int RESPONSE = 2;
    int SUCCESS = 3;
    int FAILURE = 4;

    /** Code 1. */
    record Challenge(int identifier, byte[] value, byte[] name) implements ChapPacket {
        @Override
        public void writeTo(ByteBuf out) {
            writeValue(out, CHALLENGE, identifier, value, name);
        }
    }

    /** Code 2. */
    record Response(int identifier, byte[] value, byte[] name) implements ChapPacket {
        @Override
        public void writeTo(ByteBuf out) {
            writeValue(out, RESPONSE, identifier, value, name);
        }
    }

    /** Code 3. */
    record Success(int identifier, byte[] message) implements ChapPacket {
        @Override
        public void writeTo(ByteBuf out) {
            writeMessage(out, SUCCESS, identifier, message);
        }
    }

    /** Code 4. */
    record Failure(int identifier, byte[] message) implements ChapPacket {
        @Override
        public void writeTo(ByteBuf out) {
            writeMessage(out, FAILURE, identifier, message);
        }
    }

    /**
     * Codes 6 and 7, which Microsoft added: RFC 2433 §10 and RFC 2759 §7.
     *
     * @param code which of the two
     * @param data behind the length field, as many octets as the code demands
     */
    record ChangePassword(int code, int identifier, byte[] data) implements ChapPacket {
        @Override
        public void writeTo(ByteBuf out) {
            writeMessage(out, code, identifier, data);
        }
    }

    /** What cannot be read as any of the others, and why. */
    record Malformed(String why) implements ChapPacket {
        @Override
        public void writeTo(ByteBuf out) {
            throw new UnsupportedOperationException("nobody sends a malformed packet");
        }
    }

    /** Appends the packet from the code field on. */
    void writeTo(ByteBuf out);

    /**
     * Reads a packet.
     *
     * @param packet readable octets from the code field on; what lies behind the length field is padding
     */
    static ChapPacket parse(ByteBuf packet) {
        if (packet.readableBytes() < HEADER_OCTETS) {
            return new Malformed("a CHAP packet of " + packet.readableBytes() + " octets");
        }
        int at = packet.readerIndex();
        int code = packet.getUnsignedByte(at);
        int identifier = packet.getUnsignedByte(at + 1);
        int length = packet.getUnsignedShort(at + 2);
        if (length < HEADER_OCTETS || length > packet.readableBytes()) {
            return new Malformed("a CHAP length of " + length + " in " + packet.readableBytes() + " octets");
        }
        byte[] body = new byte[length - HEADER_OCTETS];
        packet.getBytes(at + HEADER_OCTETS, body);
        return switch (code) {
            case CHALLENGE, RESPONSE -> parseValue(code, identifier, body);
            case SUCCESS -> new Success(identifier, body);
            case FAILURE -> new Failure(identifier, body);
            case MsChapChange.V1, MsChapChange.V2 ->
                body.length == MsChapChange.dataOctets(code)
                        ? new ChangePassword(code, identifier, body)
                        : new Malformed("a Change-Password of " + length + " octets");
            default -> new Malformed("CHAP code " + code);
        };
    }

    private static ChapPacket parseValue(int code, int identifier, byte[] body) {
        if (body.length == 0) {
            return new Malformed("a CHAP packet without a value");
        }
        int size = body[0] & 0xff;
        if (size > body.length - 1) {
            return new Malformed("a CHAP value of " + size + " in " + (body.length - 1) + " octets");
        }
        byte[] value = new byte[size];
        byte[] name = new byte[body.length - 1 - size];
        System.arraycopy(body, 1, value, 0, size);
        System.arraycopy(body, 1 + size, name, 0, name.length);
        return code == CHALLENGE ? new Challenge(identifier, value, name) : new Response(identifier, value, name);
    }

    private static void writeValue(ByteBuf out, int code, int identifier, byte[] value, byte[] name) {
        out.writeByte(code).writeByte(identifier).writeShort(HEADER_OCTETS + 1 + value.length + name.length);
        out.writeByte(value.length).writeBytes(value).writeBytes(name);
    }

    private static void writeMessage(ByteBuf out, int code, int identifier, byte[] message) {
        out.writeByte(code).writeByte(identifier).writeShort(HEADER_OCTETS + message.length);
        out.writeBytes(message);
    }
}
