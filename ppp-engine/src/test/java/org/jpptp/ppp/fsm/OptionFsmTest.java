package org.jpptp.ppp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.Negotiation;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppTiming;
import org.jpptp.ppp.text.PacketText;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ConfigOptions;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OptionFsmTest {
    private static final ConfigOption ASKED = ConfigOption.ofShort(1, 1400);
    private static final ConfigOption GOOD = ConfigOption.flag(7);
    private static final ConfigOption POOR = ConfigOption.flag(8);
    private static final ConfigOption UNKNOWN = ConfigOption.flag(99);
    private static final long SECOND = 1_000_000_000L;

    /** Asks for one option, Naks one, Rejects one. */
    private static final class Policy implements OptionPolicy {
        @Override
        public void start() {}

        @Override
        public List<ConfigOption> request() {
            return List.of(ASKED);
        }

        @Override
        public Verdict judge(List<ConfigOption> request, boolean mayNak) {
            if (request.contains(UNKNOWN)) {
                return new Verdict.Reject(List.of(UNKNOWN));
            }
            return request.contains(POOR) ? new Verdict.Nak(List.of(GOOD), List.of(POOR)) : new Verdict.Ack();
        }

        @Override
        public @Nullable PppFailure nakked(List<ConfigOption> suggested) {
            return null;
        }

        @Override
        public @Nullable PppFailure rejected(List<ConfigOption> refused) {
            return null;
        }

        @Override
        public String why(ConfigOption option) {
            return "of the test";
        }

        @Override
        public boolean knows(int code) {
            return code == ControlPacket.ECHO_REQUEST;
        }

        @Override
        public PppFailure gaveUp(GaveUp why, Negotiation seen) {
            return why == GaveUp.NO_ANSWER ? new LinkFailure.LcpTimeout(seen) : new LinkFailure.LcpNotConverging(seen);
        }
    }

    private final List<String> did = new ArrayList<>();
    private final OptionFsm fsm =
            new OptionFsm(PppProtocol.LCP, new Policy(), PppTiming.DEFAULT, new RoundTrip(), 1, new FsmOutput() {
                @Override
                public void send(ByteBuf packet, long now) {
                    did.add(PacketText.describe(PppProtocol.LCP, packet).substring(4));
                }

                @Override
                public void note(String why) {}

                @Override
                public void up(long now) {
                    did.add("up");
                }

                @Override
                public void down(long now) {
                    did.add("down");
                }

                @Override
                public void finished(long now) {
                    did.add("finished");
                }

                @Override
                public void failed(PppFailure failure, long now) {
                    did.add(failure.toString());
                }

                @Override
                public void terminated(ByteBuf reason, long now) {
                    did.add("terminated");
                }

                @Override
                public void extension(ControlPacket packet, long now) {
                    did.add("extension " + packet.code());
                }

                @Override
                public void codeRejected(int code) {
                    did.add("code rejected " + code);
                }
            });

    @BeforeEach
    void open() {
        fsm.open(0);
        fsm.up(0);
        assertThat(did()).containsExactly("ConfReq id=0x1 <mru 1400>");
    }

    private List<String> did() {
        List<String> copy = List.copyOf(did);
        did.clear();
        return copy;
    }

    private List<String> receive(int code, int id, ConfigOption... options) {
        fsm.receive(ControlPacket.encode(code, id, ConfigOptions.encode(List.of(options))), 0);
        return did();
    }

    private void bringUp() {
        receive(ControlPacket.CONFIGURE_REQUEST, 50, GOOD);
        assertThat(receive(ControlPacket.CONFIGURE_ACK, 1, ASKED)).containsExactly("up");
        assertThat(fsm.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void answersThatFitNothingAreDiscarded() {
        assertThat(receive(ControlPacket.CONFIGURE_ACK, 2, ASKED)).isEmpty();
        assertThat(receive(ControlPacket.CONFIGURE_ACK, 1, GOOD)).isEmpty();
        assertThat(receive(ControlPacket.CONFIGURE_ACK, 1)).isEmpty();
        assertThat(receive(ControlPacket.CONFIGURE_NAK, 2, ASKED)).isEmpty();
        assertThat(receive(ControlPacket.CONFIGURE_REJECT, 2, ASKED)).isEmpty();
        assertThat(receive(ControlPacket.CONFIGURE_REJECT, 1, GOOD)).isEmpty();
        assertThat(receive(ControlPacket.CONFIGURE_REJECT, 1)).isEmpty();
        assertThat(fsm.state()).isEqualTo(State.REQ_SENT);
        bringUp();
        assertThat(receive(ControlPacket.CONFIGURE_ACK, 1, ASKED))
                .as("a duplicate")
                .isEmpty();
        assertThat(fsm.state()).isEqualTo(State.OPENED);
    }

    @Test
    void repeatsTheSameRequestAndGivesUp() {
        long[] waits = {300, 600, 1200, 2400, 3000, 3000, 3000, 3000, 3000, 3000, 3000, 3000};
        long due = 0;
        for (long wait : waits) {
            due += wait * SECOND / 1000;
            assertThat(fsm.deadlineNanos()).isEqualTo(due);
            fsm.onDeadline(due - 1);
            assertThat(did()).as("too early").isEmpty();
            fsm.onDeadline(due);
            assertThat(did()).containsExactly("ConfReq id=0x1 <mru 1400>");
        }
        fsm.onDeadline(due + 3 * SECOND);
        assertThat(did())
                .containsExactly(
                        "LcpTimeout[seen=Negotiation[protocol=49185, requestsSent=13, lastSent=LCP ConfReq id=0x1 <mru"
                                + " 1400>, lastReceived=]]");
        assertThat(fsm.state()).isEqualTo(State.STOPPED);
    }

    @Test
    void naksTurnIntoRejectsAndThenIntoTheEnd() {
        int id = 10;
        for (int i = 0; i < 5; i++) {
            assertThat(receive(ControlPacket.CONFIGURE_REQUEST, id, POOR))
                    .containsExactly("ConfNak id=0x" + Integer.toHexString(id++) + " <pcomp>");
        }
        for (int i = 0; i < 5; i++) {
            assertThat(receive(ControlPacket.CONFIGURE_REQUEST, id, POOR))
                    .containsExactly("ConfRej id=0x" + Integer.toHexString(id++) + " <accomp>");
        }
        assertThat(receive(ControlPacket.CONFIGURE_REQUEST, id, POOR))
                .containsExactly("LcpNotConverging[seen=Negotiation[protocol=49185, requestsSent=1, "
                        + "lastSent=LCP ConfReq id=0x1 <mru 1400>, lastReceived=LCP ConfReq id=0x14 <accomp>]]");
    }

    @Test
    void repeatedRequestsAreNotCountedButBounded() {
        for (int i = 0; i < 20; i++) {
            assertThat(receive(ControlPacket.CONFIGURE_REQUEST, 10, UNKNOWN))
                    .containsExactly("ConfRej id=0xa < 63 02>");
        }
        assertThat(receive(ControlPacket.CONFIGURE_REQUEST, 10, UNKNOWN))
                .singleElement()
                .asString()
                .startsWith("LcpNotConverging");
    }

    @Test
    void naksAreFollowedSoOften() {
        for (int id = 1; id <= 5; id++) {
            assertThat(receive(ControlPacket.CONFIGURE_NAK, id, ASKED))
                    .containsExactly("ConfReq id=0x" + (id + 1) + " <mru 1400>");
        }
        assertThat(receive(ControlPacket.CONFIGURE_NAK, 6, ASKED))
                .containsExactly("LcpNotConverging[seen=Negotiation[protocol=49185, requestsSent=6, "
                        + "lastSent=LCP ConfReq id=0x6 <mru 1400>, lastReceived=LCP ConfNak id=0x6 <mru 1400>]]");
    }

    @Test
    void isRenegotiatedAndEnds() {
        bringUp();
        assertThat(receive(ControlPacket.CONFIGURE_REQUEST, 51, GOOD))
                .containsExactly("down", "ConfReq id=0x2 <mru 1400>", "ConfAck id=0x33 <pcomp>");
        assertThat(receive(ControlPacket.CONFIGURE_ACK, 2, ASKED)).containsExactly("up");
        assertThat(receive(ControlPacket.TERMINATE_REQUEST, 52))
                .containsExactly("down", "TermAck id=0x34", "terminated");
        fsm.onDeadline(3 * SECOND);
        assertThat(did()).containsExactly("finished");
    }

    @Test
    void closesWithABoundedWait() {
        bringUp();
        fsm.close("bye", 0);
        assertThat(did()).containsExactly("down", "TermReq id=0x2 \"bye\"");
        fsm.onDeadline(SECOND);
        assertThat(did()).containsExactly("TermReq id=0x2 \"bye\"");
        assertThat(receive(ControlPacket.CONFIGURE_REQUEST, 53, GOOD)).isEmpty();
        fsm.onDeadline(2 * SECOND);
        assertThat(did()).containsExactly("TermReq id=0x2 \"bye\"");
        fsm.onDeadline(3 * SECOND);
        assertThat(did()).containsExactly("finished");
        assertThat(receive(ControlPacket.CONFIGURE_REQUEST, 54, GOOD)).containsExactly("TermAck id=0x36");
    }

    @Test
    void codesThatAreUnknownHereOrThere() {
        assertThat(receive(99, 7)).containsExactly("CodeRej id=0x2 63 07 00 04");
        assertThat(receive(ControlPacket.ECHO_REQUEST, 8)).as("not open").isEmpty();
        bringUp();
        assertThat(receive(ControlPacket.ECHO_REQUEST, 8)).containsExactly("extension 9");
        fsm.receive(ControlPacket.encode(ControlPacket.CODE_REJECT, 1, (byte) 12, (byte) 1, (byte) 0, (byte) 4), 0);
        assertThat(did()).containsExactly("code rejected 12");
        fsm.receive(ControlPacket.encode(ControlPacket.CODE_REJECT, 1, (byte) 1, (byte) 1, (byte) 0, (byte) 4), 0);
        assertThat(did())
                .hasSize(3)
                .startsWith("down")
                .last()
                .asString()
                .startsWith("LcpNotConverging")
                .contains("lastReceived=LCP CodeRej");
    }
}
