package org.jpptp.ppp.lcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.fsm.Verdict;
import org.jpptp.ppp.text.OptionText;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.PppProtocol;
import org.junit.jupiter.api.Test;

class ProbingPolicyTest {
    /** So many Naks the automaton sends before it says that there may be no more. */
    private static final int NAKS = 5;

    private static final boolean MAY_NAK = true;

    private final ProbingPolicy policy = new ProbingPolicy(demand -> false, new Random(1));
    private final List<String> naks = new ArrayList<>();

    private static ConfigOption option(AuthProtocol protocol) {
        return LcpOption.authentication(protocol);
    }

    /** Asks what the peer asks for first, and what it makes of each Nak, until it is let go on. */
    private void talk(AuthProtocol first, UnaryOperator<ConfigOption> answer) {
        ConfigOption asked = option(first);
        while (policy.judge(List.of(asked), naks.size() < NAKS) instanceof Verdict.Nak nak) {
            ConfigOption suggested = nak.suggested().get(0);
            naks.add(OptionText.describe(PppProtocol.LCP, List.of(suggested)));
            asked = answer.apply(suggested);
        }
        assertThat(policy.isSettled()).isTrue();
    }

    private List<String> demands() {
        return policy.demands().stream().map(AuthDemand::label).toList();
    }

    @Test
    void aServerThatInsistsIsAskedForEverythingElse() {
        talk(AuthProtocol.MSCHAPV2, suggested -> option(AuthProtocol.MSCHAPV2));
        assertThat(naks)
                .containsExactly("<auth chap 06>", "<auth chap MS>", "<auth eap>", "<auth chap MD5>", "<auth pap>");
        assertThat(demands()).containsExactly("MS-CHAPv2");
        assertThat(policy.isComplete()).isTrue();
    }

    @Test
    void aServerThatGoesRoundHasToldAll() {
        Queue<AuthProtocol> rest = new ArrayDeque<>(List.of(AuthProtocol.PAP, AuthProtocol.MSCHAPV2));
        talk(AuthProtocol.MSCHAPV2, suggested -> option(rest.remove()));
        assertThat(naks).containsExactly("<auth chap 06>", "<auth 0xc281>");
        assertThat(demands()).containsExactly("MS-CHAPv2", "PAP");
        assertThat(policy.isComplete()).isTrue();
    }

    /** A suggestion that it can follow becomes all that it knows of CHAP, at another it forgets one that it has not named. */
    @Test
    void pppdWithPlainAuthIsSeenToKnowMsChapV2() {
        Set<AuthProtocol> chap = EnumSet.of(AuthProtocol.CHAP_MD5, AuthProtocol.MSCHAPV2, AuthProtocol.MSCHAPV1);
        List<AuthProtocol> asked = new ArrayList<>(List.of(AuthProtocol.EAP));
        talk(AuthProtocol.EAP, suggested -> {
            AuthProtocol now = asked.get(asked.size() - 1);
            AuthProtocol wanted = LcpOption.protocol(suggested).orElse(null);
            if (wanted != null && chap.contains(wanted)) {
                chap.retainAll(EnumSet.of(wanted));
            } else if (now != AuthProtocol.EAP) {
                chap.remove(chap.size() > 1 ? chap.iterator().next() : now);
            }
            AuthProtocol next = chap.contains(AuthProtocol.CHAP_MD5)
                    ? AuthProtocol.CHAP_MD5
                    : chap.stream().findFirst().orElse(AuthProtocol.PAP);
            asked.add(next);
            return option(next);
        });
        assertThat(demands()).startsWith("EAP", "CHAP-MD5", "MS-CHAPv2", "PAP");
    }

    @Test
    void whatIsLeftWhenPatienceEndsMayBeMore() {
        Queue<AuthProtocol> order =
                new ArrayDeque<>(List.of(AuthProtocol.PAP, AuthProtocol.PAP, AuthProtocol.PAP, AuthProtocol.PAP));
        talk(AuthProtocol.EAP, suggested -> option(order.isEmpty() ? AuthProtocol.MSCHAPV2 : order.remove()));
        assertThat(demands()).containsExactly("EAP", "PAP", "MS-CHAPv2");
        assertThat(policy.isComplete()).isFalse();
    }

    @Test
    void aServerThatAsksForNothingIsLetGoOn() {
        assertThat(policy.judge(List.of(), MAY_NAK)).isInstanceOf(Verdict.Ack.class);
        assertThat(policy.isComplete()).isTrue();
        assertThat(policy.demands()).isEmpty();
    }
}
