package org.jpptp.client.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.List;
import org.jpptp.client.Cidr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threat: pushed addresses that would turn the host's own traffic into the tunnel. */
class AddressRulesTest {
    private static final List<Cidr> ATTACHED = List.of(
            Cidr.parse("192.168.1.0/24").orElseThrow(),
            Cidr.parse("172.17.0.0/16").orElseThrow());

    @ParameterizedTest
    @CsvSource({
        // local, remote, server; what is said of local; what is said of remote
        "10.0.0.2,        10.0.0.1,      203.0.113.7, '',                                     ''",
        "100.64.0.2,      10.64.64.64,   203.0.113.7, '',                                     ''",
        "169.254.7.1,     169.254.7.2,   203.0.113.7, '',                                     ''",
        "203.0.113.9,     203.0.113.8,   203.0.113.7, '',                                     ''",
        "10.0.0.2,        203.0.113.7,   203.0.113.7, '',                                     is the server's outer address",
        "203.0.113.7,     10.0.0.1,      203.0.113.7, is the server's outer address,          ''",
        "10.0.0.2,        10.0.0.2,      203.0.113.7, '',                                     is our own inner address",
        "0.0.0.0,         0.0.0.0,       203.0.113.7, lies in 0.0.0.0/8 (this network),       is our own inner address",
        "0.255.255.255,   0.0.0.1,       203.0.113.7, lies in 0.0.0.0/8 (this network),       lies in 0.0.0.0/8 (this network)",
        "127.0.0.1,       127.255.0.1,   203.0.113.7, lies in 127.0.0.0/8 (loopback),         lies in 127.0.0.0/8 (loopback)",
        "126.255.255.255, 128.0.0.0,     203.0.113.7, '',                                     ''",
        "224.0.0.1,       239.255.255.9, 203.0.113.7, lies in 224.0.0.0/4 (multicast),        lies in 224.0.0.0/4 (multicast)",
        "240.0.0.1,       255.255.255.255, 203.0.113.7, lies in 240.0.0.0/4 (reserved),       lies in 240.0.0.0/4 (reserved)",
        "223.255.255.255, 1.0.0.0,       203.0.113.7, '',                                     ''",
        "192.168.1.200,   192.168.1.1,   203.0.113.7, lies in 192.168.1.0/24 (a network that this host is attached to), lies in 192.168.1.0/24 (a network that this host is attached to)",
        "192.168.2.200,   172.17.255.1,  203.0.113.7, '',                                     lies in 172.17.0.0/16 (a network that this host is attached to)",
    })
    void judges(String local, String remote, String server, String ofLocal, String ofRemote) {
        assertThat(AddressRules.objectionToLocal(address(local), address(server), ATTACHED)
                        .orElse(""))
                .isEqualTo(ofLocal.isEmpty() ? "" : local + " " + ofLocal);
        assertThat(AddressRules.objectionToRemote(address(remote), address(local), address(server), ATTACHED)
                        .orElse(""))
                .isEqualTo(ofRemote.isEmpty() ? "" : remote + " " + ofRemote);
    }

    private static Inet4Address address(String text) {
        return Cidr.parse(text).orElseThrow().address();
    }
}
