package org.jpptp.lab.peer;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** The other side of SOCKS5 (RFC 1928), by sockets of Java's: what no command at hand speaks. In the namespace of its thread. */
public final class SocksClient implements AutoCloseable {
    private static final int IPV4_OCTETS = 4;
    private static final int HEADER_OCTETS = 10;
    private static final int MOST_OCTETS = 1 << 16;

    private final Socket socket;
    private final DataInputStream in;

    private SocksClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Connects, and says how it is. */
    public static SocksClient connect(InetSocketAddress proxy, Duration limit) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout((int) limit.toMillis());
        socket.connect(proxy, (int) limit.toMillis());
        SocksClient client = new SocksClient(socket);
        client.write(new byte[] {5, 1, 0});
        if (client.in.readUnsignedShort() != 0x0500) {
            throw new IOException("the proxy asks for a password");
        }
        return client;
    }

    private void write(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    /** Asks for a command (1 CONNECT, 3 UDP ASSOCIATE); returns the address that the answer names. */
    private InetSocketAddress ask(int command, InetAddress address, int port) throws IOException {
        write(ByteBuffer.allocate(HEADER_OCTETS)
                .put(new byte[] {5, (byte) command, 0, 1})
                .put(address.getAddress())
                .putShort((short) port)
                .array());
        byte[] head = in.readNBytes(4);
        if (head.length < 4 || head[1] != 0) {
            throw new IOException("the proxy refuses: " + (head.length < 4 ? "it closes" : head[1]));
        }
        byte[] bound = in.readNBytes(IPV4_OCTETS);
        return new InetSocketAddress(InetAddress.getByAddress(bound), in.readUnsignedShort());
    }

    /** A connection to there. */
    public Socket connectTo(InetSocketAddress target) throws IOException {
        ask(1, target.getAddress(), target.getPort());
        return socket;
    }

    /** Sends one datagram, and returns what comes back; both without the header. */
    public byte[] exchange(InetSocketAddress target, byte[] datagram) throws IOException {
        InetSocketAddress relay = ask(3, InetAddress.getByAddress(new byte[IPV4_OCTETS]), 0);
        try (DatagramSocket datagrams = new DatagramSocket()) {
            datagrams.setSoTimeout(socket.getSoTimeout());
            byte[] whole = ByteBuffer.allocate(HEADER_OCTETS + datagram.length)
                    .put(new byte[] {0, 0, 0, 1})
                    .put(target.getAddress().getAddress())
                    .putShort((short) target.getPort())
                    .put(datagram)
                    .array();
            datagrams.send(new DatagramPacket(whole, whole.length, relay));
            DatagramPacket answer = new DatagramPacket(new byte[MOST_OCTETS], MOST_OCTETS);
            datagrams.receive(answer);
            return Arrays.copyOfRange(answer.getData(), HEADER_OCTETS, answer.getLength());
        }
    }

    /** A question for the IPv4 address of a name (RFC 1035 §4). */
    public static byte[] question(String name) {
        ByteBuffer query = ByteBuffer.allocate(512);
        query.putShort((short) 0x1723).putShort((short) 0x0100).putShort((short) 1);
        query.putShort((short) 0).putShort((short) 0).putShort((short) 0);
        for (String label : name.split("\\.", -1)) {
            query.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        query.put((byte) 0).putShort((short) 1).putShort((short) 1);
        return Arrays.copyOf(query.array(), query.position());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
