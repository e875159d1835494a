package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.lab.peer.Command;
import org.jpptp.lab.peer.SocksClient;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.peer.Transfer;

/**
 * What programs of a host get through the proxy of a tunnel behind which the script {@code inner-services} runs.
 *
 * @param host where the proxy is
 * @param services the address of the script
 */
record Inside(TestNamespace host, String services) {
    static final String PORT = "1080";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** The way of curl's that names are looked up inside, and those of HTTP. */
    static final List<List<String>> WAYS = List.of(
            List.of("--socks5-hostname", "127.0.0.1:" + PORT),
            List.of("--proxytunnel", "--proxy", "http://127.0.0.1:" + PORT),
            List.of("--proxy", "http://127.0.0.1:" + PORT));

    private Command.Result curl(List<String> way, String... more) {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--noproxy", "", "--max-time", "170"));
        command.addAll(way);
        command.addAll(List.of(more));
        return host.exec(LIMIT, command.toArray(new String[0]));
    }

    void namesAreLookedUp() {
        for (List<String> way : WAYS) {
            assertThat(curl(way, "http://www.corp.example:8080/page").orThrow())
                    .as(way.toString())
                    .isEqualTo("this is /page\n");
        }
    }

    /** 16 MiB each way, by each way. */
    void transfersAreWhole() {
        for (List<String> way : WAYS) {
            String script =
                    "curl -sS --noproxy '' --max-time 170 " + String.join(" ", way) + " http://www.corp.example:8080";
            assertThat(bash(script + "/blob | sha256sum | cut -c 1-64"))
                    .as(way.toString())
                    .isEqualTo(Transfer.WHOLE.sha256());
            assertThat(bash("seq 1 3000000 2>/dev/null | head -c 16777216 >/tmp/jpptp-blob-$$; " + script
                            + "/ -T /tmp/jpptp-blob-$$; rm /tmp/jpptp-blob-$$"))
                    .as(way.toString())
                    .isEqualTo(Transfer.WHOLE.sha256());
        }
    }

    private String bash(String script) {
        return host.exec(LIMIT, "bash", "-c", script).orThrow().strip();
    }

    /** What cannot be reached has its code in each protocol. */
    void failuresHaveTheirCodes() {
        assertThat(curl(WAYS.get(0), "http://nobody.corp.example:8080/").toString())
                .contains("(4)");
        assertThat(curl(WAYS.get(0), "http://" + services + ":81/").toString()).contains("(5)");
        assertThat(curl(WAYS.get(0), "http://[2001:db8::1]:81/").toString()).contains("(3)");
        List<String> http = WAYS.get(2);
        String[] code = {"-o", "/dev/null", "-w", "%{http_code}"};
        assertThat(curl(http, with(code, "http://nobody.corp.example:8080/")).orThrow())
                .isEqualTo("502");
        assertThat(curl(http, with(code, "http://" + services + ":81/")).orThrow())
                .isEqualTo("502");
        assertThat(curl(http, with(code, "http://silent.corp.example:8080/")).orThrow())
                .isEqualTo("504");
    }

    private static String[] with(String[] words, String last) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add(last);
        return all.toArray(new String[0]);
    }

    private static InetSocketAddress proxy() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(PORT));
    }

    void datagramsCarryAQuestion() throws Exception {
        byte[] answer = NetworkNamespace.call(host.name(), () -> {
            try (SocksClient client = SocksClient.connect(proxy(), LIMIT)) {
                return client.exchange(new InetSocketAddress(services, 53), SocksClient.question("www.corp.example"));
            }
        });
        byte[] address = InetAddress.getByName(services).getAddress();
        assertThat(answer).startsWith(0x17, 0x23, 0x81, 0x80).endsWith(address);
    }

    /** So many connections that are all open at a time, each with a question and its answer. */
    void serveAtOnce(int connections) throws Exception {
        int answered = NetworkNamespace.call(host.name(), () -> {
            List<Socket> open = new ArrayList<>();
            try {
                for (int i = 0; i < connections; i++) {
                    Socket socket = web();
                    open.add(socket);
                    request(socket, "/" + i);
                }
                int right = 0;
                for (int i = 0; i < connections; i++) {
                    right += text(open.get(i)).endsWith("this is /" + i + "\n") ? 1 : 0;
                }
                return right;
            } finally {
                for (Socket socket : open) {
                    socket.close();
                }
            }
        });
        assertThat(answered).isEqualTo(connections);
    }

    /** Clients that ask for much and read nothing are in nobody's way. */
    void whoNeverReadsIsInNobodysWay(int connections) throws Exception {
        NetworkNamespace.call(host.name(), () -> {
            List<Socket> open = new ArrayList<>();
            try {
                for (int i = 0; i < connections; i++) {
                    Socket socket = web();
                    open.add(socket);
                    request(socket, "/blob");
                }
                try (Socket other = web()) {
                    request(other, "/other");
                    assertThat(text(other)).endsWith("this is /other\n");
                }
                return open.size();
            } finally {
                for (Socket socket : open) {
                    socket.close();
                }
            }
        });
    }

    private Socket web() throws IOException {
        return SocksClient.connect(proxy(), LIMIT).connectTo(new InetSocketAddress(services, 8080));
    }

    private static void request(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: www\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Up to the second line feed at an end of a line of its own. */
    private static String text(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().matches("(?s).*\r\n\r\n.*\n")) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                break;
            }
            text.append((char) octet);
        }
        return text.toString();
    }
}
