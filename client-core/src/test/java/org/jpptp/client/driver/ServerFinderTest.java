package org.jpptp.client.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.jpptp.client.FailureReason;
import org.junit.jupiter.api.Test;

class ServerFinderTest {
    private final CompletableFuture<Void> never = new CompletableFuture<>();

    @Test
    void an_address_is_its_own_answer() {
        ServerFinder.Found found = ServerFinder.find("192.0.2.7", never);
        assertThat(found.failure()).isNull();
        assertThat(found.addresses()).extracting(Object::toString).containsExactly("/192.0.2.7");
    }

    @Test
    void a_name_without_ipv4_is_told_apart() {
        ServerFinder.Found found = ServerFinder.find("2001:db8::1", never);
        assertThat(found.failure()).isNotNull();
        assertThat(found.failure().reason()).isEqualTo(FailureReason.NAME_NOT_FOUND);
        assertThat(found.failure().sentence()).contains("only IPv6 addresses");
    }

    @Test
    void a_name_that_does_not_exist_is_not_found() {
        ServerFinder.Found found = ServerFinder.find("no-such-host.invalid", never);
        assertThat(found.failure()).isNotNull();
        assertThat(found.failure().reason()).isEqualTo(FailureReason.NAME_NOT_FOUND);
        assertThat(found.failure().sentence()).startsWith("The name \"no-such-host.invalid\" has no IPv4 address");
    }
}
