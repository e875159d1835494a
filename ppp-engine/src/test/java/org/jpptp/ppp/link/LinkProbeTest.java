package org.jpptp.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.Negotiation;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppTiming;
import org.jpptp.ppp.fsm.FsmOutput;
import org.jpptp.ppp.fsm.GaveUp;
import org.jpptp.ppp.fsm.OptionFsm;
import org.jpptp.ppp.fsm.OptionPolicy;
import org.jpptp.ppp.fsm.RoundTrip;
import org.jpptp.ppp.fsm.Verdict;
import org.jpptp.ppp.lcp.LcpOption;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A probe of a server that behaves as pppd with the plain option auth does. */
class LinkProbeTest {
    private static final long NOW = 1;

    /** Frames on their way, each with the end that it is for. */
    private final Queue<Runnable> wire = new ArrayDeque<>();

    private final List<PppFailure> failures = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private int requests;
    private final Pppd pppd = new Pppd();
    private final OptionFsm server =
            new OptionFsm(PppProtocol.LCP, pppd, PppTiming.DEFAULT, new RoundTrip(), 1, new FromServer());

    /**
     * pppd 2.4.9 and 2.5, lcp_nakci(): of its kinds of CHAP it asks for MD5 first, and at a Nak that it cannot follow it drops
     * the lowest bit of the three, which is not MD5's. Where it can follow, the others go. Each negotiation begins with all.
     */
    private static final class Pppd implements OptionPolicy {
        private final Set<AuthProtocol> chap = EnumSet.noneOf(AuthProtocol.class);
        private boolean eap;
        private boolean pap;

        @Override
        public void start() {
            eap = true;
            pap = true;
            chap.addAll(Set.of(AuthProtocol.CHAP_MD5, AuthProtocol.MSCHAPV2, AuthProtocol.MSCHAPV1));
        }

        private static ConfigOption option(AuthProtocol protocol) {
            byte high = (byte) (protocol.number() >> Byte.SIZE);
            byte low = (byte) protocol.number();
            return protocol.algorithm() < 0
                    ? ConfigOption.of(LcpOption.AUTHENTICATION, high, low)
                    : ConfigOption.of(LcpOption.AUTHENTICATION, high, low, (byte) protocol.algorithm());
        }

        private AuthProtocol asked() {
            if (eap) {
                return AuthProtocol.EAP;
            }
            for (AuthProtocol each : List.of(AuthProtocol.CHAP_MD5, AuthProtocol.MSCHAPV2, AuthProtocol.MSCHAPV1)) {
                if (chap.contains(each)) {
                    return each;
                }
            }
            return AuthProtocol.PAP;
        }

        @Override
        public List<ConfigOption> request() {
            return eap || pap || !chap.isEmpty() ? List.of(option(asked())) : List.of();
        }

        @Override
        public Verdict judge(List<ConfigOption> request, boolean mayNak) {
            return new Verdict.Ack();
        }

        @Override
        public @Nullable PppFailure nakked(List<ConfigOption> suggested) {
            AuthProtocol wanted = LcpOption.protocol(suggested.get(0)).orElse(null);
            boolean ofChap = LcpOption.demand(suggested.get(0)).label().contains("CHAP");
            boolean follows = wanted != null && chap.contains(wanted);
            if (eap) {
                eap = false;
            } else if (!chap.isEmpty() && !ofChap) {
                chap.clear();
            } else if (chap.isEmpty()) {
                pap = false;
            } else if (!follows) {
                for (AuthProtocol lowest :
                        List.of(AuthProtocol.MSCHAPV2, AuthProtocol.MSCHAPV1, AuthProtocol.CHAP_MD5)) {
                    if (chap.remove(lowest)) {
                        break;
                    }
                }
            }
            if (follows) {
                chap.retainAll(Set.of(wanted));
            }
            return null;
        }

        @Override
        public @Nullable PppFailure rejected(List<ConfigOption> refused) {
            eap = false;
            pap = false;
            chap.clear();
            return null;
        }

