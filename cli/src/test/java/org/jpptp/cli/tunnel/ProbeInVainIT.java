package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.server.EmbeddedServer;
import org.junit.jupiter.api.Test;

/** Probes that come to nothing, each with hosts of its own, all at the same time, since most of each is waiting. */
@RequiresRoot
class ProbeInVainIT {
    @Test
    void eachSaysWhy() {
        AtOnce.run(
                () -> answers(
                        "echo SSH-2.0-OpenSSH_9.2p1; sleep 60",
                        "the server answered with something that is not PPTP: \"SSH-2.0-OpenSSH_9.2p1"),
                () -> answers("sleep 60", "no answer to Start-Control-Connection-Request"),
                () -> drops("input", "comes in, and does not arrive there", "GRE passes in one direction only"),
                () -> drops("output", "nothing comes back", "is blocked between us and"));
    }

    /** Another service than PPTP. */
    private static void answers(String script, String sentence) {
        try (TwoHosts hosts = new TwoHosts()) {
            String service = "timeout 120 socat TCP-LISTEN:1723,fork,reuseaddr SYSTEM:'" + script + "'";
            hosts.server().exec("sh", "-c", service + " > /dev/null 2>&1 &").orThrow();
            hosts.server()
                    .exec(Connect.LONG, "sh", "-c", "until ss -Hltn sport = :1723 | grep -q LISTEN; do sleep 0.1; done")
                    .orThrow();
            InPlace probe = probe(hosts, 13);
            assertThat(probe.err()).contains(sentence);
        }
    }

    /** The server's host drops the GRE of one direction. */
    private static void drops(String hook, String line, String sentence) {
        try (TwoHosts hosts = new TwoHosts();
                EmbeddedServer server = hosts.serve(TwoHosts.config().with(Provoking.PATIENT))) {
            assertThat(server.port()).isEqualTo(1723);
            hosts.server().nft("""
                    table ip silent {
                      chain one { type filter hook %s priority 0; ip protocol gre drop; }
                    }
                    """.formatted(hook));
            InPlace probe = probe(hosts, 15);
            assertThat(probe.out()).contains("\"jpptp\"", line);
            assertThat(probe.err()).contains(sentence);
        }
    }

    private static InPlace probe(TwoHosts hosts, int code) {
        String before = hosts.client().hostState();
        InPlace probe = InPlace.run(hosts.client(), "probe", "--no-color", TwoHosts.SERVER);
        assertThat(probe.code()).as(probe.out() + probe.err()).isEqualTo(code);
        assertThat(probe.out()).doesNotContain("jpptp connect");
        assertThat(hosts.client().hostState()).isEqualTo(before);
        return probe;
    }
}
