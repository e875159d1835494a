package org.jpptp.client.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.Inet4Address;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jpptp.client.explain.capture.PcapngWriter.Direction;
import org.jspecify.annotations.Nullable;

/**
 * Takes what passes on one loop. The last packet is kept back until the next one comes, since what was decided about it is told
 * after it: that becomes its comment. On the loop, but for {@link #verdict}.
 */
final class Tap {
    private static final int LONGEST_COMMENT = 1000;
    /** RFC 2637 §4.1: flags, protocol type, length and call id. */
    private static final int QUOTED = 8;

    /** Whether secrets stay in packets. */
    enum Secrecy {
        MASKED,
        SHOWN
    }

    private static final String MASKED =
            "What a password could be found by is zeros here, since secrets were not to be shown.";

    private final CaptureFile file;
    private final LongSupplier epochNanos;
    private final Secrecy secrecy;
    private final IpPackets packets = new IpPackets();
    private final Map<Integer, Integer> ownAddresses = new HashMap<>();
    private byte[] lastSent = new byte[0];

    private CaptureFile.@Nullable Taken last;
    private StringBuilder comment = new StringBuilder();
    private volatile @Nullable Thread deciding;

    /** @param epochNanos the loop's time, since 1970 */
    Tap(CaptureFile file, LongSupplier epochNanos, Secrecy secrecy) {
        this.file = file;
        this.epochNanos = epochNanos;
        this.secrecy = secrecy;
    }

    long now() {
        return epochNanos.getAsLong();
    }

    /** Which address of this host's the server sees. */
    void seen(int own, int server) {
        ownAddresses.put(server, own);
    }

    /** This host's address towards a server; 0 where nothing has connected yet. */
    int own(int server) {
        return ownAddresses.getOrDefault(server, 0);
    }

    static int number(Inet4Address address) {
        byte[] octets = address.getAddress();
        return ((octets[0] & 0xFF) << 24) | ((octets[1] & 0xFF) << 16) | ((octets[2] & 0xFF) << 8) | (octets[3] & 0xFF);
    }

    void segment(Direction direction, long nanos, IpPackets.Segment segment, byte[] data, int from, int length) {
        byte[] packet = packets.segment(segment, data, from, length);
        take(new CaptureFile.Taken(CaptureFile.Place.OUTER, nanos, direction, packet, packet.length, ""));
    }

    /** @param gre from its header on; its indexes are left alone */
    void gre(Direction direction, int server, ByteBuf gre) {
        byte[] copy = ByteBufUtil.getBytes(gre);
        boolean masked = secrecy == Secrecy.MASKED && SecretMask.mask(copy);
        int own = own(server);
        byte[] packet = direction == Direction.SENT
                ? packets.packet(own, server, IpPackets.GRE, copy)
                : packets.packet(server, own, IpPackets.GRE, copy);
        if (direction == Direction.SENT) {
            lastSent = packet;
        }
        take(new CaptureFile.Taken(
                CaptureFile.Place.OUTER, now(), direction, packet, packet.length, masked ? MASKED : ""));
    }

    /** An error about the last packet of GRE that was sent. */
    void icmp(int offender, int server, int type, int code, int info) {
        byte[] about = lastSent.length < IpPackets.HEADER + QUOTED
                ? packets.packet(own(server), server, IpPackets.GRE, new byte[QUOTED])
                : lastSent;
        byte[] packet = packets.error(offender, own(server), type, code, info, about);
        take(new CaptureFile.Taken(CaptureFile.Place.OUTER, now(), Direction.RECEIVED, packet, packet.length, ""));
    }

    void datagram(Direction direction, ByteBuf datagram) {
        take(new CaptureFile.Taken(
                CaptureFile.Place.INNER,
                now(),
                direction,
                ByteBufUtil.getBytes(datagram),
                datagram.readableBytes(),
                ""));
    }

    private void take(CaptureFile.Taken packet) {
        commit();
        last = packet;
        if (!packet.comment().isEmpty()) {
            comment.append(packet.comment());
        }
    }

    private void commit() {
        CaptureFile.Taken taken = last;
        last = null;
        if (taken != null) {
            file.take(
                    comment.isEmpty()
                            ? taken
                            : new CaptureFile.Taken(
                                    taken.place(),
                                    taken.nanos(),
                                    taken.direction(),
                                    taken.octets(),
                                    taken.original(),
                                    comment.toString()));
        }
        if (!comment.isEmpty()) {
            comment = new StringBuilder();
        }
    }

    /** Runs what decides about the last packet. */
    void deciding(Runnable step) {
        Thread before = deciding;
        deciding = Thread.currentThread();
        try {
            step.run();
        } finally {
            deciding = before;
        }
    }

    /** Something was decided, about the last packet if one is being decided about; from any thread. */
    void note(String why) {
        if (deciding == Thread.currentThread()) {
            remark(why);
        }
    }

    /** Something is to be said of the last packet. */
    void remark(String what) {
        CaptureFile.Taken taken = last;
        if (taken != null && taken.outer() && comment.length() + what.length() < LONGEST_COMMENT) {
            comment.append(comment.isEmpty() ? "" : "\n").append(what);
        }
    }

    /** The loop does nothing any more: what came of everything is said of the last packet. */
    void verdict(String what) {
        if (last != null && !what.isEmpty()) {
            comment.append(comment.isEmpty() ? "" : "\n").append(what);
        }
        commit();
    }
}
