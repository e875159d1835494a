package org.jpptp.client.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.host.linux.LinuxHost;
import org.jpptp.client.host.linux.LinuxLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerFinderTest {
    private final CompletableFuture<List<Inet4Address>> found = new CompletableFuture<>();
    private final CompletableFuture<Failure> failed = new CompletableFuture<>();
    private final LinuxLoop loop = new LinuxLoop();

    @AfterEach
    void end() {
        loop.close();
    }

    private void find(String name) {
        ServerFinder finder =
                new ServerFinder(new LinuxHost(), loop, name, List.of(), found::complete, failed::complete);
        loop.execute(finder::begin);
    }

    @Test
    void anAddressIsItsOwnAnswer() throws Exception {
        find("192.0.2.7");
        assertThat(found.get(120, TimeUnit.SECONDS))
                .extracting(Object::toString)
                .containsExactly("/192.0.2.7");
    }

    @Test
    void aNameWithoutIpv4IsToldApart() throws Exception {
        find("2001:db8::1");
        Failure failure = failed.get(120, TimeUnit.SECONDS);
        assertThat(failure.reason()).isEqualTo(FailureReason.NAME_NOT_FOUND);
        assertThat(failure.sentence()).contains("only IPv6 addresses");
    }
}
