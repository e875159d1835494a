package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The packets of PAP (RFC 1334 §2.2).
 *
 * <p>Octets are held as they were on the wire; they are not copied when handed out.
 */
@SuppressWarnings("ArrayRecordComponent") // Packets are taken apart, never compared.
public sealed interface PapPacket {
    /** The PPP protocol number of PAP. */
    int PROTOCOL = 0xc023;

    /** Code, identifier and length. */
    int HEADER_OCTETS = 4;

    /** Octets of a name, a password or a message: its length is one octet. */
    int MAX_TEXT = 255;

    int REQUEST = 1;
    int ACK = 2;
    int NAK = 3;

    /** Code 1; a record that never shows its password. */
    record Request(int identifier, byte[] name, byte[] password) implements PapPacket {
        /** @param out the packet is appended, from the code field on; name and password fit */
        void writeTo(ByteBuf out) {
            out.writeByte(REQUEST).writeByte(identifier).writeShort(HEADER_OCTETS + 2 + name.length + password.length);
            out.writeByte(name.length)
                    .writeBytes(name)
                    .writeByte(password.length)
                    .writeBytes(password);
        }

        @Override
        public String toString() {
            return "Request[" + identifier + "]";
        }
    }

    /**
     * Code 2 or 3.
     *
     * @param ack whether it is the Authenticate-Ack
     * @param message for people, empty where there is none
     */
    record Verdict(boolean ack, int identifier, byte[] message) implements PapPacket {
        /** @param out the packet is appended, from the code field on */
        void writeTo(ByteBuf out) {
            out.writeByte(ack ? ACK : NAK).writeByte(identifier).writeShort(HEADER_OCTETS + 1 + message.length);
            out.writeByte(message.length).writeBytes(message);
        }
    }

    /** What cannot be read as any of the others, and why. */
    record Malformed(String why) implements PapPacket {}

    /**
     * Reads a packet.
     *
     * @param packet readable octets from the code field on; what lies behind the length field is padding
     */
    static PapPacket parse(ByteBuf packet) {
        if (packet.readableBytes() < HEADER_OCTETS) {
            return new Malformed("a PAP packet of " + packet.readableBytes() + " octets");
        }
        int at = packet.readerIndex();
        int code = packet.getUnsignedByte(at);
        int identifier = packet.getUnsignedByte(at + 1);
        int length = packet.getUnsignedShort(at + 2);
        if (length < HEADER_OCTETS || length > packet.readableBytes()) {
            return new Malformed("a PAP length of " + length + " in " + packet.readableBytes() + " octets");
        }
        ByteBuf body = packet.slice(at + HEADER_OCTETS, length - HEADER_OCTETS);
        return switch (code) {
            case REQUEST -> request(identifier, body);
            case ACK, NAK -> verdict(code == ACK, identifier, body);
            default -> new Malformed("PAP code " + code);
        };
    }

    /**
     * Overwrites the password of an Authenticate-Request with zeros, and with it whatever stands behind the name; another
     * packet stays as it is.
     *
     * @param packet from the code field on; its indexes are left alone
     */
    static void blankPassword(ByteBuf packet) {
        int start = packet.readerIndex();
        if (packet.readableBytes() > HEADER_OCTETS && packet.getUnsignedByte(start) == REQUEST) {
            int lengthAt = start + HEADER_OCTETS + 1 + packet.getUnsignedByte(start + HEADER_OCTETS);
            for (int i = lengthAt + 1; i < packet.writerIndex(); i++) {
                packet.setByte(i, 0);
            }
        }
    }

    private static PapPacket request(int identifier, ByteBuf body) {
        byte[] name = text(body);
        byte[] password = name == null ? null : text(body);
        return name == null || password == null
                ? new Malformed("a PAP request whose lengths lead beyond it")
                : new Request(identifier, name, password);
    }

    private static PapPacket verdict(boolean ack, int identifier, ByteBuf body) {
        // Peers leave out an empty message together with its length.
        byte[] message = body.isReadable() ? text(body) : new byte[0];
        return message == null
                ? new Malformed("a PAP message whose length leads beyond it")
                : new Verdict(ack, identifier, message);
    }

    /** A text with its length in front; null where there is less. */
    private static byte @Nullable [] text(ByteBuf body) {
        if (!body.isReadable() || body.getUnsignedByte(body.readerIndex()) >= body.readableBytes()) {
            return null;
        }
        byte[] text = new byte[body.readUnsignedByte()];
        body.readBytes(text);
        return text;
    }
}
