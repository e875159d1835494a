package org.jpptp.ppp.ccp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.ppp.MppeMode.STATEFUL;
import static org.jpptp.ppp.MppeMode.STATELESS;
import static org.jpptp.ppp.MppeStrength.BITS_128;
import static org.jpptp.ppp.MppeStrength.BITS_40;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.Negotiation;
import org.jpptp.ppp.PppEvent.Coding;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.fsm.GaveUp;
import org.jpptp.ppp.fsm.Verdict;
import org.jpptp.ppp.text.OptionText;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.PppProtocol;
import org.junit.jupiter.api.Test;

class CcpPolicyTest {
    /** The peer has not had its share of Naks yet. */
    private static final boolean MAY_NAK = true;

    private static final Negotiation SEEN = new Negotiation(0x80FD, 6, "", "");
    private static final int H = 0x01000000;
    private static final int M = 0x80;
    private static final int S = 0x40;
    private static final int L = 0x20;
    private static final int D = 0x10;
    private static final int C = 0x01;

    private static final MppePolicy WEAK = MppePolicy.require(EnumSet.of(BITS_40), EnumSet.of(STATEFUL));
    private static final MppePolicy ANY =
            MppePolicy.require(EnumSet.allOf(MppeStrength.class), EnumSet.allOf(MppeMode.class));

    private static ConfigOption mppe(int bits) {
        return ConfigOption.ofInt(18, bits);
    }

    private static String text(List<ConfigOption> options) {
        return OptionText.describe(PppProtocol.CCP, options);
    }

    private static String judge(CcpPolicy policy, ConfigOption... request) {
        Verdict verdict = policy.judge(List.of(request), MAY_NAK);
        if (verdict instanceof Verdict.Nak nak) {
            return "Nak " + text(nak.suggested());
        }
        return verdict instanceof Verdict.Reject reject ? "Reject " + text(reject.options()) : "Ack";
    }

    /** All 2^6 combinations of bits under every policy: only what is allowed is acknowledged, and only one of it. */
    @Test
    void neverAcknowledgesWhatPolicyDoesNotAllow() {
        for (Set<MppeStrength> strengths : subsets(MppeStrength.values())) {
            for (Set<MppeMode> modes : subsets(MppeMode.values())) {
                MppePolicy policy = MppePolicy.require(strengths, modes);
                for (int i = 0; i < 64; i++) {
                    int bits = (i & 1) * H
                            | (i >> 1 & 1) * M
                            | (i >> 2 & 1) * S
                            | (i >> 3 & 1) * L
                            | (i >> 4 & 1) * D
                            | (i >> 5 & 1) * C;
                    CcpPolicy ccp = new CcpPolicy(policy);
                    Verdict verdict = ccp.judge(List.of(mppe(bits)), MAY_NAK);
                    Coding send = ccp.send();
                    if (verdict instanceof Verdict.Ack) {
                        assertThat(send).isNotNull();
                        MppeStrength strength = send.strength();
                        assertThat(strengths).contains(strength);
                        assertThat(modes).contains(send.mode());
                        assertThat(strength).isNotNull();
                        assertThat(bits).isEqualTo(strength.optionBit() | (send.mode() == STATELESS ? H : 0));
                    } else {
                        assertThat(send).isNull();
                        // What we suggest instead is acknowledged.
                        ConfigOption better =
                                ((Verdict.Nak) verdict).suggested().get(0);
                        assertThat(ccp.judge(List.of(better), MAY_NAK)).isEqualTo(new Verdict.Ack());
                    }
                }
            }
        }
    }

    private static <T extends Enum<T>> List<Set<T>> subsets(T[] values) {
        List<Set<T>> subsets = new ArrayList<>();
        for (int mask = 1; mask < 1 << values.length; mask++) {
            Set<T> subset = EnumSet.noneOf(values[0].getDeclaringClass());
            for (int i = 0; i < values.length; i++) {
                if ((mask >> i & 1) != 0) {
                    subset.add(values[i]);
                }
            }
            subsets.add(subset);
        }
        return subsets;
    }

