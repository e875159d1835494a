package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jpptp.lab.server.FrameFilter.Direction;

/** Ways for a server to misbehave, each provoking one failure of a client. */
public final class FrameFaults {
    private static final int LCP = 0xC021;
    private static final int CHAP = 0xC223;
    private static final int EAP = 0xC227;
    private static final int EAP_REQUEST = 1;
    private static final int EAP_FAILURE = 4;
    /** The last type that is no method (RFC 2284 §3). */
    private static final int EAP_NAK = 3;

    private static final int CONFIGURE_REQUEST = 1;
    private static final int CONFIGURE_ACK = 2;
    private static final int CONFIGURE_NAK = 3;
    private static final int TERMINATE_REQUEST = 5;
    private static final int ECHO_REPLY = 10;
    private static final int HEADER = 4;
    private static final int CHAP_RESPONSE = 2;
    private static final int CHAP_SUCCESS = 3;
    private static final int MD5 = 0x05;
    /** "S=", 40 digits, and the blank behind them (RFC 2759 §5). */
    private static final int PROOF_OCTETS = 2 + 40;

    private static final int COMPRESSED_DATAGRAM = 0x00FD;
    /** The coherency count (RFC 3078 §3). */
    private static final int MPPE_HEADER = 2;

    private FrameFaults() {}

    /** Says nothing of one protocol, while its GRE acknowledges. */
    public static FrameFilter dropping(int protocol) {
        return (direction, frame) -> direction == Direction.TO_SERVER || protocol(frame) != protocol;
    }

    /** Naks with the very values that were asked for. */
    public static FrameFilter ackToNak() {
        return (direction, frame) -> {
            if (direction == Direction.TO_CLIENT && is(frame, LCP, CONFIGURE_ACK)) {
                frame.setByte(packet(frame), CONFIGURE_NAK);
            }
            return true;
        };
    }

    /** Insists on CHAP with MD5. */
    public static FrameFilter demandingChapMd5() {
        return (direction, frame) -> {
            if (direction == Direction.TO_CLIENT && is(frame, LCP, CONFIGURE_REQUEST)) {
                for (int i = frame.readerIndex(); i + 5 <= frame.writerIndex(); i++) {
                    // Option 3, length 5, CHAP, MS-CHAPv2.
                    if (frame.getMedium(i) == 0x0305C2 && frame.getUnsignedShort(i + 3) == 0x2381) {
                        frame.setByte(i + 4, MD5);
                    }
                }
            }
            return true;
        };
    }

    /** Insists on Shiva's PAP, as a dial-in server that has not been told otherwise. */
    public static FrameFilter demandingSpap() {
        return (direction, frame) -> {
            if (direction == Direction.TO_CLIENT && is(frame, LCP, CONFIGURE_REQUEST)) {
                int packet = packet(frame);
                for (int i = packet + HEADER; i + 5 <= frame.writerIndex(); i++) {
                    // Option 3, length 5, CHAP, MS-CHAPv2 becomes length 4, SPAP; what follows moves up.
                    if (frame.getMedium(i) == 0x0305C2 && frame.getUnsignedShort(i + 3) == 0x2381) {
                        int end = packet + frame.getUnsignedShort(packet + 2);
                        frame.setInt(i, 0x0304C027);
                        moveUp(frame, i + 5, end);
                        frame.setShort(packet + 2, end - packet - 1);
                        break;
                    }
                }
            }
            return true;
        };
    }

    /** Leaves out the blank between proof and text of MS-CHAPv2's Success. */
    public static FrameFilter joiningProofAndText() {
        return (direction, frame) -> {
            if (direction == Direction.TO_CLIENT && is(frame, CHAP, CHAP_SUCCESS)) {
                int packet = packet(frame);
                int end = packet + frame.getUnsignedShort(packet + 2);
                int blank = packet + HEADER + PROOF_OCTETS;
                if (blank < end && frame.getByte(blank) == ' ') {
                    moveUp(frame, blank + 1, end);
                    frame.setShort(packet + 2, end - packet - 1);
                }
            }
            return true;
        };
    }

