package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import org.jpptp.client.doctor.MachineFacts.NameServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class NameServerCheckTest {
    private static final String HERE = "127.0.0.1";

    /** Of RFC 1035 §4.1.1: no error, server failure, name error, refused. */
    @ParameterizedTest
    @CsvSource({"0, ANSWER", "2, FAIL", "3, ANSWER", "5, ANSWER"})
    void whoAnswersIsThere(int code, NameServers said) throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(server, code));
            answering.setDaemon(true);
            answering.start();
            assertThat(new NameServerCheck(server.getLocalPort()).ask(List.of("no address", HERE)))
                    .isEqualTo(said);
        }
    }

    private static void answer(DatagramSocket server, int code) {
        byte[] octets = new byte[512];
        DatagramPacket packet = new DatagramPacket(octets, octets.length);
        try {
            server.receive(packet);
            octets[2] = (byte) 0x81;
            octets[3] = (byte) (0x80 | code);
            server.send(packet);
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Test
    void nobodyIsSilent() throws Exception {
        int port;
        try (DatagramSocket closed = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertThat(new NameServerCheck(port).ask(List.of(HERE))).isEqualTo(NameServers.SILENT);
        assertThat(new NameServerCheck(port).ask(List.of("localhost"))).isEqualTo(NameServers.SILENT);
    }
}