        @Override
        public String why(ConfigOption option) {
            return "";
        }

        @Override
        public boolean knows(int code) {
            return code == ControlPacket.PROTOCOL_REJECT;
        }

        @Override
        public PppFailure gaveUp(GaveUp why, Negotiation seen) {
            return new LinkFailure.LcpTimeout(seen);
        }
    }

    private final class FromServer implements FsmOutput {
        @Override
        public void send(ByteBuf packet, long now) {
            PppFrame.prependWhole(packet, PppProtocol.LCP);
            ByteBuf frame = Unpooled.copiedBuffer(packet);
            wire.add(() -> probe.receive(frame, NOW));
        }

        @Override
        public void note(String why) {}

        @Override
        public void up(long now) {}

        @Override
        public void down(long now) {}

        @Override
        public void finished(long now) {}

        @Override
        public void failed(PppFailure failure, long now) {
            failures.add(failure);
        }

        @Override
        public void terminated(ByteBuf reason, long now) {}

        @Override
        public void extension(ControlPacket packet, long now) {}

        @Override
        public void codeRejected(int code) {}
    }

    private final class FromProbe implements LinkProbe.Output {
        @Override
        public void sendFrame(ByteBuf frame, long now) {
            ByteBuf copy = Unpooled.copiedBuffer(frame);
            int protocol = PppFrame.parse(copy);
            assertThat(protocol).as("nothing but LCP is ever sent").isEqualTo(PppProtocol.LCP);
            if (ControlPacket.parse(copy) instanceof ControlPacket packet
                    && packet.code() == ControlPacket.CONFIGURE_REQUEST) {
                requests++;
            }
            wire.add(() -> server.receive(copy, NOW));
        }

        @Override
        public void echoed(int octets, long now) {}

        @Override
        public void ended(PppFailure why, long now) {
            failures.add(why);
        }

        @Override
        public void terminated(String text, long now) {
            said.add(text);
        }
    }

    private LinkProbe probe = probe(demand -> false);

    private LinkProbe probe(Predicate<AuthDemand> takes) {
        return new LinkProbe(takes, "", PppTiming.DEFAULT, new Random(1), new FromProbe());
    }

    private void run() {
        for (Runnable next = wire.poll(); next != null; next = wire.poll()) {
            next.run();
        }
    }

    private List<String> demands() {
        return probe.demands().stream().map(AuthDemand::label).toList();
    }

    private void negotiate() {
        server.open(NOW);
        server.up(NOW);
        probe.open(NOW);
        run();
        assertThat(probe.isOpen()).isTrue();
    }

    @Test
    void naksAloneDoNotShowMsChapV1() {
        negotiate();
        assertThat(demands()).startsWith("EAP", "CHAP-MD5", "MS-CHAPv2").doesNotContain("MS-CHAP v1");
    }

    @Test
    void negotiatedAnewPppdNamesMsChapV1WhenItIsAskedTo() {
        probe = probe(demand -> demand.protocol() == AuthProtocol.EAP);
        negotiate();
        assertThat(demands()).containsExactly("EAP");
        probe.ask(AuthProtocol.MSCHAPV1, NOW);
        assertThat(probe.hasSettled()).isFalse();
        run();
        assertThat(probe.hasSettled()).isTrue();
        assertThat(probe.isOpen()).isTrue();
        assertThat(demands()).containsExactly("EAP", "MS-CHAP v1");
        assertThat(requests).as("one more negotiation").isEqualTo(2);
        assertThat(failures).isEmpty();
    }

    @Test
    void whoDoesNotKnowItIsLetGoOn() {
        probe = probe(demand -> demand.protocol() == AuthProtocol.EAP);
        negotiate();
        probe.ask(AuthProtocol.SPAP, NOW);
        run();
        assertThat(probe.hasSettled()).isTrue();
        assertThat(demands()).doesNotContain("SPAP");
        assertThat(said).isEmpty();
    }
}
