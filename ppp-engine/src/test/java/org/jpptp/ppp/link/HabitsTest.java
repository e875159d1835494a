package org.jpptp.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.PppHabits.EarlyIpcp;
import org.jpptp.ppp.wire.ConfigOption;
import org.junit.jupiter.api.Test;

/** A client of ours meets the habits of others: it comes up all the same. */
class HabitsTest {
    private static final boolean IPV6 = true;

    private static Lab lab(PppHabits habits) {
        PppConfig server = Configs.server();
        return new Lab(
                Configs.client(),
                new PppConfig(
                        server.mru(),
                        "somebody's server",
                        server.auth(),
                        server.mppe(),
                        server.ipcp(),
                        !IPV6,
                        server.timing(),
                        habits),
                3);
    }

    private static PppHabits early(EarlyIpcp earlyIpcp) {
        return new PppHabits(List.of(), Set.of(), 0, List.of(ConfigOption.ofInt(2, 0x002d0700)), earlyIpcp, Set.of());
    }

    private static int first(Lab lab, String text) {
        for (int i = 0; i < lab.log.size(); i++) {
            if (lab.log.get(i).contains(text)) {
                return i;
            }
        }
        throw new AssertionError(text + " is not in\n" + String.join("\n", lab.log));
    }

    private static void comesUp(Lab lab) {
        lab.open();
        lab.runUntilSettled();
        assertThat(lab.client.up()).as("client").isTrue();
        assertThat(lab.server.up()).as("server").isTrue();
    }

    @Test
    void ipcpBeforeEncryptionWaitsForIt() {
        Lab lab = lab(early(EarlyIpcp.STARTS));
        comesUp(lab);
        assertThat(first(lab, "server sent [IPCP ConfReq")).isLessThan(first(lab, "client sent [CCP ConfReq"));
        assertThat(first(lab, "client ** EncryptionSettled")).isLessThan(first(lab, "client sent [IPCP"));
        // Header compression is no part of the bargain.
        assertThat(first(lab, "client sent [IPCP ConfRej")).isGreaterThan(first(lab, "<compress VJ 07 00>"));
    }

    @Test
    void aTerminateAckToAnEarlyRequestIsNoEnd() {
        Lab lab = lab(early(EarlyIpcp.TERMINATE_ACKS));
        // The client is settled a while before the server.
        lab.line =
                (toServer, frame) -> toServer && Frames.is(frame, 0x80FD, 2) && lab.now < 1_000_000_000L ? null : frame;
        comesUp(lab);
        assertThat(first(lab, "server sent [IPCP TermAck")).isLessThan(first(lab, "server ** EncryptionSettled"));
    }

    /** RouterOS hangs up on those that answer its early IPCP so; a client of ours keeps the request instead. */
    @Test
    void whoEndsTheLinkOverAnEarlyTerminateAckGetsNone() {
        PppHabits insists = new PppHabits(
                List.of(), Set.of(), 0, List.of(), EarlyIpcp.STARTS, Set.of(PppHabits.Way.ENDS_WITH_EARLY_IPCP));
        comesUp(lab(insists));

        Lab refused = lab(insists);
        refused.line =
                (toServer, frame) -> toServer && Frames.is(frame, 0x80FD, 1) ? Frames.control(0x8021, 6, 1) : frame;
        refused.open();
        refused.runUntilSettled();
        assertThat(refused.log).anyMatch(line -> line.contains("server ** Down[failure=IpcpRefused"));
    }

    @Test
    void whatIsLostBeforeTheServerIsReadyIsSentAgain() {
        Lab lab = lab(new PppHabits(
                List.of(), Set.of(), 0, List.of(), EarlyIpcp.WAITS, Set.of(PppHabits.Way.CCP_MISSES_FIRST)));
        comesUp(lab);
        assertThat(lab.log.stream().filter(line -> line.contains("client sent [CCP ConfReq")))
                .hasSize(2);
    }

    @Test
    void aProtocolThatIsOnlyOfferedIsRejectedWithoutHarm() {
        Lab lab = lab(
                new PppHabits(List.of(), Set.of(), 0, List.of(), EarlyIpcp.WAITS, Set.of(PppHabits.Way.OFFERS_MPLS)));
        comesUp(lab);
        assertThat(first(lab, "client sent [LCP ProtRej")).isGreaterThan(first(lab, "server sent [MPLSCP"));
    }
}