    @Test
    void naksTheSingleStrongest() {
        CcpPolicy strict = new CcpPolicy(MppePolicy.REQUIRE_128_STATELESS);
        assertThat(judge(strict, mppe(H | M | S | L | C))).isEqualTo("Nak <mppe +H -M +S -L -D -C>");
        assertThat(judge(strict, mppe(L | C))).isEqualTo("Nak <mppe +H -M +S -L -D -C>");
        assertThat(judge(strict, mppe(H | S | D))).isEqualTo("Nak <mppe +H -M +S -L -D -C>");
        assertThat(judge(strict, mppe(H | S))).isEqualTo("Ack");
        assertThat(judge(new CcpPolicy(ANY), mppe(M | L))).isEqualTo("Nak <mppe -H +M -S -L -D -C>");
        assertThat(judge(strict, ConfigOption.of(21, (byte) 0x2f), mppe(H | S))).isEqualTo("Reject <bsd v1 15>");
        assertThat(judge(strict, ConfigOption.of(18, (byte) 1))).isEqualTo("Nak <mppe +H -M +S -L -D -C>");
        assertThat(judge(strict)).isEqualTo("Nak <mppe +H -M +S -L -D -C>");
    }

    /** The Nortel case, under a policy that allows what the peer can do. */
    @Test
    void followsTheNortelNak() {
        CcpPolicy weakStateless =
                new CcpPolicy(MppePolicy.require(EnumSet.of(BITS_40), EnumSet.of(STATELESS, STATEFUL)));
        assertThat(text(weakStateless.request())).isEqualTo("<mppe +H -M -S +L -D -C>");
        assertThat(weakStateless.nakked(List.of(mppe(L | C)))).isNull();
        assertThat(text(weakStateless.request())).isEqualTo("<mppe -H -M -S +L -D -C>");
        assertThat(weakStateless.receive()).isEqualTo(Coding.encrypted(BITS_40, STATEFUL));
    }

    /** The same under the default policy: it insists, and explains. */
    @Test
    void insistsAndExplains() {
        CcpPolicy strict = new CcpPolicy(MppePolicy.REQUIRE_128_STATELESS);
        assertThat(strict.nakked(List.of(mppe(L | C)))).isNull();
        assertThat(text(strict.request())).isEqualTo("<mppe +H -M +S -L -D -C>");
        PppFailure failure = strict.gaveUp(GaveUp.NOT_CONVERGING, SEEN);
        assertThat(failure.cause()).isEqualTo(Cause.ENCRYPTION_REFUSED);
        MppeOffer offered = MppeOffer.of(EnumSet.of(BITS_40), STATEFUL).withMppc();
        assertThat(failure)
                .isEqualTo(new EncryptionFailure.CcpNotConverging(
                        SEEN,
                        new EncryptionFailure.Terms(MppePolicy.REQUIRE_128_STATELESS, List.of(offered), offered)));
        assertThat(offered.label()).isEqualTo("40-bit stateful with MPPC");
        PppFailure rejected = strict.rejected(List.of(mppe(H | S)));
        assertThat(rejected).isNotNull();
        assertThat(rejected.cause()).isEqualTo(Cause.ENCRYPTION_REFUSED);
    }

    /** The same where compression is allowed: it is asked for, and what the peer suggests is followed to the letter. */
    @Test
    void followsTheNortelNakWithCompression() {
        CcpPolicy compressing = new CcpPolicy(MppePolicy.require(EnumSet.of(BITS_40), EnumSet.of(STATELESS, STATEFUL))
                .withMppc());
        assertThat(text(compressing.request())).isEqualTo("<mppe +H -M -S +L -D +C>");
        assertThat(compressing.nakked(List.of(mppe(L | C)))).isNull();
        assertThat(text(compressing.request())).isEqualTo("<mppe -H -M -S +L -D +C>");
        assertThat(compressing.receive())
                .isEqualTo(Coding.encrypted(BITS_40, STATEFUL).withMppc());
        assertThat(judge(compressing, mppe(L | C))).isEqualTo("Ack");
        assertThat(compressing.send())
                .isEqualTo(Coding.encrypted(BITS_40, STATEFUL).withMppc());
        assertThat(judge(compressing, mppe(L))).as("without, as it likes").isEqualTo("Ack");
    }

    @Test
    void aFailureTellsTheOfferItself() {
        CcpPolicy strict = new CcpPolicy(MppePolicy.REQUIRE_128_STATELESS);
        strict.nakked(List.of(mppe(L | C)));
        assertThat(strict.terms().lastOffered())
                .isEqualTo(MppeOffer.of(EnumSet.of(BITS_40), STATEFUL).withMppc());
        assertThat(new CcpPolicy(MppePolicy.REQUIRE_128_STATELESS).terms().lastOffered())
                .isNull();
    }

