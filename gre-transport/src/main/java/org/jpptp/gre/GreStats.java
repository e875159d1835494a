package org.jpptp.gre;

/** Counters of a tunnel; read on the thread that drives it. */
public final class GreStats {
    /** Packets transmitted: payloads, and lone acknowledgements. */
    public long sent;
    /** Lone acknowledgements among them. */
    public long acknowledgementsSent;
    /** Packets received from the socket, whatever they were. */
    public long received;
    /** Payloads delivered. */
    public long delivered;
    /** Lone acknowledgements received. */
    public long acknowledgementsReceived;
    /** Dropped: no enhanced GRE, too short, a length beyond the packet, flags that RFC 2637 §4.1 forbids. */
    public long malformed;
    /** Dropped: another call's id. A raw socket is given what the peer sends to every tunnel of this host. */
    public long foreignCall;
    /** Dropped: sequence number seen before, or older than what was delivered already. */
    public long duplicate;
    /** Dropped: sequence number too far ahead to be believed. */
    public long implausible;
    /** Dropped: the receiver did not take it for the peer's. */
    public long refused;
    /** Held because an earlier one was missing, and later delivered. */
    public long reordered;
    /** Sequence numbers given up as lost. */
    public long lost;
    /** Acknowledgements of what was never sent, ignored. */
    public long bogusAcknowledgements;
    /** Acknowledgements that took longer than the adaptive time-out (RFC 2637 §4.4) while more was sent. */
    public long acknowledgementTimeouts;
    /** The smoothed round-trip time in nanoseconds (RFC 2637 §4.4), 0 while unknown. */
    public long smoothedRttNanos;

    /** Packets received but for those of other calls, which say nothing of this one. */
    public long receivedOfCall() {
        return received - foreignCall;
    }
}
