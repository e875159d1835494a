package org.jpptp.client.explain.evidence;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.DecodeResult;

/** One thing that was seen. */
public sealed interface Fact {
    /** Decides by the kind. */
    <R> R fold(Cases<R> cases);

    /** A message of the control connection. */
    record Control(ControlMessage message) implements Fact {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.control(this);
        }
    }

    /**
     * Octets of the control connection that are no message.
     *
     * @param evidence what they are, escaped
     */
    record Broken(DecodeResult.Reason reason, String evidence) implements Fact {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.broken(this);
        }
    }

    /** What became of TCP. */
    record Transport(Step step, String said) implements Fact {
        /** What it was. */
        public enum Step {
            ASKED,
            OPENED,
            REFUSED,
            UNREACHABLE,
            TIMED_OUT,
            CLOSED,
            RESET
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.transport(this);
        }
    }

    /**
     * A control packet of PPP.
     *
     * @param octets from the code on; nobody moves its indexes
     * @param missing octets behind them that were not captured
     */
    record Packet(int protocol, ByteBuf octets, int missing) implements Fact {
        /** A whole one. */
        public Packet(int protocol, ByteBuf octets) {
            this(protocol, octets, 0);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.packet(this);
        }
    }

    /** Datagrams, which one after the other are one fact. */
    record Traffic(Tally tally) implements Fact {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.traffic(this);
        }
    }

    /**
     * An ICMP error about GRE of the side that it is noted for.
     *
     * @param quotedCallId in the packet that it is about, -1 where it is not quoted
     */
    record Icmp(int type, int code, Inet4Address offender, int quotedCallId) implements Fact {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.icmp(this);
        }
    }

    /** What the program that wrote a log says itself. */
    record Words(String text) implements Fact {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.words(this);
        }
    }

    /** One answer for each. */
    interface Cases<R> {
        R control(Control fact);

        R broken(Broken fact);

        R transport(Transport fact);

        R packet(Packet fact);

        R traffic(Traffic fact);

        R icmp(Icmp fact);

        R words(Words fact);
    }
}
