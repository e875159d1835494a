package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.server.EmbeddedServer;
import org.junit.jupiter.api.Test;

/** The call is accepted, and GRE does not come: each reason why, all waited for at the same time, each with its own hosts. */
@RequiresRoot
@RequiresTshark
class SilentGreIT extends Provoking {
    private static final String BOTH_WAYS = """
            table ip silent {
              chain in { type filter hook input priority 0; ip protocol gre drop; }
              chain out { type filter hook output priority 0; ip protocol gre drop; }
            }
            """;
    private static final String INPUT = """
            table ip silent {
              chain in { type filter hook input priority 0; ip protocol gre drop; }
            }
            """;
    private static final String FROM_ELSEWHERE = """
            table ip elsewhere {
              chain out { type route hook output priority 0; ip protocol gre ip saddr set 198.51.100.1; }
            }
            """;

    @Test
    void eachReasonIsTold() {
        AtOnce.run(
                () -> between(3, "a firewall drops GRE both ways", BOTH_WAYS, "", "is blocked between us and"),
                () -> between(3, "a firewall drops GRE to the server", INPUT, "", "GRE passes in one direction only"),
                () -> between(6, "this host's INPUT rule", "", INPUT, "This host's own firewall drops them."),
                () -> between(34, "GRE from another address", FROM_ELSEWHERE, "", "come from elsewhere: "),
                this::theRouterKnowsNoCall,
                this::theRouterTellsTwoClientsNotApart,
                this::theHelperTellsThemApart);
    }

    private void between(int number, String provoked, String atTheServer, String here, String sentence) {
        try (TwoHosts own = new TwoHosts();
                EmbeddedServer server = own.serve(TwoHosts.config().with(Provoking.PATIENT))) {
            assertThat(server.port()).isEqualTo(1723);
            own.server().nft(atTheServer);
            own.client().nft(here);
            Failure failure = silent(number, provoked, own.client());
            assertThat(failure.sentence()).contains(sentence);
        }
    }

    private Failure silent(int number, String provoked, TestNamespace from) {
        return fails(
                number,
                provoked,
                from,
                TwoHosts.SERVER,
                "secret",
                FailureReason.GRE_BLOCKED,
                Seen.THE_SAME,
                attempt -> {});
    }

    /** It takes GRE for a connection of its own, which nobody has permitted. What the remedy names helps. */
    private void theRouterKnowsNoCall() {
        try (BehindNat net = new BehindNat();
                EmbeddedServer server = TwoHosts.serve(net.server(), TwoHosts.config())) {
            assertThat(server.port()).isEqualTo(1723);
            net.forwardOnlyWhatIsKnown();
            Failure failure = silent(4, "a Linux router with NAT, without the helper", net.client());
            assertThat(failure.remedy().toString()).contains("assign its helper");
            net.assignTheHelper();
            works(4, "the same router, with the helper assigned", net.client(), "secret", answered(net.client()));
        }
    }

    private void theRouterTellsTwoClientsNotApart() {
        try (BehindNat net = new BehindNat();
                EmbeddedServer server = TwoHosts.serve(net.server(), TwoHosts.config())) {
            assertThat(server.port()).isEqualTo(1723);
            net.giveAllGreToTheOther();
            try (Attempt first = Attempt.to(TwoHosts.SERVER, net.other(), "secret")) {
                first.awaitUp();
                Failure failure = silent(
                        5, "a second client behind a NAT that tells clients apart by address only", net.client());
                assertThat(failure.remedy().toString()).contains("assign its helper");
            }
        }
    }

    private void theHelperTellsThemApart() {
        try (BehindNat net = new BehindNat();
                EmbeddedServer server = TwoHosts.serve(net.server(), TwoHosts.config())) {
            assertThat(server.port()).isEqualTo(1723);
            net.assignTheHelper();
            try (Attempt first = Attempt.to(TwoHosts.SERVER, net.other(), "secret")) {
                first.awaitUp();
                works(
                        5,
                        "a second client behind a Linux router, with the helper assigned",
                        net.client(),
                        "secret",
                        answered(net.client()));
            }
        }
    }
}
