package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Two ends of a link in virtual time, of which one takes the input: an octet for the {@link LinkSetting}, one for how far
 * the link comes before (the number of events that the end has told), then an octet for each step and what it takes.
 */
final class LinkRun {
    /** Steps of an input, by their numbers. */
    static final int INJECT = 0;

    static final int FRAME = 3;
    static final int GENUINE = 4;
    static final int DAMAGED = 5;
    static final int LOST = 6;
    static final int TIME = 7;
    static final int PROVIDE = 8;
    static final int TRAFFIC = 9;
    private static final int KINDS = 10;

    /** An identifier octet of this value stands for that of the last packet which the end sent. */
    static final int LAST_ID = 255;

    private static final int STEPS = 96;
    private static final int EVENTS = 6;
    /** Nothing that a link waits for in silence, one after the other, takes longer. */
    private static final Duration SILENCE = Duration.ofMinutes(15);

    private static final Duration MOMENT = Duration.ofSeconds(10);
    private static final Duration CALM = Duration.ofMinutes(3);
    private static final Duration CLOSING = Duration.ofSeconds(10);
    /** Steps of a simulated time; a machine that needs more is busy with itself. */
    private static final int WAKE_UPS = 4000;

    private final LinkSetting setting;
    private final int protocol;
    /** Whether only coded datagrams are forged, damaged and lost, so that nothing else can end the link. */
    private final boolean coded;

    final LinkEnd end;
    final LinkEnd peer;
    /** The genuine frames that arrived as they were. */
    final List<byte[]> heard = new ArrayList<>();

    private long now = 1_000_000_000L;

    /** @param protocol whose packets the input brings */
    LinkRun(LinkSetting setting, int protocol) {
        this.setting = setting;
        this.protocol = protocol;
        coded = protocol == PppProtocol.COMPRESSED;
        LinkEnd client = new LinkEnd(setting.client(), 1, protocol);
        LinkEnd server = new LinkEnd(setting.serving(), 2, protocol);
        end = setting.server() ? server : client;
        peer = setting.server() ? client : server;
    }

    /** Runs an input for a target of one protocol. */
    static void run(byte[] data, int protocol, List<AuthMethod> methods, List<MppePolicy> policies) {
        Input input = new Input(data);
        LinkRun run = new LinkRun(LinkSetting.of(input.octet(), methods, policies), protocol);
        run.open(input.below(EVENTS));
        run.steps(input);
        run.finish();
    }

    /** Opens both ends and lets them talk until the one has told so many events. */
    void open(int events) {
        end.link.open(now);
        peer.link.open(now);
        for (int i = 0; i < WAKE_UPS && end.events.size() < events && !end.isDown(); i++) {
            if (!genuine()) {
                if (idle()) {
                    break;
                }
                wake();
            }
        }
    }

    /** Lets what has begun come to its end. */
    void calm() {
        quiet(MOMENT);
    }

    void steps(Input input) {
        for (int step = 0; step < STEPS && !input.isEmpty(); step++) {
            switch (input.below(KINDS)) {
                case INJECT, 1, 2 -> end.receive(injected(input), now);
                case FRAME -> end.receive(coded ? injected(input) : input.chunk(), now);
                case GENUINE -> genuine();
                case DAMAGED -> {
                    byte[] frame = next();
                    if (frame != null) {
                        end.receive(damaged(frame, input), now);
                    }
                }
                case LOST -> next();
                case TIME -> {
                    if (coded) {
                        arriveAll();
                    }
                    wake();
                }
                case PROVIDE -> end.link.provide(input.choice() ? LinkSetting.another() : null, now);
                default -> traffic(input);
            }
            toPeer();
        }
    }

    /** The link settles, and comes down when it is closed. */
    void finish() {
        long stop = now + CALM.toNanos();
        if (setting.silent()) {
            deaf(SILENCE);
            kept(
                    end.isDown() || end.echoRejected(),
                    "a link that hears nothing more goes down, if its peer knows echoes");
        } else {
            while (!end.isDown() && !(end.isUp() && peer.isUp()) && now < stop) {
                quiet(MOMENT);
            }
            kept(end.isDown() || end.isUp(), "a link that is left alone comes up or goes down");
        }
        end.link.close("closed", now);
        quiet(CLOSING);
        kept(end.isDown(), "a link that is closed goes down");
        kept(end.link.deadlineNanos() == Long.MAX_VALUE, "nothing is waited for after the end");
    }

