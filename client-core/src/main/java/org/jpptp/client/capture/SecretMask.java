package org.jpptp.client.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jpptp.gre.wire.GreHeader;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;

/**
 * Puts zeros in the place of what a password could be found by: challenges, responses, proofs and passwords (RFC 1334, 1994,
 * 2433, 2759). Lengths stay, and so does what else a packet says.
 */
final class SecretMask {
    /** Code, identifier and length. */
    private static final int HEADER = 4;

    private static final int CHALLENGE = 1;
    private static final int RESPONSE = 2;
    private static final int SUCCESS = 3;
    private static final int FAILURE = 4;
    private static final int EAP_MD5 = 4;
    private static final int EAP_OTP = 5;
    private static final int EAP_TOKEN = 6;
    private static final int EAP_MSCHAPV2 = 26;
    private static final int SHORTEST_NUMBER = 16;

    private SecretMask() {}

    /**
     * Masks a packet of enhanced GRE.
     *
     * @param gre a copy, from its header on
     * @return whether there was something to mask
     */
    static boolean mask(byte[] gre) {
        GreHeader header = new GreHeader();
        ByteBuf packet = Unpooled.wrappedBuffer(gre);
        if (header.parse(packet, 0, gre.length) != GreHeader.Result.OK || header.payloadLength() == 0) {
            return false;
        }
        ByteBuf frame = packet.slice(header.payloadIndex(), header.payloadLength());
        int protocol = PppFrame.parse(frame);
        int at = header.payloadIndex() + frame.readerIndex();
        int end = at + frame.readableBytes();
        if (end - at <= HEADER) {
            return false;
        }
        return switch (protocol) {
            case PppProtocol.CHAP -> chap(gre, gre[at], at + HEADER, end);
            case PppProtocol.PAP -> pap(gre, gre[at], at + HEADER, end);
            case PppProtocol.EAP -> eap(gre, gre[at], at + HEADER, end);
            default -> false;
        };
    }

    private static boolean chap(byte[] octets, int code, int at, int end) {
        switch (code) {
            case CHALLENGE, RESPONSE -> value(octets, at, end);
            case SUCCESS, FAILURE -> numbers(octets, at, end);
            default -> Arrays.fill(octets, at, end, (byte) 0); // Change-Password
        }
        return true;
    }

    /** A length and so many octets; behind them is a name. */
    private static void value(byte[] octets, int at, int end) {
        int length = octets[at] & 0xFF;
        Arrays.fill(octets, at + 1, Math.min(end, at + 1 + length), (byte) 0);
    }

    /** The proof {@code S=…} and the next challenge {@code C=…}, in hexadecimal. */
    private static void numbers(byte[] octets, int at, int end) {
        int from = at;
        for (int i = at; i <= end; i++) {
            if (i == end || Character.digit(octets[i], 16) < 0) {
                if (i - from >= SHORTEST_NUMBER) {
                    Arrays.fill(octets, from, i, (byte) '0');
                }
                from = i + 1;
            }
        }
    }

    /** Behind the name, whatever its length is said to be. */
    private static boolean pap(byte[] octets, int code, int at, int end) {
        int password = at + 1 + (octets[at] & 0xFF) + 1;
        if (code == CHALLENGE && password < end) {
            Arrays.fill(octets, password, end, (byte) 0);
        }
        return code == CHALLENGE;
    }

    private static boolean eap(byte[] octets, int code, int at, int end) {
        switch (octets[at]) {
            case EAP_MD5 -> {
                if (at + 1 < end) {
                    value(octets, at + 1, end);
                }
            }
            case EAP_OTP, EAP_TOKEN -> {
                if (code == RESPONSE) {
                    Arrays.fill(octets, at + 1, end, (byte) 0);
                }
            }
            case EAP_MSCHAPV2 -> {
                // OpCode, identifier and length, then as in CHAP.
                if (at + 1 + HEADER < end) {
                    return chap(octets, octets[at + 1], at + 1 + HEADER, end);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
