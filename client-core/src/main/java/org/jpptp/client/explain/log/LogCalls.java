package org.jpptp.client.explain.log;

import java.util.function.Consumer;
import org.jpptp.client.diagnosis.LoggedVerdict;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.OwnVerdict;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.control.wire.OutgoingCallRequest;
import org.jpptp.control.wire.StartControlConnectionRequest;
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
        if (talked) {
            end();
        }
        over = false;
        begun = true;
    }

    /** A fact. */
    void add(String program, long number, long nanos, Side from, Fact fact) {
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
        return isLcp(fact, ControlPacket.TERMINATE_REQUEST);
    }

    private static boolean isLcp(Fact fact, int code) {
        return fact instanceof Fact.Packet packet
                && packet.protocol() == PppProtocol.LCP
                && packet.octets().getUnsignedByte(packet.octets().readerIndex()) == code;
    }

    /** The program says that the call is over. */
    void over() {
        if (talked) {
            end();
            over = true;
        }
    }

    /** The log is over, or the call is. */
    void end() {
        Call call = open;
        if (call != null && talked) {
            found.accept(call);
        }
        open = null;
        talked = false;
        begun = false;
    }
}
