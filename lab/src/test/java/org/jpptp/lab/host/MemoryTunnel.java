package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jpptp.client.Cidr;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.Timing;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.capture.Capture;
import org.jpptp.client.tunnel.PptpClient;
import org.jpptp.lab.server.Personality;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.server.SingleUser;
import org.jpptp.lab.simulation.Ipv4Packets;
import org.jpptp.ppp.Credentials;
import org.jspecify.annotations.Nullable;

/** Alice's tunnel from a {@link MemoryHost} to a {@link MemoryServer}. */
final class MemoryTunnel implements TunnelListener {
    static final String PASSWORD = "secret";
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final List<Cidr> ROUTES = List.of(Cidr.parse("10.0.0.0/8").orElseThrow());

    final MemoryServer server;
    final MemoryHost host;
    final List<String> before;
    final List<TunnelEvent> events = new ArrayList<>();
    private final Personality.Client policy;
    private final String password;
    private final Duration timeout;
    private final List<Cidr> routes;
    private final ReconnectSettings reconnect;
    private final Map<Class<? extends TunnelEvent>, Runnable> hooks = new HashMap<>();
    private PptpClient client;
    private long disconnected = Long.MAX_VALUE;
    private long started;
    private long ended;
    private CompletableFuture<TunnelEvent.Ended> running = new CompletableFuture<>();

    MemoryTunnel() {
        this(config());
    }

    MemoryTunnel(ServerConfig config) {
        this(config, Personality.Client.DEFAULT, PASSWORD);
    }

    MemoryTunnel(ServerConfig config, Personality.Client policy, String password) {
        this(config, policy, password, Timing.DEFAULT.comingUp(), ROUTES, ReconnectSettings.OFF);
    }

    private MemoryTunnel(
            ServerConfig config,
            Personality.Client policy,
            String password,
            Duration timeout,
            List<Cidr> routes,
            ReconnectSettings reconnect) {
        this.server = new MemoryServer(config);
        this.host = server.host();
        this.before = host.state();
        this.policy = policy;
        this.password = password;
        this.timeout = timeout;
        this.routes = routes;
        this.reconnect = reconnect;
        this.client = new PptpClient(host, clientConfig(), this);
    }

    /** Alice, who has so much patience. */
    static MemoryTunnel within(Duration timeout, ServerConfig config) {
        return new MemoryTunnel(config, Personality.Client.DEFAULT, PASSWORD, timeout, ROUTES, ReconnectSettings.OFF);
    }

    /** Alice, whose tunnel comes back when it is lost. */
    static MemoryTunnel lasting(ReconnectSettings settings) {
        return new MemoryTunnel(
                config(), Personality.Client.DEFAULT, PASSWORD, Timing.DEFAULT.comingUp(), ROUTES, settings);
    }

    /** Alice, who wants to reach these networks. */
    static MemoryTunnel to(List<Cidr> routes) {
        return new MemoryTunnel(
                config(),
                Personality.Client.DEFAULT,
                PASSWORD,
                Timing.DEFAULT.comingUp(),
                routes,
                ReconnectSettings.OFF);
    }

    /** A server of ours that knows Alice. */
    static ServerConfig config() {
        return config(0);
    }

    /** @param error what Alice gets for the right password, 0 for success */
    static ServerConfig config(int error) {
        return ServerConfig.standard(
                new SingleUser("alice", PASSWORD, error),
                Ipv4Packets.address("192.168.77.1"),
                List.of(Ipv4Packets.address("192.168.77.10")));
    }

    /** A server of ours that gives Alice another address. */
    static ServerConfig config(String pool) {
        return ServerConfig.standard(
                new SingleUser("alice", PASSWORD, 0),
                Ipv4Packets.address("192.168.77.1"),
                List.of(Ipv4Packets.address(pool)));
    }

    private ClientConfig clientConfig() {
        return ClientConfig.to("vpn.example.com", new Credentials("alice", password.toCharArray()))
                .with(policy.policy())
                .with(NetworkSettings.DEFAULT.withRoutes(routes))
                .with(Timing.DEFAULT.withComingUp(timeout))
                .with(reconnect);
    }

