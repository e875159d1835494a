package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.net.Lockdown;
import org.jpptp.control.ServerTraits;
import org.jpptp.lab.server.FrameFaults;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.server.ServerSession;
import org.jpptp.ppp.MppePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of exit codes, a cell for each: how a tunnel comes to fail so, and that nothing of it is left on the host. */
class FailureTableTest {
    private static final int IPCP = 0x8021;

    /** What no tunnel ends with, and who has a test for it. */
    private static final Map<FailureReason, String> ELSEWHERE = Map.of(
            FailureReason.USAGE, "the command's arguments: cli's ConnectOptionsTest",
            FailureReason.NO_LIBRARIES, "nothing is begun: cli's LibrariesTest",
            FailureReason.NOTHING_TO_EXPLAIN, "no tunnel at all: cli's ExplainCommandTest",
            FailureReason.INTERNAL, "a defect is thrown, not told: HostFaultTest.aDefectUndoesEverything");

    /**
     * One way to fail.
     *
     * @param code the exit code
     * @param says a part of the sentence
     * @param made the tunnel, not yet started
     * @param whenUp done when it is up
     */
    record Cell(
            FailureReason reason, int code, String says, Supplier<MemoryTunnel> made, Consumer<MemoryTunnel> whenUp) {
        @Override
        public String toString() {
            return code + " " + reason + ": " + says;
        }
    }

