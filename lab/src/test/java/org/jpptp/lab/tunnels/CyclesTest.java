package org.jpptp.lab.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jpptp.client.Cidr;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.host.linux.LinuxHost;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.client.tunnel.PptpClient;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.MppePolicy;
import org.junit.jupiter.api.Test;

/** Tunnels to the real server, one after the other in one process: nothing of them may stay. */
@RequiresRealPeer
class CyclesTest {
    /** {@code -Djpptp.cycles=100} for a longer look. */
    private static final int CYCLES = Integer.getInteger("jpptp.cycles", 10);

    /** What is loaded once and stays: class files, native libraries, the resolver's thread. */
    private static final int WARM_UP = 2;

    @Test
    void neitherDescriptorsNorThreadsNorInterfacesNorRoutesAreLeft() throws Exception {
        try (RealPeer peer = RealPeer.builder()
                .options(RealPeer.MPPE_128)
                .user("alice", "secret")
                .start()) {
            String before = peer.namespace().hostState();
            int descriptors = 0;
            KeptThreads threads = new KeptThreads(List.of());
            for (int cycle = 0; cycle < WARM_UP + CYCLES; cycle++) {
                if (cycle == WARM_UP) {
                    descriptors = openDescriptors();
                    threads = KeptThreads.now();
                }
                TunnelEvent.Ended ended = NetworkNamespace.call(peer.namespace().name(), CyclesTest::connectAndLeave);
                assertThat(ended.failure()).as("cycle %d", cycle).isNull();
                assertThat(ended.wasUp()).as("cycle %d", cycle).isTrue();
                assertThat(peer.namespace().hostState()).as("cycle %d", cycle).isEqualTo(before);
            }
            assertThat(openDescriptors()).as("open descriptors").isLessThanOrEqualTo(descriptors);
            assertThat(KeptThreads.now().without(threads)).as("threads").isEmpty();
            assertThat(peer.pppdLog().split("LCP terminated by peer", -1)).hasSize(WARM_UP + CYCLES + 1);
        }
    }

    private static TunnelEvent.Ended connectAndLeave() {
        ClientConfig config = ClientConfig.to("10.99.0.2", new Credentials("alice", "secret".toCharArray()))
                .with(new PolicySettings(Set.of(AuthMethod.MSCHAPV2), MppePolicy.REQUIRE_128_STATELESS))
                .with(NetworkSettings.DEFAULT.withRoutes(
                        List.of(Cidr.parse("10.11.0.0/16").orElseThrow())));
        CompletableFuture<PptpClient> made = new CompletableFuture<>();
        PptpClient client = new PptpClient(new LinuxHost(), config, event -> {
            if (event instanceof TunnelEvent.TunnelUp) {
                made.join().disconnect();
            }
        });
        made.complete(client);
        return client.run();
    }

    private static int openDescriptors() {
        String[] names = new File("/proc/self/fd").list();
        return names == null ? -1 : names.length;
    }
}