    /** Runs something when the client tells of its progress. */
    MemoryTunnel on(Class<? extends TunnelEvent> progress, Runnable hook) {
        hooks.put(progress, hook);
        return this;
    }

    /** Everything that passes is captured; before it starts. */
    MemoryTunnel into(Capture capture) {
        client = new PptpClient(capture.of(host), clientConfig(), capture.listening(this));
        return this;
    }

    /** Somebody else is told in the place of this one; before it starts. */
    MemoryTunnel told(Function<MemoryTunnel, TunnelListener> who) {
        client = new PptpClient(host, clientConfig(), who.apply(this));
        return this;
    }

    MemoryTunnel start() {
        started = host.now();
        running = client.start(host.threads());
        return this;
    }

    /** Starts, and runs until the tunnel is up. */
    MemoryTunnel connect() {
        start();
        host.runUntil(() -> isUp() || running.isDone(), LONG);
        assertThat(isUp()).as(events.toString()).isTrue();
        return this;
    }

    /** From the start to the interface that carries traffic. */
    Duration took() {
        return events.stream()
                .flatMap(event -> event instanceof TunnelEvent.TunnelUp up ? Stream.of(up.took()) : Stream.empty())
                .findFirst()
                .orElseThrow();
    }

    /** From the start to the last event. */
    Duration tookInAll() {
        return Duration.ofNanos(ended - started);
    }

    /** Runs until the tunnel has come back so often. */
    MemoryTunnel untilBack(int reconnections) {
        host.runUntil(() -> all(TunnelEvent.TunnelUp.class).size() > reconnections || running.isDone(), LONG);
        assertThat(all(TunnelEvent.TunnelUp.class)).as(events.toString()).hasSize(reconnections + 1);
        return this;
    }

    /** Runs until something has been told. */
    MemoryTunnel until(Class<? extends TunnelEvent> progress) {
        host.runUntil(() -> !all(progress).isEmpty() || running.isDone(), LONG);
        assertThat(all(progress)).as(events.toString()).isNotEmpty();
        return this;
    }

    /** What has been told of a kind. */
    <T extends TunnelEvent> List<T> all(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    void reconnect() {
        client.reconnect();
    }

    void tellStatistics() {
        client.tellStatistics();
    }

    boolean isUp() {
        return events.stream().anyMatch(TunnelEvent.TunnelUp.class::isInstance);
    }

    boolean isRunning() {
        return !running.isDone();
    }

    /** What it tells of itself when it is asked now. */
    TunnelStatus status() {
        CompletableFuture<TunnelStatus> answer = client.status();
        host.runUntil(answer::isDone, LONG);
        return answer.join();
    }

    void disconnect() {
        disconnected = Math.min(disconnected, host.now());
        client.disconnect();
    }

    void runFor(Duration time) {
        host.runUntil(() -> false, time);
    }

    /** Runs until it is over, and sees to it that nothing is left on the host and nothing more happens to it. */
    void runToEnd() {
        host.runUntil(running::isDone, LONG);
        assertThat(running).as(events.toString()).isDone();
        assertThat(host.state()).isEqualTo(before);
        int told = events.size();
        runFor(LONG);
        assertThat(host.state()).isEqualTo(before);
        assertThat(events).as("events after the last").hasSize(told);
    }

    /** How it ended; the listener has been told the same, last. */
    TunnelEvent.Ended end() {
        runToEnd();
        TunnelEvent.Ended ended = running.join();
        assertThat(events.get(events.size() - 1)).isEqualTo(ended);
        return ended;
    }

    /** From the first {@link #disconnect} to the last event. */
    Duration tookToEnd() {
        return Duration.ofNanos(ended - disconnected);
    }

    /** Why it failed. */
    Failure failure() {
        Failure failure = end().failure();
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    /** The defect that ended it, null for none. */
    @Nullable
    Throwable defect() {
        runToEnd();
        return running.handle((how, why) -> why).join();
    }

    @Override
    public void event(TunnelEvent event) {
        events.add(event);
        ended = host.now();
        Runnable hook = hooks.get(event.getClass());
        if (hook != null) {
            hook.run();
        }
    }
}