    static Stream<Cell> cells() {
        return Stream.of(
                host(FailureReason.NO_PRIVILEGE, 3, "lacks CAP_NET_ADMIN", host -> host.refuse(Step.PRIVILEGES)),
                host(
                        FailureReason.NO_PRIVILEGE,
                        3,
                        "needs the capability CAP_NET_RAW",
                        host -> host.refuse(Step.OPEN_GRE)),
                host(FailureReason.NO_TUN, 4, "EBUSY", host -> host.refuse(Step.OPEN_TUN)),
                host(FailureReason.HOST_CHANGE_REFUSED, 5, "route 10.0.0.0/8", host -> host.refuse(Step.ADD_ROUTE)),
                later(
                        FailureReason.LINK_LOST,
                        26,
                        "was taken away",
                        tunnel -> tunnel.host.tun().delete()),
                host(FailureReason.NAME_NOT_FOUND, 10, "does not know it", host -> host.refuse(Step.RESOLVE)),
                host(
                        FailureReason.NAME_UNANSWERED,
                        28,
                        "no answer within 15 s.",
                        host -> host.names().silence()),
                host(
                        FailureReason.NAME_UNANSWERED,
                        28,
                        "(EAI_AGAIN).",
                        host -> host.names().loseNameServers()),
                host(FailureReason.NAME_UNANSWERED, 28, "Lockdown is on", host -> {
                    host.names().loseNameServers();
                    host.names().lockdown(Lockdown.State.ON);
                }),
                host(FailureReason.REFUSED, 11, "ECONNREFUSED", host -> host.tcp(MemoryHost.Tcp.REFUSED)),
                host(FailureReason.TIMED_OUT, 12, "did not answer", host -> host.tcp(MemoryHost.Tcp.SILENT)),
                host(FailureReason.TIMED_OUT, 12, "no route to host", host -> host.tcp(MemoryHost.Tcp.UNREACHABLE)),
                server(
                        FailureReason.CONTROL_REFUSED,
                        13,
                        "refused the control connection",
                        traits(ServerTraits.ACCEPTING.withStartResult(4))),
                server(
                        FailureReason.CONTROL_REFUSED,
                        13,
                        "no answer to Start-Control-Connection-Request",
                        traits(ServerTraits.ACCEPTING.withoutStartReply())),
                server(
                        FailureReason.CALL_REFUSED,
                        14,
                        "refused the call",
                        traits(ServerTraits.ACCEPTING.withCallResult(4))),
                host(FailureReason.GRE_BLOCKED, 15, "is blocked", host -> host.gre(MemoryHost.Gre.VANISHES)),
                host(
                        FailureReason.GRE_BLOCKED,
                        15,
                        "from 198.51.100.1",
                        host -> host.gre(MemoryHost.Gre.COMES_FROM_ELSEWHERE)),
                host(
                        FailureReason.GRE_BLOCKED,
                        15,
                        "This host's own firewall drops them",
                        host -> host.gre(MemoryHost.Gre.DROPPED_ON_ARRIVAL)),
                host(FailureReason.GRE_BLOCKED, 15, "EPERM", host -> host.gre(MemoryHost.Gre.FORBIDDEN)),
                host(FailureReason.GRE_UNREACHABLE, 16, "ICMP", host -> host.gre(MemoryHost.Gre.UNREACHABLE)),
                server(
                        FailureReason.LINK_NEGOTIATION_FAILED,
                        17,
                        "never came to an agreement",
                        MemoryTunnel.config().with(FrameFaults.ackToNak())),
                server(
                        FailureReason.AUTH_METHOD_REFUSED,
                        18,
                        "MD5",
                        MemoryTunnel.config().with(FrameFaults.demandingChapMd5())),
                cell(
                        FailureReason.CREDENTIALS_REJECTED,
                        19,
                        "rejected the name or the password",
                        () -> new MemoryTunnel(MemoryTunnel.config(), Personality.Client.DEFAULT, "wrong")),
                server(FailureReason.ACCOUNT_RESTRICTED, 20, "is disabled", MemoryTunnel.config(647)),
                server(FailureReason.ACCOUNT_RESTRICTED, 20, "by a policy of the server", MemoryTunnel.config(812)),
                server(FailureReason.ACCOUNT_RESTRICTED, 20, "with E=999", MemoryTunnel.config(999)),
                server(FailureReason.LINK_NEGOTIATION_FAILED, 17, "E=930", MemoryTunnel.config(930)),
                server(
                        FailureReason.SERVER_PROOF_WRONG,
                        21,
                        "did not prove",
                        MemoryTunnel.config().with(FrameFaults.spoilingProof())),
                server(
                        FailureReason.ENCRYPTION_REFUSED,
                        22,
                        "refuses the encryption",
                        MemoryTunnel.config().with(MppePolicy.NONE)),
                cell(
                        FailureReason.KEYS_WRONG,
                        23,
                        "missing or wrong",
                        () -> new MemoryTunnel(
                                MemoryTunnel.config().with(Personalities.WINDOWS_NT4_WITHOUT_KEYS),
                                Personalities.WINDOWS_NT4_WITHOUT_KEYS.client(),
                                MemoryTunnel.PASSWORD)),
                host(
                        FailureReason.ADDRESSES_REFUSED,
                        24,
                        "this host's own",
                        host -> host.ways().own("192.168.77.10")),
                later(
                        FailureReason.ENDED_BY_SERVER,
                        25,
                        "maintenance",
                        tunnel -> tunnel.server.act((session, now) -> session.terminateLink("maintenance", now))),
                later(
                        FailureReason.ENDED_BY_SERVER,
                        25,
                        "ended the tunnel",
                        tunnel -> tunnel.server.act(ServerSession::close)),
                later(FailureReason.LINK_LOST, 26, "was lost", tunnel -> tunnel.host.resetTcp()),
                later(FailureReason.LINK_LOST, 26, "was lost", tunnel -> tunnel.host.gre(MemoryHost.Gre.VANISHES)),
                cell(
                        FailureReason.NOT_UP_IN_TIME,
                        27,
                        "was not up within 5 s; it was still negotiating addresses",
                        () -> MemoryTunnel.within(
                                Duration.ofSeconds(5), MemoryTunnel.config().with(FrameFaults.dropping(IPCP)))),
                cell(FailureReason.INTERRUPTED, 130, "Stopped before", FailureTableTest::interrupted));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void failsWithItsOwnReason(Cell cell) {
        MemoryTunnel tunnel = cell.made().get().start();
        tunnel.on(
                TunnelEvent.TunnelUp.class,
                () -> tunnel.host.threads().execute(() -> cell.whenUp().accept(tunnel)));
        Failure failure = tunnel.failure();
        assertThat(failure.reason()).as(failure.sentence()).isEqualTo(cell.reason());
        assertThat(failure.reason().exitCode()).isEqualTo(cell.code());
        assertThat(failure.sentence()).contains(cell.says());
    }

    @Test
    void everyReasonHasACell() {
        Set<FailureReason> provoked = cells().map(Cell::reason).collect(Collectors.toSet());
        assertThat(provoked).doesNotContainAnyElementsOf(ELSEWHERE.keySet());
        provoked.addAll(ELSEWHERE.keySet());
        assertThat(provoked).isEqualTo(EnumSet.allOf(FailureReason.class));
    }

    private static Cell cell(FailureReason reason, int code, String says, Supplier<MemoryTunnel> made) {
        return new Cell(reason, code, says, made, tunnel -> {});
    }

    private static Cell host(FailureReason reason, int code, String says, Consumer<MemoryHost> fault) {
        return cell(reason, code, says, () -> {
            MemoryTunnel tunnel = new MemoryTunnel();
            fault.accept(tunnel.host);
            return tunnel;
        });
    }

    private static Cell server(FailureReason reason, int code, String says, ServerConfig config) {
        return cell(reason, code, says, () -> new MemoryTunnel(config));
    }

    private static Cell later(FailureReason reason, int code, String says, Consumer<MemoryTunnel> whenUp) {
        return new Cell(reason, code, says, MemoryTunnel::new, whenUp);
    }

    private static MemoryTunnel interrupted() {
        MemoryTunnel tunnel = new MemoryTunnel();
        return tunnel.on(TunnelEvent.LinkOpened.class, tunnel::disconnect);
    }

    private static ServerConfig traits(ServerTraits traits) {
        return MemoryTunnel.config().with(traits);
    }
}
