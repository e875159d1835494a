package org.jpptp.client.explain.log;

import java.util.function.Consumer;
import org.jpptp.client.diagnosis.LoggedVerdict;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.OwnVerdict;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.explain.evidence.Step;
import org.jpptp.control.wire.CallDisconnectNotify;
import org.jpptp.control.wire.OutgoingCallReply;
import org.jpptp.control.wire.OutgoingCallRequest;
import org.jpptp.control.wire.StartControlConnectionReply;
import org.jpptp.control.wire.StartControlConnectionRequest;
import org.jpptp.control.wire.StopControlConnectionRequest;
import org.jpptp.ppp.text.PacketText;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/** The calls that a log tells of, one after the other. */
final class LogCalls {
    /** Lines that belong together. */
    private static final int NEAR = 5;

    private final Consumer<Call> found;
    private @Nullable Call open;
    /** The call that is over: the reason may be told late. */
    private @Nullable Call past;
    /** What waits for the next line, which may say it better. */
    private @Nullable Runnable held;

    private String server = "";
    private long understood;
    private boolean talked;
    private boolean over;
    /** Whether the program has said that a call begins. */
    private boolean begun;

    LogCalls(Consumer<Call> found) {
        this.found = found;
    }

    long understood() {
        return understood;
    }

    /** The server is named. */
    void server(String name) {
        if (open == null || !talked) {
            server = name;
        }
    }

    /** Another call begins, unless nothing was told of the one before. */
    void begin() {
        release();
        if (talked) {
            close();
        }
        over = false;
        begun = true;
    }

    /** PPP begins: of another call, unless the control connection of this one has only just been told of. */
    void beginLink() {
        release();
        Call call = open;
        if (call == null || !talked || !call.steps().stream().allMatch(LogCalls::setsUp)) {
            begin();
        }
        begun = true;
    }

    private static boolean setsUp(Step step) {
        return step.fact() instanceof Fact.Control control
                && (control.message() instanceof StartControlConnectionRequest
                        || control.message() instanceof StartControlConnectionReply
                        || control.message() instanceof OutgoingCallRequest
                        || control.message() instanceof OutgoingCallReply);
    }

    /** Whether this call has a control connection already: another one is of another call. */
    boolean isConnected() {
        return has(open, Fact.Control.class);
    }

    /** Whether the program has said already what came of this call. */
    boolean isJudged() {
        Call call = open;
        return call != null && call.told() != null;
    }

    /** Whether the log begins with the end of this call, and nothing else of it is told. */
    boolean isEndOnly() {
        Call call = open;
        return call != null && call.isHeadMissing() && call.steps().size() == 1;
    }

    /** Whether nothing is known of how its control connection fared. */
    private static boolean isUntold(Call call) {
        return call.told() == null && !has(call, Fact.Control.class) && !has(call, Fact.Transport.class);
    }

    private static boolean has(@Nullable Call call, Class<? extends Fact> kind) {
        return call != null && call.steps().stream().anyMatch(step -> kind.isInstance(step.fact()));
    }

    /** TCP was not opened. Of two programs one may say that a call is over before the other one says why. */
    void unopened(String program, long number, long nanos, Fact.Transport fact) {
        release();
        Call call = past;
        if (over && call != null && isUntold(call)) {
            understood++;
            call.add(new Moment(number, nanos), Side.SERVER, fact);
            return;
        }
        if (over || isJudged() || has(open, Fact.Transport.class)) {
            begin();
        }
        add(program, number, nanos, Side.SERVER, fact);
    }

    /** A fact that the next line may tell better: then it is {@link #drop dropped}. */
    void hold(String program, long number, long nanos, Side from, Fact fact) {
        release();
        held = () -> add(program, number, nanos, from, fact);
    }

    /** Forgets what is held; false where there is nothing. */
    boolean drop() {
        boolean dropped = held != null;
        held = null;
        return dropped;
    }

    private void release() {
        Runnable waiting = held;
        held = null;
        if (waiting != null) {
            waiting.run();
        }
    }

