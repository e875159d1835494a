package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kernel's packet filter, in a namespace of its own. */
class FilterChangeTest {
    private static final String DROP_STRAYS =
            "chain stray { type filter hook prerouting priority -300; ip daddr 10.9.0.2 iifname != \"pptp0.x-1\" drop; };";

    private static final String HERE = "table inet jpptp-pptp0.x-1";

    private final List<String> trace = new ArrayList<>();

    @Test
    void takesItsTableBackAndNoOther() throws Exception {
        HostCommands host = new HostCommands(HostCommands.PLACES, trace::add);
        try (TestNamespace namespace = TestNamespace.create("filter")) {
            assumeTrue(host.has(HostCommands.Program.NFT), "needs nft");
            namespace.call(() -> {
                TestNamespace.run("nft", "table inet other { chain c { type filter hook input priority 0; }; }");
                String before = TestNamespace.run("nft", "list", "ruleset");
                FilterChange change = new FilterChange("pptp0.x-1", DROP_STRAYS);

                change.make(host);
                assertThat(TestNamespace.run("nft", "list", "ruleset"))
                        .contains("table inet jpptp-pptp0.x-1", "ip daddr 10.9.0.2 iifname != \"pptp0.x-1\" drop");

                Change read = Change.parse(change.line()).orElseThrow();
                assertThat(read.undo(host)).isTrue();
                assertThat(TestNamespace.run("nft", "list", "ruleset")).isEqualTo(before);
                assertThat(read.undo(host)).as("once more").isTrue();
                return 0;
            });
        }
        assertThat(trace)
                .containsExactly(
                        "[#] nft " + HERE + "; delete " + HERE + "; " + HERE + " { " + DROP_STRAYS + " }",
                        "[#] nft delete table inet jpptp-pptp0.x-1",
                        "[#] nft delete table inet jpptp-pptp0.x-1");
    }
}
