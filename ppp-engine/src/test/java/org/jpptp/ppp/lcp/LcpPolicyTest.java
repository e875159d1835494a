package org.jpptp.ppp.lcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.fsm.Verdict;
import org.jpptp.ppp.text.OptionText;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.PppProtocol;
import org.junit.jupiter.api.Test;

class LcpPolicyTest {
    private static final boolean KEYS_REQUIRED = true;
    /** The peer has not had its share of Naks yet. */
    private static final boolean MAY_NAK = true;

    private static final ConfigOption MSCHAPV2 = LcpOption.authentication(AuthProtocol.MSCHAPV2);
    private static final ConfigOption MAGIC = ConfigOption.ofInt(5, 0x0f7e591a);

    private final LcpPolicy client = new LcpPolicy(
            1400,
            new AuthRole.Authenticatee(new Credentials("alice", new char[0]), Set.of(AuthMethod.MSCHAPV2)),
            !KEYS_REQUIRED,
            PppHabits.OURS,
            new Random(1));
    private final LcpPolicy server = new LcpPolicy(
            1500,
            new AuthRole.Authenticator("gate", name -> null, AuthMethod.MSCHAPV2),
            !KEYS_REQUIRED,
            PppHabits.OURS,
            new Random(2));

    private static String text(List<ConfigOption> options) {
        return OptionText.describe(PppProtocol.LCP, options);
    }

    private String judge(ConfigOption... request) {
        Verdict verdict = client.judge(List.of(request), MAY_NAK);
        if (verdict instanceof Verdict.Nak nak) {
            return "Nak " + text(nak.suggested());
        }
        if (verdict instanceof Verdict.Reject reject) {
            return "Reject " + text(reject.options());
        }
        return verdict instanceof Verdict.Fail fail ? fail.failure().toString() : "Ack";
    }

    @Test
    void theNortelServerIsAcknowledged() {
        assertThat(judge(
                        ConfigOption.ofShort(1, 1500),
                        ConfigOption.ofInt(2, 0x000a0000),
                        MSCHAPV2,
                        MAGIC,
                        ConfigOption.flag(7),
                        ConfigOption.flag(8)))
                .isEqualTo("Ack");
        assertThat(client.peerMru()).isEqualTo(1500);
        assertThat(client.sendPfc()).isTrue();
        assertThat(client.sendAcfc()).isTrue();
        assertThat(client.protocol()).isEqualTo(AuthProtocol.MSCHAPV2);
    }

    @Test
    void windowsIsRejectedAndNaked() {
        ConfigOption eap = LcpOption.authentication(AuthProtocol.EAP);
        ConfigOption callback = ConfigOption.of(13, (byte) 6);
        ConfigOption mrru = ConfigOption.ofShort(17, 1614);
        ConfigOption endpoint = ConfigOption.of(19, (byte) 1, (byte) 2);
        assertThat(judge(eap, MAGIC, callback, mrru, endpoint, ConfigOption.flag(200)))
                .isEqualTo("Reject <callback CBCP> <mrru 1614> <endpoint [local:02]> < c8 02>");
        assertThat(judge(eap, MAGIC)).isEqualTo("Nak <auth chap MS-v2>");
        assertThat(judge(LcpOption.authentication(AuthProtocol.SPAP), MAGIC)).isEqualTo("Nak <auth chap MS-v2>");
        assertThat(judge(ConfigOption.of(3, (byte) 0xc2, (byte) 0x23, (byte) 0x42), MAGIC))
                .isEqualTo("Nak <auth chap MS-v2>");
        assertThat(judge(ConfigOption.of(3, (byte) 1), MAGIC)).isEqualTo("Nak <auth chap MS-v2>");
        Verdict last = client.judge(List.of(LcpOption.authentication(AuthProtocol.PAP)), !MAY_NAK);
        assertThat(last).isInstanceOf(Verdict.Fail.class);
        AuthFailure.MethodRefused failure = (AuthFailure.MethodRefused) ((Verdict.Fail) last).failure();
        assertThat(failure.asked())
                .extracting(AuthDemand::label)
                .containsExactly("EAP", "SPAP", "CHAP with algorithm 0x42", "a malformed authentication option", "PAP");
        assertThat(failure.asked())
                .extracting(AuthDemand::method)
                .containsExactly(null, null, null, null, AuthMethod.PAP);
        assertThat(failure.allowed()).containsExactly(AuthMethod.MSCHAPV2);
    }

    private static LcpPolicy client(Set<AuthMethod> allowed, boolean keysRequired) {
        return new LcpPolicy(
                1400,
                new AuthRole.Authenticatee(new Credentials("alice", new char[0]), allowed),
                keysRequired,
                PppHabits.OURS,
                new Random(1));
    }

