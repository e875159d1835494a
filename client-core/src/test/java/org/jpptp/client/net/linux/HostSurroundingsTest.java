package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostSurroundingsTest {
    /** A file of resolved's that outlived it would tell of a network that this host has left. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,  198.51.100.53, 192.0.2.1",
        "127.0.0.53, 198.51.100.53, 127.0.0.53 198.51.100.53",
        "127.0.0.1,  198.51.100.53, 127.0.0.1",
        "127.0.0.54, '',            127.0.0.54",
        "2001:db8::1, 198.51.100.53, ''",
    })
    void resolvedIsAskedOnlyWhereItAnswers(String named, String ofResolved, String expected) {
        assertThat(HostSurroundings.resolvers(file(named), () -> file(ofResolved)))
                .extracting(InetAddress::getHostAddress)
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
    }

    private static String file(String server) {
        return server.isEmpty() ? "" : "# made by something\nnameserver " + server + "\noptions edns0\n";
    }
}
