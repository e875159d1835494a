package org.jpptp.lab.explain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.client.explain.Explainer;
import org.jpptp.client.explain.Explanation;

/** A capture as its packets, numbered from 1, and what could have become of it while it was taken. */
public final class Captured {
    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;
    private static final int LENGTH_AT = 8;
    private static final int TYPE_AT = PACKET_HEADER + 12;
    private static final int PROTOCOL_AT = PACKET_HEADER + 14 + 9;
    private static final int TCP_AT = PACKET_HEADER + 14 + 20;
    private static final int IPV4 = 0x0800;
    private static final int TCP = 6;
    private static final int PPTP = 1723;

    private final byte[] head;
    private final ByteOrder order;
    private final List<byte[]> packets;

    private Captured(byte[] head, ByteOrder order, List<byte[]> packets) {
        this.head = head;
        this.order = order;
        this.packets = packets;
    }

    /** Of the classic format. */
    public static Captured of(byte[] octets) {
        ByteBuffer file = ByteBuffer.wrap(octets);
        file.order((octets[0] & 0xff) == 0xa1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        byte[] head = new byte[FILE_HEADER];
        file.get(head);
        List<byte[]> packets = new ArrayList<>();
        while (file.hasRemaining()) {
            byte[] packet = new byte[PACKET_HEADER + file.getInt(file.position() + LENGTH_AT)];
            file.get(packet);
            packets.add(packet);
        }
        return new Captured(head, file.order(), packets);
    }

    static Captured of(Path file) {
        try {
            return of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int size() {
        return packets.size();
    }

    public Captured without(int number) {
        List<byte[]> rest = new ArrayList<>(packets);
        rest.remove(number - 1);
        return new Captured(head, order, rest);
    }

    /** It was begun before this packet. */
    public Captured from(int number) {
        return new Captured(head, order, packets.subList(number - 1, packets.size()));
    }

    Captured until(int number) {
        return new Captured(head, order, packets.subList(0, number));
    }

    /** Two neighbours were noted the other way round. */
    public Captured swappedAt(int number) {
        List<byte[]> swapped = new ArrayList<>(packets);
        swapped.add(number - 1, swapped.remove(number));
        return new Captured(head, order, swapped);
    }

    /** Of each packet no more octets were taken. */
    Captured cutTo(int octets) {
        return new Captured(
                head, order, packets.stream().map(packet -> cut(packet, octets)).toList());
    }

    /** Another is behind it. */
    Captured followedBy(Captured next) {
        return new Captured(
                head,
                order,
                Stream.concat(packets.stream(), next.packets.stream()).toList());
    }

    /** The same tunnel, whose client has another port: of Ethernet and IPv4 without options. */
    Captured calledFromPort(int port) {
        return new Captured(
                head, order, packets.stream().map(packet -> from(packet, port)).toList());
    }

    private static byte[] from(byte[] packet, int port) {
        ByteBuffer changed = ByteBuffer.wrap(packet.clone());
        boolean tcp = packet.length > TCP_AT + 4 && changed.getShort(TYPE_AT) == IPV4 && packet[PROTOCOL_AT] == TCP;
        if (tcp && changed.getShort(TCP_AT) == PPTP) {
            changed.putShort(TCP_AT + 2, (short) port);
        } else if (tcp && changed.getShort(TCP_AT + 2) == PPTP) {
            changed.putShort(TCP_AT, (short) port);
        }
        return changed.array();
    }

    private byte[] cut(byte[] packet, int octets) {
        int length = Math.min(octets, packet.length - PACKET_HEADER);
        ByteBuffer cut = ByteBuffer.allocate(PACKET_HEADER + length).order(order);
        cut.put(packet, 0, PACKET_HEADER + length);
        cut.putInt(LENGTH_AT, length);
        return cut.array();
    }

    public Explanation explained() {
        int length =
                FILE_HEADER + packets.stream().mapToInt(packet -> packet.length).sum();
        ByteBuffer file = ByteBuffer.allocate(length).put(head);
        packets.forEach(file::put);
        try {
            return new Explainer(null, Explainer.Show.BEGINNINGS)
                    .explain("captured", new ByteArrayInputStream(file.array()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line for each tunnel: who with whom, how certain it is, and what came of it. */
    public String told() {
        Stream<String> lines = explained().calls().stream()
                .map(call -> call.client() + " with " + call.server() + ", "
                        + call.verdict().confidence() + ": " + call.verdict().sentence());
        return String.join("\n", lines.toList());
    }
}