    /** A server that requires EAP gives up after a Nak, so where EAP can only come to the best it gets none. */
    @Test
    void eapIsTakenWhereItComesToMsChapV2() {
        ConfigOption eap = LcpOption.authentication(AuthProtocol.EAP);
        Set<AuthMethod> best = Set.of(AuthMethod.MSCHAPV2, AuthMethod.EAP_MSCHAPV2);
        assertThat(client(best, KEYS_REQUIRED).judge(List.of(eap), MAY_NAK)).isEqualTo(new Verdict.Ack());
        assertThat(client(best, !KEYS_REQUIRED).judge(List.of(eap), MAY_NAK)).isEqualTo(new Verdict.Ack());
        Set<AuthMethod> useless = Set.of(AuthMethod.MSCHAPV2, AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5);
        assertThat(client(useless, KEYS_REQUIRED).judge(List.of(eap), MAY_NAK))
                .as("EAP-MD5 yields no keys")
                .isEqualTo(new Verdict.Ack());
    }

    /** A Reject goes first, and what would be Naked has not been seen then. */
    @Test
    void eapIsHeldBackOnceWhereItMayBeWeaker() {
        LcpPolicy both =
                client(Set.of(AuthMethod.MSCHAPV2, AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5), !KEYS_REQUIRED);
        ConfigOption eap = LcpOption.authentication(AuthProtocol.EAP);
        ConfigOption callback = ConfigOption.of(13, (byte) 6);
        assertThat(both.judge(List.of(eap, callback), MAY_NAK)).isEqualTo(new Verdict.Reject(List.of(callback)));
        assertThat(both.judge(List.of(eap), MAY_NAK)).isEqualTo(new Verdict.Nak(List.of(MSCHAPV2), List.of(eap)));
        assertThat(both.judge(List.of(eap), MAY_NAK)).isEqualTo(new Verdict.Ack());
        assertThat(both.protocol()).isEqualTo(AuthProtocol.EAP);
        assertThat(both.judge(List.of(eap), MAY_NAK)).as("renegotiated").isEqualTo(new Verdict.Ack());
    }

    @Test
    void withMppeRequiredOnlyMethodsWithKeysAreOfUse() {
        LcpPolicy policy = new LcpPolicy(
                1400,
                new AuthRole.Authenticatee(
                        new Credentials("alice", new char[0]),
                        Set.of(AuthMethod.MSCHAPV1, AuthMethod.PAP, AuthMethod.EAP_MD5)),
                KEYS_REQUIRED,
                PppHabits.OURS,
                new Random(1));
        ConfigOption pap = LcpOption.authentication(AuthProtocol.PAP);
        ConfigOption md5 = LcpOption.authentication(AuthProtocol.CHAP_MD5);
        ConfigOption eap = LcpOption.authentication(AuthProtocol.EAP);
        ConfigOption first = LcpOption.authentication(AuthProtocol.MSCHAPV1);
        for (ConfigOption asked : List.of(pap, md5, eap)) {
            assertThat(policy.judge(List.of(asked), MAY_NAK))
                    .isEqualTo(new Verdict.Nak(List.of(first), List.of(asked)));
        }
        assertThat(((Verdict.Fail) policy.judge(List.of(pap), !MAY_NAK)).failure())
                .isEqualTo(new AuthFailure.MethodRefused(
                        List.of(
                                AuthDemand.of(AuthProtocol.PAP),
                                AuthDemand.of(AuthProtocol.CHAP_MD5),
                                AuthDemand.of(AuthProtocol.EAP)),
                        List.of(AuthMethod.MSCHAPV1),
                        KEYS_REQUIRED));
        assertThat(((AuthRole.Authenticatee) policy.role()).allowed()).containsExactly(AuthMethod.MSCHAPV1);
    }

    @Test
    void aServerGoesThroughItsMethods() {
        LcpPolicy several = new LcpPolicy(
                1500,
                new AuthRole.Authenticator(
                        "gate",
                        name -> null,
                        List.of(AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5, AuthMethod.MSCHAPV2, AuthMethod.PAP),
                        0),
                !KEYS_REQUIRED,
                PppHabits.OURS,
                new Random(2));
        assertThat(text(several.request())).startsWith("<auth eap>");
        several.nakked(List.of(LcpOption.authentication(AuthProtocol.PAP)));
        assertThat(text(several.request())).as("what the peer wants").startsWith("<auth pap>");
        several.nakked(List.of(LcpOption.authentication(AuthProtocol.SPAP)));
        assertThat(text(several.request())).as("the next").startsWith("<auth chap MS-v2>");
        assertThat(several.rejected(List.of(MSCHAPV2))).isNotNull();
        several.start();
        assertThat(several.rejected(List.of(LcpOption.authentication(AuthProtocol.EAP))))
                .isNull();
        assertThat(text(several.request())).startsWith("<auth chap MS-v2>");
    }

