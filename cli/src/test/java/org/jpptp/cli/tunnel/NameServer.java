package org.jpptp.cli.tunnel;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.lab.peer.OwnThread;
import org.jpptp.lab.peer.TestNamespace;

/** A name server for which every name has one and the same IPv4 address, so that it shows who has answered; or for which there is none. */
final class NameServer implements AutoCloseable {
    private static final int PORT = 53;
    private static final int HEADER_OCTETS = 12;
    private static final int TYPE_A = 1;
    private static final int NXDOMAIN = 3;
    private static final int ANSWER_OCTETS = 16;
    private static final int MOST_OCTETS = 1500;

    private final DatagramSocket socket;
    private final byte[] always;

    private NameServer(DatagramSocket socket, byte[] always) {
        this.socket = socket;
        this.always = always;
    }

    /**
     * Starts one.
     *
     * @param address of this namespace, where it is asked
     * @param answer what every name has
     */
    static NameServer start(TestNamespace namespace, String address, String answer) {
        try {
            return start(namespace, address, InetAddress.getByName(answer).getAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts one that knows no name. */
    static NameServer knowingNothing(TestNamespace namespace, String address) {
        return start(namespace, address, new byte[0]);
    }

    private static NameServer start(TestNamespace namespace, String address, byte[] always) {
        try {
            DatagramSocket socket = NetworkNamespace.call(
                    namespace.name(),
                    () -> new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), PORT)));
            NameServer server = new NameServer(socket, always);
            new OwnThread().execute(server::serve);
            return server;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[MOST_OCTETS], MOST_OCTETS);
        try {
            while (true) {
                packet.setLength(MOST_OCTETS);
                socket.receive(packet);
                byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException closed) {
            // Nobody asks any more.
        }
    }

    /** The question once more, and for IPv4 an answer; RFC 1035 §4.1. What came with it is left out. */
    private byte[] answer(ByteBuffer query) {
        int end = HEADER_OCTETS;
        while (query.get(end) != 0) {
            end += 1 + query.get(end);
        }
        boolean isKnown = query.getShort(end + 1) == TYPE_A && always.length > 0;
        int octets = end + 1 + Short.BYTES + Short.BYTES;
        ByteBuffer answer = ByteBuffer.allocate(octets + (isKnown ? ANSWER_OCTETS : 0));
        answer.putShort(query.getShort(0)).putShort((short) (always.length > 0 ? 0x8180 : 0x8180 | NXDOMAIN));
        answer.putShort((short) 1).putShort((short) (isKnown ? 1 : 0)).putInt(0);
        answer.put(query.slice(HEADER_OCTETS, octets - HEADER_OCTETS));
        if (isKnown) {
            answer.putShort((short) 0xC00C).putShort((short) TYPE_A).putShort((short) 1);
            answer.putInt(60).putShort((short) always.length).put(always);
        }
        return answer.array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