    /** A Reject says no more than no: the next weaker is tried, to the end of what is allowed. */
    @Test
    void afterARejectComesTheNextWeaker() {
        CcpPolicy any =
                new CcpPolicy(MppePolicy.require(EnumSet.allOf(MppeStrength.class), EnumSet.allOf(MppeMode.class))
                        .withMppc());
        List<String> asked = new ArrayList<>();
        PppFailure failure = null;
        while (failure == null) {
            asked.add(text(any.request()));
            failure = any.rejected(any.request());
        }
        assertThat(asked)
                .containsExactly(
                        "<mppe +H -M +S -L -D +C>",
                        "<mppe +H -M +S -L -D -C>",
                        "<mppe -H -M +S -L -D -C>",
                        "<mppe +H +M -S -L -D -C>",
                        "<mppe -H +M -S -L -D -C>",
                        "<mppe +H -M -S +L -D -C>",
                        "<mppe -H -M -S +L -D -C>");
        EncryptionFailure.MppeRejected rejected = (EncryptionFailure.MppeRejected) failure;
        assertThat(rejected.rejected())
                .extracting(MppeOffer::label)
                .startsWith("128-bit stateless with MPPC", "128-bit stateless")
                .hasSize(asked.size());
        assertThat(rejected.terms().allowed().label())
                .isEqualTo("40-bit or 56-bit or 128-bit stateless or stateful, with MPPC or without");
    }

    /** MPPC alone (RFC 2118): only where no encryption is required, and only where it is allowed. */
    @Test
    void compressionAloneIsTheWeakest() {
        MppePolicy optional =
                MppePolicy.permit(EnumSet.of(BITS_128), EnumSet.of(STATELESS)).withMppc();
        CcpPolicy ccp = new CcpPolicy(optional);
        assertThat(judge(ccp, mppe(H | C))).isEqualTo("Ack");
        assertThat(ccp.send()).isEqualTo(Coding.compressed(STATELESS));
        assertThat(judge(ccp, mppe(C))).isEqualTo("Nak <mppe +H -M -S -L -D +C>");
        assertThat(ccp.rejected(List.of())).isNull();
        assertThat(text(ccp.request())).isEqualTo("<mppe +H -M +S -L -D -C>");
        assertThat(ccp.rejected(List.of())).isNull();
        assertThat(text(ccp.request())).isEqualTo("<mppe +H -M -S -L -D +C>");
        assertThat(ccp.keys(Set.of())).isTrue();
        ccp.start();
        assertThat(text(ccp.request())).isEqualTo("<mppe +H -M -S -L -D +C>");
        assertThat(judge(ccp, mppe(H | S))).as("there are no keys").isEqualTo("Nak <mppe +H -M -S -L -D +C>");
        assertThat(judge(new CcpPolicy(ANY), mppe(H | C))).isEqualTo("Nak <mppe +H -M +S -L -D -C>");
        assertThat(new CcpPolicy(MppePolicy.NONE).keys(EnumSet.allOf(MppeStrength.class)))
                .isFalse();
        assertThat(new CcpPolicy(ANY).keys(Set.of())).isFalse();
    }

    @Test
    void aNakIsFollowedOnlyWherePolicyAllows() {
        CcpPolicy stateless = new CcpPolicy(MppePolicy.require(EnumSet.of(BITS_40, BITS_128), EnumSet.of(STATELESS)));
        stateless.nakked(List.of(mppe(L)));
        assertThat(text(stateless.request())).isEqualTo("<mppe +H -M -S +L -D -C>");
        CcpPolicy stateful = new CcpPolicy(WEAK);
        stateful.nakked(List.of(mppe(H | S)));
        assertThat(text(stateful.request())).isEqualTo("<mppe -H -M -S +L -D -C>");
    }

    @Test
    void optionalEncryptionGivesWay() {
        CcpPolicy optional = new CcpPolicy(MppePolicy.permit(EnumSet.of(BITS_128), EnumSet.of(STATELESS)));
        assertThat(optional.rejected(List.of(mppe(H | S)))).isNull();
        assertThat(optional.request()).isEmpty();
        assertThat(judge(optional)).isEqualTo("Ack");
        assertThat(optional.send()).isNull();
        assertThat(optional.receive()).isNull();
    }
}