    /** A fact. */
    void add(String program, long number, long nanos, Side from, Fact fact) {
        release();
        boolean words = fact instanceof Fact.Words;
        if (over && !begins(fact)) {
            return; // quoted again in the answers to a letter
        }
        over = false;
        Call call = open;
        if (call != null && !talked && !words && number - call.end().number() > NEAR) {
            call = null; // the words were about something else
        }
        if (call == null) {
            call = new Call(Call.Source.LOG, "", server);
            open = call;
            if (!begun && isGoodbye(fact)) {
                call.headIsMissing();
            }
        }
        call.writtenBy(program);
        understood++;
        talked |= !words || begun;
        call.add(new Moment(number, nanos), from, fact);
        if (fact instanceof Fact.Packet packet) {
            call.gre().of(from).seen(nanos);
            call.gre().of(from).payloads++;
            call.count(PacketText.kind(
                    packet.protocol(),
                    packet.octets().getUnsignedByte(packet.octets().readerIndex())));
        } else if (fact instanceof Fact.Control control) {
            call.count(control.message().type().rfcName());
        }
    }

    /** Words that are about a call, even where nothing else is told of it. */
    void tells(String program, long number, long nanos, String text) {
        begun |= !over;
        add(program, number, nanos, Side.CLIENT, new Fact.Words(text));
    }

    /** What came of a call, by a program that shows nothing else of it: then its word holds. */
    void says(String program, long number, long nanos, String text, LoggedVerdict verdict) {
        tells(program, number, nanos, text);
        verdict(verdict);
    }

    /** A packet of the other side that the program tells of in words, which it shows besides where it is told to. */
    void told(String program, long number, long nanos, Fact.@Nullable Packet packet) {
        told(program, number, nanos, Side.SERVER, packet);
    }

    /** The same, of whichever side. */
    void told(String program, long number, long nanos, Side from, Fact.@Nullable Packet packet) {
        Call call = open;
        if (packet == null) {
            return;
        }
        int code = packet.octets().getUnsignedByte(packet.octets().readerIndex());
        boolean shown = call != null
                && call.steps().stream()
                        .anyMatch(step -> step.fact() instanceof Fact.Packet other
                                && other.protocol() == packet.protocol()
                                && other.octets().getUnsignedByte(other.octets().readerIndex()) == code);
        if (!shown) {
            add(program, number, nanos, from, packet);
        }
    }

    /** The program's own verdict on the call. */
    void verdict(OwnVerdict verdict) {
        Call call = open;
        if (call != null) {
            call.told(verdict);
        }
    }

    void verdict(LoggedVerdict verdict) {
        verdict(new OwnVerdict(verdict.reason().name(), verdict.windowsError(), verdict.sentence(), verdict.remedy()));
    }

    private static boolean begins(Fact fact) {
        if (fact instanceof Fact.Control control) {
            return control.message() instanceof StartControlConnectionRequest
                    || control.message() instanceof OutgoingCallRequest;
        }
        return isLcp(fact, ControlPacket.CONFIGURE_REQUEST);
    }

    private static boolean isGoodbye(Fact fact) {
        return isLcp(fact, ControlPacket.TERMINATE_REQUEST)
                || (fact instanceof Fact.Control control
                        && (control.message() instanceof StopControlConnectionRequest
                                || control.message() instanceof CallDisconnectNotify));
    }

    private static boolean isLcp(Fact fact, int code) {
        return fact instanceof Fact.Packet packet
                && packet.protocol() == PppProtocol.LCP
                && packet.octets().getUnsignedByte(packet.octets().readerIndex()) == code;
    }

    /** The program says that the call is over. */
    void over() {
        release();
        if (talked) {
            close();
            over = true;
        }
    }

    /** The log is over. */
    void end() {
        release();
        close();
        hand();
    }

    private void close() {
        Call call = open;
        if (call != null && talked) {
            hand();
            past = call;
        }
        open = null;
        talked = false;
        begun = false;
    }

    private void hand() {
        Call call = past;
        past = null;
        if (call != null) {
            found.accept(call);
        }
    }
}
