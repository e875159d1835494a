package org.jpptp.lab.oracle;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jpptp.gre.wire.GreHeader;
import org.jpptp.lab.oracle.PcapFile.GrePacket;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;

/**
 * What one end of an encrypted tunnel sent, as a capture on the wire shows it: its GRE packets that carry a frame, in the
 * order of the capture. It tells what was the sender's part and what a receiver could make of it, without a key, and
 * whatever the machines between and behind did.
 *
 * @param packets in the order in which they passed
 */
public record GreFlow(List<Packet> packets) {
    /** Counts of MPPE go around after so many (RFC 3078 §3.1). */
    private static final int COUNTS = 4096;

    /** The bits of MPPE's two octets: A, the packet begins anew; the lowest twelve are the coherency count. */
    private static final int FLUSHED = 0x8000;

    /**
     * A GRE packet with a frame.
     *
     * @param micros when it passed
     * @param callId the receiver's
     * @param sequence of GRE
     * @param content what it carries
     */
    public record Packet(long micros, int callId, int sequence, Content content) {}

    /** What a packet carries. */
    public sealed interface Content {}

    /** What an encrypted datagram says of its keys. */
    public enum Keys {
        CONTINUED,
        /** The bit A, "flushed" (RFC 3078 §3.1). */
        ANEW
    }

    /**
     * A datagram, encrypted.
     *
     * @param keys whether its bit says that the keys begin anew with it
     * @param count the coherency count, 0 to 4095
     * @param octets of the frame after the protocol number
     */
    public record Datagram(Keys keys, int count, int octets) implements Content {}

    /**
     * CCP's Reset-Request or Reset-Ack.
     *
     * @param code {@link ControlPacket#RESET_REQUEST} or {@link ControlPacket#RESET_ACK}
     * @param id which Reset-Ack answers which Reset-Request
     */
    public record Reset(int code, int id) implements Content {}

    /** Any other frame. */
    public record Other() implements Content {}

    /**
     * What the host of this address sent.
     *
     * @throws IllegalArgumentException where the capture has a GRE packet of it that is malformed
     */
    public static GreFlow from(String source, PcapFile capture) {
        List<Packet> packets = new ArrayList<>();
        GreHeader header = new GreHeader();
        for (GrePacket packet : capture.grePackets()) {
            if (!packet.source().equals(source)) {
                continue;
            }
            GreHeader.Result result =
                    header.parse(packet.octets(), 0, packet.octets().readableBytes());
            if (result != GreHeader.Result.OK) {
                throw new IllegalArgumentException("a GRE packet is " + result);
            }
            if (header.hasSequence()) {
                ByteBuf frame = packet.octets().slice(header.payloadIndex(), header.payloadLength());
                packets.add(new Packet(
                        packet.micros(), GreHeader.callId(packet.octets()), header.sequence(), content(frame)));
            }
        }
        return new GreFlow(List.copyOf(packets));
    }

    private static Content content(ByteBuf frame) {
        int protocol = PppFrame.parse(frame);
        if (protocol == PppProtocol.COMPRESSED && frame.readableBytes() >= 2) {
            int bits = frame.getUnsignedShort(frame.readerIndex());
            return new Datagram(
                    (bits & FLUSHED) != 0 ? Keys.ANEW : Keys.CONTINUED, bits & COUNTS - 1, frame.readableBytes());
        }
        if (protocol == PppProtocol.CCP && ControlPacket.parse(frame) instanceof ControlPacket control) {
            if (control.code() == ControlPacket.RESET_REQUEST || control.code() == ControlPacket.RESET_ACK) {
                return new Reset(control.code(), control.id());
            }
        }
        return new Other();
    }

    /** How many different datagrams of at least so many octets passed. */
    public int datagrams(int octets) {
        return (int)
                distinct().stream().filter(packet -> isDatagram(packet, octets)).count();
    }

    /** How many different frames passed that are no datagrams of at least so many octets. */
    public int others(int octets) {
        return distinct().size() - datagrams(octets);
    }

    /** Whether each packet has the number after that of the packet before it, and all are for the same call. */
    public boolean isConsecutive() {
        for (int i = 1; i < packets.size(); i++) {
            if (packets.get(i).sequence() != packets.get(i - 1).sequence() + 1
                    || packets.get(i).callId() != packets.get(i - 1).callId()) {
                return false;
            }
        }
        return true;
    }

