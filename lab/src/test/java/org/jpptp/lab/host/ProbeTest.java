package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jpptp.client.AuthWords;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Setting;
import org.jpptp.client.probe.Advice;
import org.jpptp.client.probe.ProbeReport;
import org.jpptp.client.probe.ProbeReport.Passage;
import org.jpptp.control.ControlTransport;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;
import org.jpptp.lab.server.Personality.Mishap;
import org.jpptp.lab.simulation.Ipv4Packets;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppHabits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a probe finds out about servers, in virtual time; MemoryProbe sees to it that nothing is left open. */
class ProbeTest {
    private static final String NOBODY = "";
    /** Headers of IP and GRE in full, and the address, control and protocol of PPP. */
    private static final int AROUND_A_FRAME = 20 + 16 + 4;

    /** Those that have PPP at all. */
    static Stream<Personality> withPpp() {
        return Personalities.ALL.stream()
                .filter(personality -> personality.link().mishap() != Mishap.PPP_DIES);
    }

    private static MemoryHost host(Personality personality) {
        return new MemoryServer(MemoryTunnel.config().with(personality)).host();
    }

    private static ProbeReport probe(Personality personality, String password) {
        return new MemoryProbe(host(personality), password).run();
    }

    private static FailureReason reason(ProbeReport report) {
        return Objects.requireNonNull(report.failure(), "no failure").reason();
    }

    private static String command(ProbeReport report) {
        StringBuilder text = new StringBuilder();
        for (Advice.Choice choice : Advice.of(report).orElseThrow().settings()) {
            text.append(choice.setting()).append('=').append(choice.value()).append(' ');
        }
        return text.toString().strip();
    }

    @ParameterizedTest
    @MethodSource("withPpp")
    void whatAServerAsksForIsListedInItsOrder(Personality personality) {
        ProbeReport report = probe(personality, NOBODY);
        assertThat(report.failure()).isNull();
        assertThat(report.gre().passage()).isEqualTo(Passage.BOTH_WAYS);
        assertThat(report.path())
                .isEqualTo(
                        ProbeReport.Path.wide(Math.min(1500, personality.link().mru() + AROUND_A_FRAME)));
        assertThat(report.link().complete()).isTrue();
        List<AuthMethod> asked = new ArrayList<>();
        for (AuthDemand demand : report.link().methods()) {
            Optional.ofNullable(demand.method()).ifPresent(asked::add);
            if (demand.method() == null) {
                report.link().eap().forEach(inside -> asked.add(Objects.requireNonNull(inside.method())));
            }
        }
        assertThat(asked)
                .isEqualTo(
                        personality.link().habits().has(PppHabits.Way.EAP_PROPOSES_TO_USERS_ONLY)
                                ? List.of()
                                : personality.identity().methods());
        assertThat(report.calls()).isEqualTo(2);
        assertThat(report.took()).isLessThan(Duration.ofSeconds(3));
    }

    /** As pppd does, which looks for a stranger in the list of EAP-TLS, and ends the link. */
    @Test
    void typesOfEapThatAreToldToUsersOnlyAreNotKnownWithoutAName() {
        ProbeReport report = probe(Personalities.PPPD_EAP, NOBODY);
        assertThat(report.link().concealsEap()).isTrue();
        assertThat(report.failure()).isNull();
        assertThat(Advice.of(report).orElseThrow().guess()).isTrue();
    }

