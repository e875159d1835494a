package org.jpptp.ppp.ipv6cp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.jpptp.ppp.AddressFailure;
import org.jpptp.ppp.Negotiation;
import org.jpptp.ppp.fsm.GaveUp;
import org.jpptp.ppp.fsm.Verdict;
import org.jpptp.ppp.wire.ConfigOption;
import org.junit.jupiter.api.Test;

class Ipv6cpPolicyTest {
    /** The peer has not had its share of Naks yet. */
    private static final boolean MAY_NAK = true;

    private static final byte[] THEIRS = {0, 0, 0, 0, 0, 0, 0, 7};

    private final Ipv6cpPolicy policy = new Ipv6cpPolicy(new Random(1));

    Ipv6cpPolicyTest() {
        policy.start();
    }

    private static ConfigOption identifier(byte... octets) {
        return ConfigOption.of(1, octets);
    }

    private ConfigOption ours() {
        return policy.request().get(0);
    }

    @Test
    void asksForARandomIdentifierThatNobodyRegistered() {
        assertThat(policy.request()).hasSize(1);
        assertThat(ours().type()).isEqualTo(1);
        assertThat(ours().valueLength()).isEqualTo(8);
        for (int seed = 0; seed < 1000; seed++) {
            Ipv6cpPolicy other = new Ipv6cpPolicy(new Random(seed));
            other.start();
            assertThat(other.request().get(0).octet(0) & 2).isZero();
        }
    }

    @Test
    void keepsItsIdentifierThroughARenegotiation() {
        ConfigOption first = ours();
        policy.judge(List.of(identifier(THEIRS)), MAY_NAK);
        policy.start();
        assertThat(ours()).isEqualTo(first);
    }

    @Test
    void acceptsAnIdentifierThatDiffersFromOurs() {
        assertThat(policy.judge(List.of(identifier(THEIRS)), MAY_NAK)).isInstanceOf(Verdict.Ack.class);
        assertThat(policy.agreed().remote()).isEqualTo(7);
        assertThat(policy.agreed().local()).isNotZero().isNotEqualTo(7);
    }

    /** RFC 5072 §4.1: zero, ours, or none at all is Nak'ed with one that would do. */
    @Test
    void suggestsAnotherForZeroForOursAndForNone() {
        for (List<ConfigOption> request :
                List.of(List.of(identifier(new byte[8])), List.of(ours()), List.<ConfigOption>of())) {
            Verdict verdict = policy.judge(request, MAY_NAK);
            assertThat(verdict).isInstanceOf(Verdict.Nak.class);
            ConfigOption suggested = ((Verdict.Nak) verdict).suggested().get(0);
            assertThat(suggested).isNotEqualTo(ours()).isNotEqualTo(identifier(new byte[8]));
            assertThat(policy.judge(request, !MAY_NAK)).isInstanceOf(Verdict.Fail.class);
        }
    }

    @Test
    void rejectsCompressionRepetitionsAndOddLengths() {
        ConfigOption compression = ConfigOption.ofShort(2, 0x004f);
        ConfigOption odd = identifier((byte) 1);
        ConfigOption good = identifier(THEIRS);
        assertThat(policy.judge(List.of(good, compression), MAY_NAK))
                .isEqualTo(new Verdict.Reject(List.of(compression)));
        assertThat(policy.judge(List.of(odd), MAY_NAK)).isEqualTo(new Verdict.Reject(List.of(odd)));
        assertThat(policy.judge(List.of(good, good), MAY_NAK)).isEqualTo(new Verdict.Reject(List.of(good)));
    }

    @Test
    void followsANakAndPicksAnewWhereThatIsOfNoUse() {
        policy.judge(List.of(identifier(THEIRS)), MAY_NAK);
        byte[] wanted = {0, 1, 2, 3, 4, 5, 6, 7};
        assertThat(policy.nakked(List.of(identifier(wanted)))).isNull();
        assertThat(ours()).isEqualTo(identifier(wanted));
        for (byte[] useless : List.of(new byte[8], THEIRS)) {
            assertThat(policy.nakked(List.of(identifier(useless)))).isNull();
            assertThat(ours()).isNotEqualTo(identifier(useless)).isNotEqualTo(identifier(wanted));
        }
        ConfigOption before = ours();
        assertThat(policy.nakked(List.of(identifier((byte) 9)))).isNull();
        assertThat(ours()).isEqualTo(before);
    }

    @Test
    void givesUpWithWhatWasSeen() {
        assertThat(policy.rejected(policy.request())).isNotNull();
        Negotiation seen = new Negotiation(0x8057, 10, "", "");
        assertThat(policy.gaveUp(GaveUp.NO_ANSWER, seen)).isEqualTo(new AddressFailure.Ipv6cpNotConverging(seen));
        assertThat(policy.knows(8)).isFalse();
    }
}
