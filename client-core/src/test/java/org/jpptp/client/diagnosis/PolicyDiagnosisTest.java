package org.jpptp.client.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What policy refuses is told with what was seen, what was allowed, and the option that would allow it. */
class PolicyDiagnosisTest {
    private static final boolean KEYS_REQUIRED = true;

    private static final String OPT_OUT =
            " As the last resort, MPPE=none goes on with nothing encrypted, readable to everybody on the way.";

    private static final List<AuthMethod> SAFE = List.of(AuthMethod.MSCHAPV2, AuthMethod.EAP_MSCHAPV2);

    private static PppFailure asks(List<AuthMethod> allowed, AuthProtocol... protocols) {
        return new AuthFailure.MethodRefused(
                Stream.of(protocols).map(AuthDemand::of).toList(), allowed, !KEYS_REQUIRED);
    }

    static Stream<Arguments> refusedMethods() {
        Set<AuthMethod> all = EnumSet.allOf(AuthMethod.class);
        return Stream.of(
                Arguments.of(
                        asks(SAFE, AuthProtocol.PAP),
                        Policies.DEFAULT,
                        MppePolicy.REQUIRE_128_STATELESS,
                        "Enable MS-CHAPv2 on the server. If you trust every host on the way, add ALLOW_WEAK=pap"
                                + " MPPE=none to go on with PAP. It sends the password in clear, and encrypts nothing."),
                Arguments.of(
                        asks(SAFE, AuthProtocol.PAP),
                        Policies.DEFAULT,
                        MppePolicy.NONE,
                        "Enable MS-CHAPv2 on the server. If you trust every host on the way, add ALLOW_WEAK=pap to go"
                                + " on with PAP. It sends the password in clear, and encrypts nothing."),
                Arguments.of(
                        asks(SAFE, AuthProtocol.PAP, AuthProtocol.MSCHAPV1),
                        Policies.DEFAULT,
                        MppePolicy.REQUIRE_128_STATELESS,
                        "Enable MS-CHAPv2 on the server. If you trust every host on the way, add ALLOW_WEAK=mschap to"
                                + " go on with MS-CHAP v1. It does not prove the server."),
                Arguments.of(
                        asks(List.of(AuthMethod.MSCHAPV2), AuthProtocol.CHAP_MD5),
                        EnumSet.of(AuthMethod.MSCHAPV2),
                        MppePolicy.REQUIRE_128_STATELESS,
                        "Enable MS-CHAPv2 on the server. If you trust every host on the way, add ALLOW_WEAK=chap"
                                + " MPPE=none, and AUTH+=chap, to go on with CHAP-MD5. It neither proves the server nor"
                                + " encrypts."),
                Arguments.of(
                        new AuthFailure.EapMethodRefused(
                                List.of(new AuthDemand("EAP-MD5", null, AuthMethod.EAP_MD5)),
                                List.of(AuthMethod.EAP_MSCHAPV2)),
                        all,
                        MppePolicy.REQUIRE_128_STATELESS,
                        "Enable MS-CHAPv2 on the server. If you trust every host on the way, add MPPE=none to go on"
                                + " with EAP-MD5. It neither proves the server nor encrypts."),
                Arguments.of(
                        asks(List.of(AuthMethod.MSCHAPV2), AuthProtocol.EAP),
                        EnumSet.of(AuthMethod.MSCHAPV2),
                        MppePolicy.REQUIRE_128_STATELESS,
                        "Enable MS-CHAPv2 on the server, or AUTH+=eap-mschapv2."),
                Arguments.of(
                        asks(List.of(AuthMethod.PAP), AuthProtocol.SPAP),
                        all,
                        MppePolicy.NONE,
                        "Enable MS-CHAPv2 on the server; no option allows what it asks for."),
                Arguments.of(
                        new AuthFailure.DemandRejected(AuthProtocol.MSCHAPV2),
                        Policies.DEFAULT,
                        MppePolicy.REQUIRE_128_STATELESS,
                        "Enable MS-CHAPv2 on the server."));
    }

    @ParameterizedTest
    @MethodSource("refusedMethods")
    void aRefusedMethodNamesTheOptionThatWouldAllowIt(
            PppFailure why, Set<AuthMethod> auth, MppePolicy mppe, String remedy) {
        Failure failure = LinkDiagnosis.of(why, Policies.of("alice", auth, mppe));

        assertThat(failure.reason()).isEqualTo(FailureReason.AUTH_METHOD_REFUSED);
        LinkEvidence.clauses(why)
                .forEach(clause -> assertThat(failure.sentence()).containsIgnoringCase(clause));
        assertThat(failure.remedy()).hasToString(remedy);
    }