    @Test
    void aNameIsToldTheTypesOfEap() {
        ProbeReport report = probe(Personalities.PPPD_EAP, MemoryTunnel.PASSWORD);
        assertThat(report.link().eap())
                .extracting(AuthDemand::method)
                .containsExactly(AuthMethod.EAP_MD5, AuthMethod.EAP_MSCHAPV2);
        assertThat(Advice.of(report).orElseThrow().guess()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "jpptp, jpptp, ''",
        "nt4, windows, ''",
        "windows, windows, ''",
        "nortel, nortel, 'MPPE=40 MPPE_MODE=any'",
        "cisco, cisco, ''",
        "poptop, poptop, ''",
        "accel, accel, ''",
        "mikrotik, mikrotik, ''"
    })
    void whoseServerItIsSaysWhatItMostlyNeeds(String name, String vendor, String settings) {
        ProbeReport report = probe(Personalities.named(name).orElseThrow(), NOBODY);
        assertThat(report.vendor().orElseThrow().id()).isEqualTo(vendor);
        assertThat(command(report)).isEqualTo(settings);
        assertThat(Advice.of(report).orElseThrow().guess())
                .as("nobody has seen its encryption")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "jpptp, ''",
        "nt4, MPPE_MODE=any",
        "windows, ''",
        "nortel, 'MPPE=40 MPPE_MODE=any'",
        "cisco, 'MPPE=40 MPPE_MODE=any'",
        "poptop, ''",
        "pppd-eap, ''",
        "accel, ''",
        "mikrotik, ''"
    })
    void whoLogsOnLearnsWhatConnects(String name, String settings) {
        Personality personality = Personalities.named(name).orElseThrow();
        ProbeReport report = probe(personality, MemoryTunnel.PASSWORD);
        assertThat(report.failure()).isNull();
        assertThat(command(report)).isEqualTo(settings);
        assertThat(Advice.of(report).orElseThrow().guess()).isFalse();
        assertThat(report.calls()).isEqualTo(3);
    }

    /** As pppd that requires 40 bits does: it ends the link of a client that asks for 128. */
    @Test
    void whatAServerAskedForCountsWhereItThenEndsTheLink() {
        MppeOffer forty = MppeOffer.of(Set.of(MppeStrength.BITS_40), MppeMode.STATEFUL);
        ProbeReport.Encryption seen = ProbeReport.Encryption.unsettled(AuthMethod.MSCHAPV2, List.of(forty));
        ProbeReport plain = probe(Personalities.OURS, NOBODY);
        ProbeReport report = new ProbeReport(
                plain.server(),
                plain.addresses(),
                plain.call(),
                plain.gre(),
                plain.link(),
                plain.path(),
                seen,
                null,
                3,
                plain.took());
        assertThat(seen.isShown()).isTrue();
        assertThat(command(report)).isEqualTo("MPPE=40 MPPE_MODE=any");
    }

    @Test
    void aWrongPasswordIsToldAsATunnelWouldTellIt() {
        assertThat(reason(probe(Personalities.OURS, "wrong"))).isEqualTo(FailureReason.CREDENTIALS_REJECTED);
    }

    @ParameterizedTest
    @EnumSource(
            value = AuthMethod.class,
            names = {"PAP", "CHAP_MD5", "MSCHAPV1", "EAP_MD5"})
    void aWeakMethodIsNamedWithWhatItGivesUp(AuthMethod method) {
        Personality weak = Personality.named("weak", "weak")
                .authenticatesBy(method)
                .encryptsBy(MppePolicy.NONE)
                .build();
        ProbeReport report = probe(weak, MemoryTunnel.PASSWORD);
        assertThat(report.failure()).isNull();
        Advice advice = Advice.of(report).orElseThrow();
        assertThat(advice.settings())
                .contains(
                        new Advice.Choice(Setting.AUTH, AuthWords.word(method)),
                        new Advice.Choice(Setting.ALLOW_WEAK, AuthWords.word(method)));
        assertThat(advice.settings().contains(new Advice.Choice(Setting.MPPE, "none")))
                .isEqualTo(!method.yieldsKeys());
        assertThat(advice.givesUp()).isNotEmpty();
        assertThat(report.calls()).as("nobody logs on to an unproven server").isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "VANISHES, BLOCKED, GRE_BLOCKED",
        "COMES_FROM_ELSEWHERE, FROM_ELSEWHERE, GRE_BLOCKED",
        "DROPPED_ON_ARRIVAL, DROPPED_HERE, GRE_BLOCKED",
        "UNREACHABLE, UNREACHABLE, GRE_UNREACHABLE",
        "FORBIDDEN, FORBIDDEN, GRE_BLOCKED"
    })
    void silentGreIsTracedToItsCause(MemoryHost.Gre how, Passage passage, FailureReason reason) {
        MemoryHost host = host(Personalities.OURS);
        host.gre(how);
        ProbeReport report = new MemoryProbe(host, NOBODY).run();
        assertThat(report.gre().passage()).isEqualTo(passage);
        assertThat(reason(report)).isEqualTo(reason);
        assertThat(report.took()).isLessThan(Duration.ofSeconds(10));
        assertThat(report.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, REFUSED", "SILENT, TIMED_OUT", "UNREACHABLE, TIMED_OUT"})
    void tcpIsToldOfEachAddress(MemoryHost.Tcp how, FailureReason reason) {
        MemoryHost host = host(Personalities.OURS);
        host.tcp(how);
        ProbeReport report = new MemoryProbe(host, NOBODY).run();
        assertThat(reason(report)).isEqualTo(reason);
        assertThat(report.addresses()).hasSize(1);
        assertThat(report.calls()).isZero();
    }

    @Test
    void ofSeveralAddressesTheFirstThatAnswersIsCalled() {
        MemoryHost host = host(Personalities.OURS);
        host.names().resolvesTo(Ipv4Packets.address("192.0.2.7"), MemoryServer.ADDRESS);
        host.silence(Ipv4Packets.address("192.0.2.7"));
        ProbeReport report = new MemoryProbe(host, NOBODY).run();
        assertThat(report.failure()).isNull();
        assertThat(report.addresses()).hasSize(2);
        assertThat(Objects.requireNonNull(report.addresses().get(0).failure()).reason())
                .isEqualTo(FailureReason.TIMED_OUT);
        assertThat(report.target().orElseThrow().address()).isEqualTo(MemoryServer.ADDRESS);
    }

    @Test
    void whoMayNotOpenRawSocketsLearnsWhatTcpTells() {
        MemoryHost host = host(Personalities.OURS);
        host.refuse(Step.OPEN_GRE);
        ProbeReport report = new MemoryProbe(host, NOBODY).run();
        assertThat(report.gre().passage()).isEqualTo(Passage.NOT_ALLOWED);
        assertThat(reason(report)).isEqualTo(FailureReason.NO_PRIVILEGE);
        assertThat(report.target()).isPresent();
        assertThat(report.calls()).isZero();
    }

    @Test
    void anUnknownNameIsTold() {
        MemoryHost host = host(Personalities.OURS);
        host.refuse(Step.RESOLVE);
        assertThat(reason(new MemoryProbe(host, NOBODY).run())).isEqualTo(FailureReason.NAME_NOT_FOUND);
    }

    @Test
    void whoeverSpeaksSshIsNoPptpServer() {
        ProbeReport report = new MemoryProbe(new MemoryHost(new Stranger("SSH-2.0-OpenSSH_9.2p1\r\n")), NOBODY).run();
        assertThat(reason(report)).isEqualTo(FailureReason.CONTROL_REFUSED);
        assertThat(Objects.requireNonNull(report.failure()).sentence()).contains("SSH-2.0");
    }

    @Test
    void aPortThatSaysNothingIsGivenUpInSeconds() {
        ProbeReport report = new MemoryProbe(new MemoryHost(new Stranger("")), NOBODY).run();
        assertThat(reason(report)).isEqualTo(FailureReason.CONTROL_REFUSED);
        assertThat(report.took()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(8));
    }

    @Test
    void whoStopsItEndsTheCallInOrder() {
        MemoryHost host = host(Personalities.OURS);
        host.gre(MemoryHost.Gre.VANISHES);
        MemoryProbe probe = new MemoryProbe(host, NOBODY);
        host.after(Duration.ofSeconds(3), probe::stop);
        ProbeReport report = probe.run();
        assertThat(reason(report)).isEqualTo(FailureReason.INTERRUPTED);
        assertThat(report.took()).isLessThan(Duration.ofSeconds(7));
        assertThat(report.call()).isNotNull();
    }

    /** Somebody who takes connections and does not speak PPTP. */
    private record Stranger(String says) implements FarEnd {
        @Override
        public ControlTransport.Listener connected(ControlTransport back) {
            if (!says.isEmpty()) {
                back.send(Unpooled.wrappedBuffer(says.getBytes(StandardCharsets.US_ASCII)));
            }
            return new ControlTransport.Listener() {
                @Override
                public void received(ByteBuf octets) {}

                @Override
                public void closed(@Nullable Throwable cause) {}
            };
        }

        @Override
        public void greReceived(ByteBuf packet) {}
    }
}