    /** pppd that requires EAP says no more after a Nak. */
    @Test
    void aServerMayInsist() {
        PppHabits insisting = new PppHabits(
                List.of(),
                Set.of(),
                1,
                List.of(),
                PppHabits.EarlyIpcp.WAITS,
                Set.of(PppHabits.Way.DEMANDS_ONE_PROTOCOL));
        LcpPolicy server = new LcpPolicy(
                1500,
                new AuthRole.Authenticator("gate", name -> null, List.of(AuthMethod.EAP_MSCHAPV2), 0),
                !KEYS_REQUIRED,
                insisting,
                new Random(2));
        assertThat(server.nakked(List.of(ConfigOption.ofShort(1, 1400)))).isNull();
        assertThat(server.nakked(List.of(MSCHAPV2)))
                .isEqualTo(new AuthFailure.DemandRefused(
                        List.of(AuthDemand.of(AuthProtocol.MSCHAPV2)), List.of(), List.of(AuthMethod.EAP_MSCHAPV2)));
    }

    @Test
    void whatIsNoneOfOursIsRejected() {
        for (int type : new int[] {0, 4, 6, 9, 10, 11, 12, 13, 17, 18, 19, 23, 255}) {
            for (int length : new int[] {0, 1, 3, 253}) {
                ConfigOption option = ConfigOption.of(type, new byte[length]);
                assertThat(client.judge(List.of(MSCHAPV2, option), MAY_NAK))
                        .isEqualTo(new Verdict.Reject(List.of(option)));
            }
        }
    }

    @Test
    void mrusAreJudged() {
        for (int mru : new int[] {0, 1, 127}) {
            assertThat(judge(ConfigOption.ofShort(1, mru), MSCHAPV2)).isEqualTo("Nak <mru 128>");
        }
        assertThat(judge(ConfigOption.ofShort(1, 65535), MSCHAPV2)).isEqualTo("Ack");
        assertThat(judge(ConfigOption.ofInt(1, 0), MSCHAPV2)).isEqualTo("Reject < 01 06 00 00 00 00>");
        assertThat(judge(MSCHAPV2)).isEqualTo("Ack");
        assertThat(client.peerMru()).as("absent again").isEqualTo(1500);
        assertThat(judge(MSCHAPV2, MSCHAPV2)).as("twice").isEqualTo("Reject <auth chap MS-v2>");
    }

    @Test
    void naksAndRejectsAreFollowed() {
        assertThat(text(client.request())).startsWith("<mru 1400> <magic 0x").endsWith("<pcomp> <accomp>");
        client.nakked(List.of(ConfigOption.ofShort(1, 1300)));
        assertThat(client.mru()).isEqualTo(1300);
        client.nakked(List.of(ConfigOption.ofShort(1, 1300)));
        assertThat(client.mru())
                .as("Naked with what was asked for: the default")
                .isEqualTo(1500);
        client.rejected(List.of(ConfigOption.ofInt(5, client.magic()), ConfigOption.flag(7), ConfigOption.flag(8)));
        assertThat(client.request()).isEmpty();
        assertThat(client.magic()).isZero();
        for (int absurd : new int[] {0, 127, 1500, 65535}) {
            client.start();
            client.nakked(List.of(ConfigOption.ofShort(1, absurd), ConfigOption.flag(1), ConfigOption.flag(99)));
            assertThat(client.mru()).isEqualTo(1500);
        }
    }

    @Test
    void aLoopIsSeenByTheMagicNumber() {
        for (int i = 0; i < 2; i++) {
            assertThat(judge(ConfigOption.ofInt(5, client.magic()))).startsWith("Nak <magic 0x");
            client.nakked(List.of(ConfigOption.ofInt(5, 1)));
        }
        assertThat(judge(ConfigOption.ofInt(5, client.magic()))).startsWith("Looped");
        client.start();
        assertThat(judge(ConfigOption.ofInt(5, 0), MSCHAPV2)).startsWith("Nak <magic 0x");
    }

    @Test
    void aServerInsistsOnItsMethod() {
        assertThat(text(server.request())).startsWith("<auth chap MS-v2> <magic");
        assertThat(server.nakked(List.of(LcpOption.authentication(AuthProtocol.PAP))))
                .isNull();
        assertThat(text(server.request())).startsWith("<auth chap MS-v2> <magic");
        PppFailure failure = server.rejected(List.of(MSCHAPV2));
        assertThat(failure).isNotNull();
        assertThat(failure.cause()).isEqualTo(Cause.AUTH_METHOD_REFUSED);
        assertThat(server.judge(List.of(MSCHAPV2), MAY_NAK)).isEqualTo(new Verdict.Reject(List.of(MSCHAPV2)));
        assertThat(server.judge(List.of(), MAY_NAK)).isEqualTo(new Verdict.Ack());
    }
}