    /** A datagram each way with nothing else on the line, again and again for some seconds; whether the last arrived. */
    boolean carries() {
        boolean arrived = false;
        for (int i = 0; i < 8 && !end.isDown(); i++) {
            int before = end.delivered.size();
            peer.send(new byte[100], now);
            quiet(Duration.ofSeconds(2));
            arrived = end.delivered.size() > before;
        }
        return arrived;
    }

    private byte[] injected(Input input) {
        if (coded) {
            return Packets.frame(protocol, input.chunk());
        }
        int code = input.octet();
        int id = input.octet();
        return Packets.control(protocol, code, id == LAST_ID ? end.lastId() : id, input.chunk());
    }

    /** The frame that may be damaged or lost, null for none. */
    private byte @Nullable [] next() {
        byte[] frame = peer.sent.peek();
        if (frame == null || (coded && PppFrame.parse(Unpooled.wrappedBuffer(frame)) != protocol)) {
            genuine();
            return null;
        }
        return peer.sent.remove();
    }

    private byte[] damaged(byte[] frame, Input input) {
        if (!coded) {
            return Packets.damaged(frame, input);
        }
        ByteBuf inside = Unpooled.wrappedBuffer(frame);
        PppFrame.parse(inside);
        return Packets.frame(protocol, Packets.damaged(ByteBufUtil.getBytes(inside), input));
    }

    private void traffic(Input input) {
        byte[] payload = new byte[input.octet()];
        if (input.choice()) {
            end.send(payload, now);
        } else {
            peer.send(payload, now);
        }
    }

    /** The peer hears at once, and what it answers waits. */
    private void toPeer() {
        for (byte[] frame = end.sent.poll(); frame != null; frame = end.sent.poll()) {
            peer.receive(frame, now);
        }
    }

    /** The next frame of the peer arrives; false where there is none. */
    private boolean genuine() {
        toPeer();
        byte[] frame = peer.sent.poll();
        if (frame == null) {
            return false;
        }
        heard.add(frame);
        end.receive(frame, now);
        toPeer();
        return true;
    }

    /** So that answers to keepalives do not wait for a step of their own. */
    private void arriveAll() {
        int waiting = peer.sent.size();
        for (int i = 0; i < waiting; i++) {
            genuine();
        }
    }

    private boolean idle() {
        return end.link.deadlineNanos() == Long.MAX_VALUE && peer.link.deadlineNanos() == Long.MAX_VALUE;
    }

    /** Time goes on to the next deadline of either. */
    private void wake() {
        long next = Math.min(end.link.deadlineNanos(), peer.link.deadlineNanos());
        if (next != Long.MAX_VALUE) {
            now = Math.max(now, next);
            end.onDeadline(now);
            peer.onDeadline(now);
        }
    }

    /** Nothing is on the line but what the two ends send. */
    private void quiet(Duration time) {
        pass(time, this::genuine);
    }

    /** Nothing arrives any more. */
    private void deaf(Duration time) {
        pass(time, () -> {
            end.sent.clear();
            peer.sent.clear();
            return false;
        });
    }

    /** @param line moves a frame, and tells whether there was one */
    private void pass(Duration time, BooleanSupplier line) {
        long stop = now + time.toNanos();
        for (int wakes = 0; !end.isDown(); wakes++) {
            kept(wakes < WAKE_UPS, "two ends that are left alone are not busy with each other");
            if (end.wanted()) {
                end.link.provide(null, now);
            }
            if (peer.wanted()) {
                peer.link.provide(null, now);
            }
            if (line.getAsBoolean()) {
                continue;
            }
            if (Math.min(end.link.deadlineNanos(), peer.link.deadlineNanos()) > stop) {
                break;
            }
            wake();
        }
        now = Math.max(now, stop);
    }
}
