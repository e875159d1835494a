package org.jpptp.lab.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresRoot
class TestNamespaceTest {
    @Test
    void joinsFiltersAndCompares() throws IOException {
        TestNamespace one = TestNamespace.create();
        TestNamespace other = TestNamespace.create();
        try (one;
                other) {
            one.link("here", other, "there");
            one.address("here", "10.98.0.1/24");
            other.address("there", "10.98.0.2/24");
            assertThat(one.exec("ping", "-c1", "-W5", "10.98.0.2").status()).isZero();

            String before = one.hostState();
            assertThat(before).contains("10.98.0.0/24 dev here").contains("nameserver 192.0.2.53");
            one.nft("table ip t { chain c { type filter hook output priority 0; ip protocol icmp drop; }; }");
            assertThat(one.exec("ping", "-c1", "-W1", "10.98.0.2").status()).isNotZero();
            assertThat(one.hostState()).isNotEqualTo(before);
            one.exec("nft", "flush", "ruleset").orThrow();
            Files.writeString(one.resolvConf(), "nameserver 10.98.0.2\n");
            assertThat(one.hostState()).contains("nameserver 10.98.0.2");
        }
        assertThat(one.exists()).isFalse();
        assertThat(one.resolvConf()).doesNotExist();
    }

    @Test
    void whatStillRunsInItEndsWithIt() throws IOException, InterruptedException {
        Process sleeper;
        try (TestNamespace namespace = TestNamespace.create()) {
            sleeper = new ProcessBuilder(namespace.command(List.of("sleep", "600"))).start();
            // It is in the namespace only once ip has turned into it.
            while (!namespace
                    .exec("ip", "netns", "pids", namespace.name())
                    .out()
                    .contains("" + sleeper.pid())) {
                assertThat(sleeper.isAlive()).isTrue();
            }
        }
        assertThat(sleeper.waitFor()).isEqualTo(128 + 9);
    }
}