    static Stream<Arguments> refusedEncryption() {
        MppePolicy strict = MppePolicy.REQUIRE_128_STATELESS;
        MppePolicy loose = MppePolicy.require(EnumSet.allOf(MppeStrength.class), EnumSet.allOf(MppeMode.class))
                .withMppc();
        MppePolicy stateful = MppePolicy.require(EnumSet.of(MppeStrength.BITS_40), EnumSet.of(MppeMode.STATEFUL));
        Set<MppeStrength> forty = EnumSet.of(MppeStrength.BITS_40);
        return Stream.of(
                Arguments.of(
                        strict,
                        null,
                        "MPPE 128-bit stateless",
                        "Enable MPPE on the server (pppd: require-mppe-128; Windows: require encryption)." + OPT_OUT),
                Arguments.of(
                        strict,
                        MppeOffer.of(forty, MppeMode.STATEFUL).withMppc(),
                        "MPPE 128-bit stateless",
                        "Enable MPPE 128-bit stateless on the server. If you trust every host on the way, accept what it"
                                + " offers with MPPE=40 MPPE_MODE=any, which is weaker."),
                Arguments.of(
                        strict,
                        MppeOffer.of(EnumSet.of(MppeStrength.BITS_40, MppeStrength.BITS_56), MppeMode.STATELESS),
                        "MPPE 128-bit stateless",
                        "Enable MPPE 128-bit stateless on the server. If you trust every host on the way, accept what it"
                                + " offers with MPPE=56, which is weaker."),
                Arguments.of(
                        stateful,
                        MppeOffer.of(forty, MppeMode.STATELESS),
                        "MPPE 40-bit stateful",
                        "Accept what it offers with MPPE_MODE=stateless, which is no weaker."),
                Arguments.of(
                        stateful,
                        MppeOffer.of(EnumSet.of(MppeStrength.BITS_128), MppeMode.STATEFUL),
                        "MPPE 40-bit stateful",
                        "Accept what it offers with MPPE=128, which is no weaker."),
                Arguments.of(
                        MppePolicy.require(EnumSet.of(MppeStrength.BITS_40), EnumSet.of(MppeMode.STATELESS)),
                        MppeOffer.of(EnumSet.of(MppeStrength.BITS_128), MppeMode.STATEFUL),
                        "MPPE 40-bit stateless",
                        "Enable MPPE 40-bit stateless on the server. If you trust every host on the way, accept what it"
                                + " offers with MPPE=128 MPPE_MODE=any, which is weaker."),
                Arguments.of(
                        MppePolicy.require(
                                EnumSet.of(MppeStrength.BITS_40, MppeStrength.BITS_128),
                                EnumSet.of(MppeMode.STATELESS)),
                        MppeOffer.of(EnumSet.of(MppeStrength.BITS_56), MppeMode.STATELESS),
                        "MPPE 128/40-bit stateless",
                        "Accept what it offers with MPPE=56, which is no weaker."),
                Arguments.of(
                        loose,
                        MppeOffer.of(forty, MppeMode.STATEFUL).withMppc(),
                        "MPPE 128/56/40-bit stateless or stateful",
                        "Enable MPPE on the server for both directions."));
    }

    @ParameterizedTest
    @MethodSource("refusedEncryption")
    void refusedEncryptionNamesTheOptionsForWhatWasOffered(
            MppePolicy allowed, @Nullable MppeOffer offered, String policy, String remedy) {
        EncryptionFailure.Terms terms =
                new EncryptionFailure.Terms(allowed, offered == null ? List.of() : List.of(offered), offered);
        PppFailure why = new EncryptionFailure.EncryptionRefused(EncryptionFailure.How.NONE_ASKED, terms);
        Failure failure = EncryptionDiagnosis.refused(why, allowed, Background.NONE);

        assertThat(failure.reason()).isEqualTo(FailureReason.ENCRYPTION_REFUSED);
        assertThat(failure.sentence())
                .isEqualTo(Sentences.told(
                        "The server refuses the encryption that is required (" + policy + ")",
                        LinkEvidence.clauses(why)));
        assertThat(failure.remedy()).hasToString(remedy);
    }

    @Test
    void missingKeysNameRadius() {
        Failure failure = LinkDiagnosis.of(new EncryptionFailure.NothingDecrypts(), Policies.of("alice"));

        assertThat(failure.reason().exitCode()).isEqualTo(23);
        assertThat(failure.sentence() + " " + failure.remedy())
                .isEqualTo("The server's encryption keys are missing or wrong: authentication succeeded, but none of"
                        + " the last encrypted packets of the peer decrypts. Its keys differ or are missing. If"
                        + " it asks a RADIUS server, let that return the MPPE keys (MS-MPPE-Send-Key and"
                        + " MS-MPPE-Recv-Key, RFC 2548).");
    }

    @Test
    void anExpiredPasswordNamesTheOption() {
        PppFailure expired = LinkFailures.refusal(648).failure();
        assertThat(LinkDiagnosis.of(expired, Policies.of("alice")).remedy().parts())
                .contains(new Remedy.Part.Set(Setting.CHANGE_PASSWORD, null));
    }
}
