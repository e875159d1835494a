package org.jpptp.ppp.auth.eap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * The packets of EAP (RFC 2284 §2.2).
 *
 * <p>Octets are held as they were on the wire; they are not copied when handed out, and nobody changes them.
 */
@SuppressWarnings("ArrayRecordComponent") // Packets are taken apart, never compared.
sealed interface EapPacket {
    /** The PPP protocol number of EAP. */
    int PROTOCOL = 0xc227;

    /** Code, identifier and length. */
    int HEADER_OCTETS = 4;

    int REQUEST = 1;
    int RESPONSE = 2;
    int SUCCESS = 3;
    int FAILURE = 4;

    /** Code 1; {@code data} is the Type-Data. */
    record Request(int identifier, int type, byte[] data) implements EapPacket {
        @Override
        public void writeTo(ByteBuf out) {
            writeTyped(out, REQUEST, identifier, type, data);
        }
    }

    /** Code 2; {@code data} is the Type-Data. */
    record Response(int identifier, int type, byte[] data) implements EapPacket {
        @Override
        public void writeTo(ByteBuf out) {
            writeTyped(out, RESPONSE, identifier, type, data);
        }
    }

    /** Code 3. */
    record Success(int identifier) implements EapPacket {
        @Override
        public void writeTo(ByteBuf out) {
            out.writeByte(SUCCESS).writeByte(identifier).writeShort(HEADER_OCTETS);
        }
    }

    /** Code 4. */
    record Failure(int identifier) implements EapPacket {
        @Override
        public void writeTo(ByteBuf out) {
            out.writeByte(FAILURE).writeByte(identifier).writeShort(HEADER_OCTETS);
        }
    }

    /** What cannot be read as any of the others, and why. */
    record Malformed(String why) implements EapPacket {
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
    static EapPacket parse(ByteBuf packet) {
        if (packet.readableBytes() < HEADER_OCTETS) {
            return new Malformed("an EAP packet of " + packet.readableBytes() + " octets");
        }
        int at = packet.readerIndex();
        int code = packet.getUnsignedByte(at);
        int identifier = packet.getUnsignedByte(at + 1);
        int length = packet.getUnsignedShort(at + 2);
        if (length < HEADER_OCTETS || length > packet.readableBytes()) {
            return new Malformed("an EAP length of " + length + " in " + packet.readableBytes() + " octets");
        }
        return switch (code) {
            case REQUEST, RESPONSE -> {
                if (length == HEADER_OCTETS) {
                    yield new Malformed("an EAP packet without a type");
                }
                int type = packet.getUnsignedByte(at + HEADER_OCTETS);
                byte[] data = ByteBufUtil.getBytes(packet, at + HEADER_OCTETS + 1, length - HEADER_OCTETS - 1);
                yield code == REQUEST ? new Request(identifier, type, data) : new Response(identifier, type, data);
            }
            case SUCCESS -> new Success(identifier);
            case FAILURE -> new Failure(identifier);
            default -> new Malformed("EAP code " + code);
        };
    }

    private static void writeTyped(ByteBuf out, int code, int identifier, int type, byte[] data) {
        out.writeByte(code).writeByte(identifier).writeShort(HEADER_OCTETS + 1 + data.length);
        out.writeByte(type).writeBytes(data);
    }
}
