package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkStateTest {
    @Test
    void readsANewTun() {
        assertThat(
                        LinkState.parse(
                                "12: pptp0: <POINTOPOINT,MULTICAST,NOARP> mtu 1500 qdisc noop state DOWN mode DEFAULT group default"
                                        + " qlen 500\\    link/none  promiscuity 0  allmulti 0 minmtu 68 maxmtu 65535 \\    tun type"
                                        + " tun pi off vnet_hdr off persist off addrgenmode random numtxqueues 1 numrxqueues 1 \n"))
                .contains(new LinkState(
                        12,
                        1500,
                        LinkState.Setting.DOWN,
                        Optional.of("random"),
                        "default",
                        LinkState.Persistence.OF_DESCRIPTOR));
    }

    @Test
    void tellsUpFromLowerUpAndDoesWithoutIpv6() {
        assertThat(LinkState.parse("2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1400 qdisc noqueue state UP "))
                .contains(new LinkState(
                        2,
                        1400,
                        LinkState.Setting.UP,
                        Optional.empty(),
                        "default",
                        LinkState.Persistence.OF_DESCRIPTOR));
        assertThat(LinkState.parse("2: eth0: <BROADCAST,LOWER_UP> mtu 1400 qdisc noqueue state UP "))
                .contains(new LinkState(
                        2,
                        1400,
                        LinkState.Setting.DOWN,
                        Optional.empty(),
                        "default",
                        LinkState.Persistence.OF_DESCRIPTOR));
    }

    @Test
    void tellsWhatStaysWithoutUs() {
        assertThat(LinkState.parse(
                        "12: pptp0: <NOARP> mtu 1500 q \\    tun type tun pi off persist on addrgenmode eui64 "))
                .hasValueSatisfying(link -> assertThat(link.persistence()).isEqualTo(LinkState.Persistence.OF_ITS_OWN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Device \"pptp0\" does not exist.",
                "99999999999: pptp0: <UP> mtu 1500 q",
                "2: pptp0: <UP> mtu 99999999999 q",
                "2: pptp0: <UP mtu 1500 "
            })
    void refusesAnythingElse(String answer) {
        assertThat(LinkState.parse(answer)).isEmpty();
    }
}
