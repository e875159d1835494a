package org.jpptp.client.net.linux;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jpptp.client.doctor.MachineFacts.NameServers;

/**
 * Asks name servers whether they are there, for the servers of the root: that names nobody, and whoever looks names up for others knows
 * them.
 */
final class NameServerCheck {
    private static final int PORT = 53;
    private static final int PATIENCE_MILLIS = 2000;
    /** As many as the C library asks. */
    private static final int MOST = 3;
    /** An address, and no name that would have to be looked up. */
    private static final Pattern ADDRESS =
            Pattern.compile("\\d+(?:\\.\\d+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%\\S+)?");

    private static final int HEADER_OCTETS = 12;
    /** The fourth octet of an answer has the code. */
    private static final int RCODE = 3;

    private static final int RCODE_MASK = 0x0F;
    private static final int SERVFAIL = 2;

    private final int port;

    NameServerCheck() {
        this(PORT);
    }

    NameServerCheck(int port) {
        this.port = port;
    }

    /** One after the other, until one has an answer; takes seconds where none has. */
    NameServers ask(List<String> servers) {
        NameServers best = NameServers.SILENT;
        for (String server : servers.stream().limit(MOST).toList()) {
            NameServers said = ask(server);
            if (said == NameServers.ANSWER) {
                return said;
            }
            best = said == NameServers.FAIL ? said : best;
        }
        return best;
    }

    private NameServers ask(String server) {
        if (!ADDRESS.matcher(server).matches()) {
            return NameServers.SILENT;
        }
        byte[] query = query();
        byte[] answer = new byte[HEADER_OCTETS];
        try (DatagramSocket socket = new DatagramSocket()) {
            // Connected, so that nobody else answers, and an ICMP error ends the wait.
            socket.connect(new InetSocketAddress(InetAddress.getByName(server), port));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.send(new DatagramPacket(query, query.length));
            DatagramPacket received = new DatagramPacket(answer, answer.length);
            socket.receive(received);
            if (received.getLength() < HEADER_OCTETS || answer[0] != query[0] || answer[1] != query[1]) {
                return NameServers.SILENT;
            }
            return (answer[RCODE] & RCODE_MASK) == SERVFAIL ? NameServers.FAIL : NameServers.ANSWER;
        } catch (IOException e) {
            return NameServers.SILENT;
        }
    }

    /** RFC 1035 §4.1: one question, recursion desired; the empty name, NS, IN. */
    private static byte[] query() {
        int id = ThreadLocalRandom.current().nextInt();
        return new byte[] {(byte) (id >> 8), (byte) id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1};
    }
}
