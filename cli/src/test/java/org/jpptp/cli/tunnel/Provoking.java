package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.explain.Explained;
import org.jpptp.lab.oracle.Capture;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.ppp.PppTiming;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Provokes causes between two hosts, with tcpdump beside the client, and writes down what comes of each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Provoking {
    private static final int PINGS = 3;

    /** A server that asks for longer, and insists for longer, than the client takes part. */
    static final PppTiming PATIENT = new PppTiming(
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            20,
            2,
            20,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ZERO,
            4);

    @TempDir
    Path directory;

    TwoHosts hosts;
    private final AtomicInteger captures = new AtomicInteger();

    @BeforeAll
    void make() {
        hosts = new TwoHosts();
    }

    @AfterAll
    void remove() {
        hosts.close();
    }

    /** What a capture of an attempt is to be held to. */
    enum Seen {
        /** It shows what the client says. */
        THE_SAME,
        /** What the client knows of its own host is not in it. */
        NOT_THERE
    }

    Capture capture(TestNamespace where) {
        return Capture.start(where, "eth0", directory.resolve(captures.incrementAndGet() + ".pcap"));
    }

    /** Against this server a tunnel never comes up. */
    Failure fails(int number, String provoked, ServerConfig config, FailureReason reason, String... options) {
        try (EmbeddedServer server = hosts.serve(config)) {
            assertThat(server.port()).isEqualTo(1723);
            return fails(number, provoked, TwoHosts.SERVER, reason, Seen.THE_SAME, options);
        }
    }

    /** Whoever is called there, a tunnel never comes up. */
    Failure fails(int number, String provoked, String server, FailureReason reason, Seen seen, String... options) {
        return fails(number, provoked, hosts.client(), server, "secret", reason, seen, attempt -> {}, options);
    }

    /**
     * A tunnel fails.
     *
     * @param meanwhile what is done while it is tried
     */
    Failure fails(
            int number,
            String provoked,
            TestNamespace from,
            String server,
            String password,
            FailureReason reason,
            Seen seen,
            Consumer<Attempt> meanwhile,
            String... options) {
        String before = from.hostState();
        Failure failure;
        Path file;
        try (Capture capture = capture(from);
                Attempt attempt = Attempt.to(server, from, password, options)) {
            meanwhile.accept(attempt);
            int code = attempt.awaitExit();
            file = capture.stop();
            failure = attempt.failure();
            assertThat(failure).as("%s: %s", provoked, attempt.err()).isNotNull();
            assertThat(failure.reason()).as(failure.sentence()).isEqualTo(reason);
            assertThat(code).isEqualTo(reason.exitCode());
            assertThat(attempt.err())
                    .contains(failure.sentence(), "(exit code " + code)
                    .doesNotContain("\tat ");
            tell(number, provoked, attempt, file);
        }
        assertThat(from.hostState()).isEqualTo(before);
        List<Explained> explained = Recorded.ofCapture(file);
        if (seen == Seen.THE_SAME) {
            Recorded.saysTheSame(explained.get(explained.size() - 1), failure);
        }
        CausesTable.failed(
                number,
                provoked,
                failure,
                seen == Seen.THE_SAME ? CausesTable.SAME : CausesTable.instead(explained.get(0)),
                CausesTable.NO_LOG);
        return failure;
    }

    /** Figures for people: how long it took, and how long after the packets that prove it. */
    private static void tell(int number, String provoked, Attempt attempt, Path file) {
        Explained explained = Recorded.ofCapture(file).get(0);
        long last = explained.ladder().isEmpty()
                ? 0
                : explained.ladder().get(explained.ladder().size() - 1).millis();
        long proven = explained.proofs().stream()
                .mapToLong(rung -> rung.millis())
                .max()
                .orElse(last);
        System.out.printf(
                "cause %d, %s: %d ms from its start to its exit code; its last packet %d ms after the proof%n",
                number, provoked, attempt.took().toMillis(), last - proven);
    }

    /**
     * A tunnel comes up, is used, and ends as its user wants.
     *
     * @param use of a tunnel that is up; what it returns is written down
     */
    Explained works(int number, String provoked, ServerConfig config, Use use, String... options) {
        return works(number, provoked, config, "secret", use, options);
    }

    /** The same with another password. */
    Explained works(int number, String provoked, ServerConfig config, String password, Use use, String... options) {
        try (EmbeddedServer server = hosts.serve(config)) {
            assertThat(server.port()).isEqualTo(1723);
            return works(number, provoked, hosts.client(), password, use, options);
        }
    }

    /** The same from another host, to a server that runs. */
    Explained works(int number, String provoked, TestNamespace from, String password, Use use, String... options) {
        String before = from.hostState();
        Path file;
        String seen;
        try (Capture capture = capture(from);
                Attempt attempt = Attempt.to(TwoHosts.SERVER, from, password, options)) {
            attempt.awaitUp();
            seen = use.of(attempt);
            attempt.end();
            assertThat(attempt.awaitExit()).as(attempt.err()).isZero();
            file = capture.stop();
        }
        assertThat(from.hostState()).isEqualTo(before);
        List<Explained> explained = Recorded.ofCapture(file);
        Explained call = explained.get(explained.size() - 1);
        assertThat(call.verdict().failure()).as(call.verdict().sentence()).isNull();
        assertThat(call.verdict().sentence()).startsWith("The tunnel was up for ");
        CausesTable.works(number, provoked, seen, call.verdict().sentence());
        return call;
    }

    /** What is done with a tunnel that is up. */
    interface Use {
        /** Returns what was seen. */
        String of(Attempt attempt);
    }

    /** The server answers inside the tunnel, to each of three pings, however late. */
    static Use answered(TestNamespace from) {
        return attempt -> {
            for (int i = 0; i < PINGS; i++) {
                // Of several in one run ping waits for the last no longer than the others took.
                String said = from.exec(Connect.LONG, "ping", "-c", "1", "-W", "60", TwoHosts.INNER_SERVER)
                        .orThrow();
                assertThat(said).contains(" 0% packet loss");
            }
            return "up, and all pings answered.";
        };
    }

    Use answered() {
        return answered(hosts.client());
    }
}
