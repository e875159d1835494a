package org.jpptp.client.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
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
        "10.0.0.2,        203.0.113.7,   203.0.113.7, '',                                     OUTER_ADDRESS_OF_SERVER",
        "203.0.113.7,     10.0.0.1,      203.0.113.7, OUTER_ADDRESS_OF_SERVER,          ''",
        "10.0.0.2,        10.0.0.2,      203.0.113.7, '',                                     OUR_INNER_ADDRESS",
        "0.0.0.0,         0.0.0.0,       203.0.113.7, THIS_NETWORK 0.0.0.0/8,       OUR_INNER_ADDRESS",
        "0.255.255.255,   0.0.0.1,       203.0.113.7, THIS_NETWORK 0.0.0.0/8,       THIS_NETWORK 0.0.0.0/8",
        "127.0.0.1,       127.255.0.1,   203.0.113.7, LOOPBACK 127.0.0.0/8,         LOOPBACK 127.0.0.0/8",
        "126.255.255.255, 128.0.0.0,     203.0.113.7, '',                                     ''",
        "224.0.0.1,       239.255.255.9, 203.0.113.7, MULTICAST 224.0.0.0/4,        MULTICAST 224.0.0.0/4",
        "240.0.0.1,       255.255.255.255, 203.0.113.7, RESERVED 240.0.0.0/4,       RESERVED 240.0.0.0/4",
        "223.255.255.255, 1.0.0.0,       203.0.113.7, '',                                     ''",
        "192.168.1.200,   192.168.1.1,   203.0.113.7, ATTACHED 192.168.1.0/24, ATTACHED 192.168.1.0/24",
        "192.168.2.200,   172.17.255.1,  203.0.113.7, '',                                     ATTACHED 172.17.0.0/16",
    })
    void judges(String local, String remote, String server, String ofLocal, String ofRemote) {
        assertThat(AddressRules.objectionToLocal(address(local), address(server), ATTACHED))
                .isEqualTo(objection(local, ofLocal));
        assertThat(AddressRules.objectionToRemote(address(remote), address(local), address(server), ATTACHED))
                .isEqualTo(objection(remote, ofRemote));
    }

    private static Optional<AddressObjection> objection(String address, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] words = text.split(" ", -1);
        return Optional.of(new AddressObjection(
                address(address),
                AddressObjection.Kind.valueOf(words[0]),
                words.length == 1 ? null : Cidr.parse(words[1]).orElseThrow()));
    }

    private static Inet4Address address(String text) {
        return Cidr.parse(text).orElseThrow().address();
    }
}
