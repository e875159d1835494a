package org.jpptp.client.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.client.diagnosis.ConnectDiagnosis.Attempt;
import org.jpptp.control.ConnectFailure.Kind;
import org.jpptp.control.ControlFailure;
import org.jpptp.gre.GreStats;
import org.jpptp.gre.IcmpError;
import org.jpptp.ppp.AddressFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.PppFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisTest {
    @ParameterizedTest
    @MethodSource("controlFailures")
    void everyEndOfTheControlConnectionIsToldWithARemedy(ControlFailure why) {
        tells(ControlDiagnosis.of(why, "vpn", ""), why.fold(new ControlEvidence()));
    }

    static Stream<ControlFailure> controlFailures() {
        return ControlFailures.all().stream().filter(why -> why.cause() != ControlFailure.Cause.CLOSED);
    }

    @ParameterizedTest
    @MethodSource("linkFailures")
    void everyEndOfTheLinkIsToldWithARemedy(PppFailure why) {
        Failure failure = LinkDiagnosis.of(why, Policies.of("alice"));
        tells(failure, "");
        LinkEvidence.clauses(why)
                .forEach(clause -> assertThat(failure.sentence()).containsIgnoringCase(clause));
    }

    static Stream<PppFailure> linkFailures() {
        return LinkFailures.all().stream().filter(why -> why.cause() != PppFailure.Cause.CLOSED);
    }

    /** Whoever takes encryption away may wait for the user to switch it off. */
    @ParameterizedTest
    @MethodSource("linkFailures")
    void nothingWeakerIsAdvisedOnceEncryptionWasAgreedOn(PppFailure why) {
        ClientConfig strict = Policies.of("alice", EnumSet.of(AuthMethod.MSCHAPV2), MppePolicy.REQUIRE_128_STATELESS);
        for (ClientConfig client : List.of(Policies.of("alice"), strict)) {
            List<Remedy.Part> advice = LinkDiagnosis.of(why, client, LinkFailures.ENCRYPTED)
                    .remedy()
                    .parts();
            assertThat(advice).doesNotContain(new Remedy.Part.Set(Setting.MPPE, "none"));
            if (!(why instanceof EncryptionFailure.EncryptionDemanded)) {
                assertThat(advice)
                        .noneMatch(part -> part instanceof Remedy.Part.Set set
                                && Set.of(Setting.MPPE, Setting.MPPE_MODE, Setting.ALLOW_WEAK)
                                        .contains(set.setting()))
                        .noneMatch(Remedy.Part.Add.class::isInstance);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"IPCP_REJECTED, 720", "REQUEST_REJECTED, 735", "NONE_NAMED, 738"})
    void addressesThatAreRefusedHaveWindowsNumbers(AddressFailure.How how, int number) {
        Failure failure = LinkDiagnosis.of(new AddressFailure.AddressesRefused(how), Policies.of("alice"));
        assertThat(failure.reason()).isEqualTo(FailureReason.ADDRESSES_REFUSED);
        assertThat(failure.windowsError()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "646, may not log on at this hour",
        "647, is disabled",
        "648, has a password that has expired",
        "649, has no permission to dial in",
        "709, could not change its password"
    })
    void aRestrictedAccountShowsWindowsOwnNumber(int code, String words) {
        Failure failure = LinkDiagnosis.of(LinkFailures.refusal(code).failure(), Policies.of("CORP\\alice"));
        assertThat(failure.sentence()).startsWith("The account \"CORP\\alice\" " + words);
        assertThat(failure.windowsError()).isEqualTo(code);
    }

    @Test
    void aNameWithoutDomainGetsTheHint() {
        PppFailure wrong = LinkFailures.refusal(691).failure();
        assertThat(LinkDiagnosis.of(wrong, Policies.of("alice")).remedy().parts())
                .contains(new Remedy.Part.Set(Setting.USER, "DOMAIN\\alice"));
        assertThat(LinkDiagnosis.of(wrong, Policies.of("CORP\\alice")).remedy().toString())
                .doesNotContain("DOMAIN");
    }

    @Test
    void blockedGreQuotesTheCountersAndTheLastIcmpError() throws Exception {
        GreStats stats = new GreStats();
        stats.sent = 4;
        stats.received = 3;
        stats.foreignCall = 3;
        Failure failure = GreDiagnosis.blocked(stats, "vpn", 9, icmp(13));
        assertThat(failure.reason()).isEqualTo(FailureReason.GRE_BLOCKED);
        assertThat(failure.sentence())
                .isEqualTo("The call was accepted, but 4 GRE packets were sent and 3 received in 9 s. None of them"
                        + " was usable: 0 malformed, 3 of another call. 192.0.2.9 answered ICMP type 3 code 13. GRE (IP"
                        + " protocol 47) is blocked between us and vpn.");
    }

    @Test
    void whatCameForAnotherTunnelIsNoneOfWhatCame() {
        GreStats stats = new GreStats();
        stats.sent = 4;
        stats.received = 1003;
        stats.foreignCall = 1000;
        assertThat(GreDiagnosis.inwardsOnly(stats, "vpn", 9).sentence())
                .isEqualTo(
                        "GRE passes in one direction only: 3 packets of vpn came in 9 s, and it answered none of our 4.");
    }

    @Test
    void unreachableGreNamesWhoSaidSo() throws Exception {
        Failure failure = GreDiagnosis.unreachable(icmp(2), new GreStats(), "vpn");
        assertThat(failure.reason()).isEqualTo(FailureReason.GRE_UNREACHABLE);
        assertThat(failure.sentence()).contains("192.0.2.9").contains("ICMP protocol unreachable");
    }

    @Test
    void oneRefusalAmongTheAttemptsMakesItRefused() throws Exception {
        Attempt silent = new Attempt(
                (Inet4Address) InetAddress.getByName("192.0.2.1"), Kind.TIMED_OUT, Duration.ofSeconds(5), "");
        Attempt refused =
                new Attempt((Inet4Address) InetAddress.getByName("192.0.2.2"), Kind.REFUSED, Duration.ofSeconds(5), "");
        assertThat(ConnectDiagnosis.unreachable("vpn", 1723, List.of(silent, refused))
                        .reason())
                .isEqualTo(FailureReason.REFUSED);
        assertThat(ConnectDiagnosis.unreachable("vpn", 1723, List.of(silent)).reason())
                .isEqualTo(FailureReason.TIMED_OUT);
    }

    private static IcmpError icmp(int code) throws UnknownHostException {
        return new IcmpError(3, code, 0, InetAddress.getByName("192.0.2.9"), 0, 7);
    }

    private static void tells(Failure failure, String evidence) {
        assertThat(failure.sentence()).matches("[A-Z].*[^.]\\.").containsIgnoringCase(evidence);
        assertThat(failure.remedy().toString()).matches("[A-Z].*\\.");
        assertThat(failure.reason()).isNotIn(FailureReason.INTERNAL, FailureReason.USAGE);
    }
}
