package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.jpptp.client.Cidr;
import org.jpptp.client.ProxySettings;
import org.junit.jupiter.api.Test;

/** How programs get into the namespace of a proxy, and what keeps one from being made. */
class InnerNamespaceTest {
    private static List<String> entering(int uid, int gid) {
        return InnerNamespace.entering(
                "/usr/bin/nsenter",
                uid,
                gid,
                4711,
                List.of(Cidr.parse("10.0.0.53").orElseThrow().address()),
                List.of("curl", "-s", "http://wiki/"));
    }

    @Test
    void rootEntersTheNetworkAndStaysRoot() {
        assertThat(entering(0, 0))
                .startsWith("/usr/bin/nsenter", "--target", "4711", "--net", "--", "unshare", "--mount")
                .doesNotContain("--user")
                .endsWith("", "", "curl", "-s", "http://wiki/")
                .anyMatch(word -> word.endsWith("\nnameserver 10.0.0.53\n"));
    }

    @Test
    void othersHaveThePrivilegeInAUserNamespaceAndTheirNumberAtLast() {
        assertThat(entering(1000, 100))
                .startsWith("/usr/bin/nsenter", "--target", "4711", "--net", "--user", "--preserve-credentials")
                .contains("--map-root-user")
                .endsWith("1000", "100", "curl", "-s", "http://wiki/");
    }

    @Test
    void aPortThatIsTakenIsToldBefore() throws Exception {
        HostCommands host = new HostCommands(HostCommands.PLACES, line -> {});
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket taken = new ServerSocket(0, 1, here)) {
            ProxySettings proxy = new ProxySettings(here, taken.getLocalPort());
            assertThat(InnerNamespace.obstacle(proxy, host))
                    .hasValueSatisfying(failure -> assertThat(failure.sentence())
                            .isEqualTo("The proxy cannot listen at " + proxy + ": address already in use."));
        }
    }

    @Test
    void withoutTheCommandThereIsNone() {
        HostCommands nothing = new HostCommands(List.of(), line -> {});
        ProxySettings proxy = new ProxySettings(InetAddress.getLoopbackAddress(), 1080);
        assertThat(InnerNamespace.obstacle(proxy, nothing))
                .hasValueSatisfying(failure -> assertThat(failure.sentence())
                        .isEqualTo("No network namespace can be made for the proxy: the command unshare is not"
                                + " installed."));
    }
}