    /** The Reset-Requests or Reset-Acks, each once however often the network brought it. */
    public List<Packet> resets(int code) {
        return distinct().stream()
                .filter(packet -> packet.content() instanceof Reset reset && reset.code() == code)
                .toList();
    }

    /** When the datagram with this place among those of at least so many octets passed, in microseconds. */
    public long timeOf(int place, int octets) {
        return packets.stream()
                .filter(packet -> isDatagram(packet, octets))
                .skip(place)
                .findFirst()
                .orElseThrow()
                .micros();
    }

    /**
     * How a Reset-Request was answered: how many datagrams of ours passed between it and the first one that began anew,
     * after a Reset-Ack with the same identifier. Where no datagram followed the Reset-Ack, there was none to begin with.
     *
     * @return -1 where there was no answer
     */
    public int datagramsUntilReset(Packet request) {
        int id = request.content() instanceof Reset reset ? reset.id() : -1;
        int passed = 0;
        boolean acknowledged = false;
        for (Packet packet : packets) {
            if (packet.micros() < request.micros()) {
                continue;
            }
            if (packet.content() instanceof Reset reset) {
                acknowledged |= reset.code() == ControlPacket.RESET_ACK && reset.id() == id;
            } else if (packet.content() instanceof Datagram datagram) {
                if (acknowledged && datagram.keys() == Keys.ANEW) {
                    return passed;
                }
                passed++;
            }
        }
        return acknowledged ? passed : -1;
    }

    /**
     * What a receiver can make of a stateful flow.
     *
     * @param due datagrams that it can decrypt
     * @param micros how long it could decrypt nothing, for want of a packet that begins anew
     */
    public record Stateful(int due, long micros) {}

    /**
     * What can be decrypted in stateful mode by a receiver that waits for what is missing.
     *
     * @param octets datagrams of at least so many are counted
     * @param wait in microseconds; what comes later than this after a packet with a higher number is lost
     */
    public Stateful stateful(int octets, long wait) {
        boolean inStep = true;
        int due = 0;
        long micros = 0;
        long lostAt = 0;
        int expected = -1;
        for (Packet packet : inTime(wait)) {
            if (!(packet.content() instanceof Datagram datagram)) {
                continue;
            }
            boolean gap = expected >= 0 && datagram.count() != expected;
            expected = (datagram.count() + 1) % COUNTS;
            if (inStep && gap && datagram.keys() == Keys.CONTINUED) {
                inStep = false;
                lostAt = packet.micros();
            } else if (!inStep && datagram.keys() == Keys.ANEW) {
                inStep = true;
                micros += Math.max(0, packet.micros() - lostAt);
            }
            if (inStep && datagram.octets() >= octets) {
                due++;
            }
        }
        return new Stateful(due, micros);
    }

    /** How many datagrams of at least so many octets can be decrypted in stateless mode by a receiver that waits so long. */
    public int stateless(int octets, long wait) {
        return (int) inTime(wait).stream()
                .filter(packet -> isDatagram(packet, octets))
                .count();
    }

    /** Those that came in time, each once, in the order of their numbers. */
    private List<Packet> inTime(long wait) {
        List<Packet> kept = new ArrayList<>();
        // Times at which the highest number so far had grown, and what it had grown to.
        List<Packet> highest = new ArrayList<>();
        for (Packet packet : distinct()) {
            if (highest.isEmpty()
                    || packet.sequence() - highest.get(highest.size() - 1).sequence() > 0) {
                highest.add(packet);
                kept.add(packet);
                continue;
            }
            long overtaken = packet.micros();
            for (int i = highest.size() - 1; i >= 0 && highest.get(i).sequence() - packet.sequence() > 0; i--) {
                overtaken = highest.get(i).micros();
            }
            if (packet.micros() - overtaken <= wait) {
                kept.add(packet);
            }
        }
        if (!kept.isEmpty()) {
            int first = kept.get(0).sequence();
            kept.sort(Comparator.comparingInt(packet -> packet.sequence() - first));
        }
        return kept;
    }

    /** Each number once, as it passed first. */
    private List<Packet> distinct() {
        Map<Integer, Packet> bySequence = new LinkedHashMap<>();
        packets.forEach(packet -> bySequence.putIfAbsent(packet.sequence(), packet));
        return List.copyOf(bySequence.values());
    }

    private static boolean isDatagram(Packet packet, int octets) {
        return packet.content() instanceof Datagram datagram && datagram.octets() >= octets;
    }
}