    /** Does not get the first response to its challenge, and so sends another one. */
    public static FrameFilter losingTheFirstResponse() {
        AtomicBoolean lost = new AtomicBoolean();
        return (direction, frame) ->
                direction == Direction.TO_CLIENT || !is(frame, CHAP, CHAP_RESPONSE) || !lost.compareAndSet(false, true);
    }

    /** Has another key than the client in these directions: what was encrypted comes out as garbage. */
    public static FrameFilter otherKeys(Direction first, Direction... more) {
        Set<Direction> spoilt = EnumSet.of(first, more);
        return (direction, frame) -> {
            int at = frame.readerIndex() + (frame.getUnsignedShort(frame.readerIndex()) == 0xFF03 ? 2 : 0);
            // Once it is agreed on, the protocol field is compressed.
            int octets = (frame.getByte(at) & 1) == 1 ? 1 : 2;
            int protocol = octets == 1 ? frame.getUnsignedByte(at) : frame.getUnsignedShort(at);
            if (protocol == COMPRESSED_DATAGRAM && spoilt.contains(direction)) {
                for (int i = at + octets + MPPE_HEADER; i < frame.writerIndex(); i++) {
                    frame.setByte(i, frame.getByte(i) ^ 0x55);
                }
            }
            return true;
        };
    }

    /** What lies between is one octet further ahead from now on; the last octet is padding then. */
    private static void moveUp(ByteBuf frame, int from, int end) {
        for (int i = from; i < end; i++) {
            frame.setByte(i - 1, frame.getByte(i));
        }
    }

    /** Knows another method of EAP, by its type, and none besides: what it proposes becomes that. */
    public static FrameFilter proposingEap(int type) {
        return (direction, frame) -> {
            int at = packet(frame) + 4;
            boolean proposes = direction == Direction.TO_CLIENT && is(frame, EAP, EAP_REQUEST);
            if (proposes && frame.getUnsignedByte(at) > EAP_NAK) {
                frame.setByte(at, type);
            }
            return true;
        };
    }

    /** Has nothing to ask inside EAP: what would be its first question to a method is the end. */
    public static FrameFilter endingEap() {
        return (direction, frame) -> {
            int at = packet(frame);
            boolean proposes = direction == Direction.TO_CLIENT && is(frame, EAP, EAP_REQUEST);
            if (proposes && frame.getUnsignedByte(at + 4) > EAP_NAK) {
                // What lies behind the length field is padding.
                frame.setByte(at, EAP_FAILURE).setShort(at + 2, 4);
            }
            return true;
        };
    }

    /** Does not know the password: one digit of its proof is another. */
    public static FrameFilter spoilingProof() {
        return (direction, frame) -> {
            if (direction == Direction.TO_CLIENT && is(frame, CHAP, CHAP_SUCCESS)) {
                int digit = packet(frame) + 4 + "S=".length();
                frame.setByte(digit, frame.getByte(digit) == '0' ? '1' : '0');
            }
            return true;
        };
    }

    /** Answers no LCP echo. */
    public static FrameFilter answeringNoEcho() {
        return (direction, frame) -> direction == Direction.TO_SERVER || !is(frame, LCP, ECHO_REPLY);
    }

    /** Says not why it ends a link. */
    public static FrameFilter endingWithoutAWord() {
        return (direction, frame) -> {
            if (direction == Direction.TO_CLIENT && is(frame, LCP, TERMINATE_REQUEST)) {
                frame.setShort(packet(frame) + 2, HEADER); // what follows is padding
            }
            return true;
        };
    }

    private static boolean is(ByteBuf frame, int protocol, int code) {
        return protocol(frame) == protocol && frame.getByte(packet(frame)) == code;
    }

    private static int protocol(ByteBuf frame) {
        return frame.getUnsignedShort(packet(frame) - 2);
    }

    /** Where the code field is; control protocols are never sent with a compressed protocol field. */
    private static int packet(ByteBuf frame) {
        int start = frame.readerIndex();
        return frame.getUnsignedShort(start) == 0xFF03 ? start + 4 : start + 2;
    }
}
