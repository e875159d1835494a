package org.jpptp.client;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a tunnel is doing at one moment. It is taken where the tunnel is served, so that its parts belong together, and never
 * changes afterwards.
 *
 * @param doing what is being waited for, a clause; null where the tunnel is up
 * @param since how long it has been in this state
 * @param server what was asked for
 * @param weaknesses what is weaker than the default in what was agreed on, a sentence each
 * @param reconnections how often it came up again after it was lost
 * @param lastFailure why it was lost the last time, null where it never was
 * @param proxy what leads into it, null where nothing does
 */
public record TunnelStatus(
        State state,
        @Nullable String doing,
        Duration since,
        ServerSettings server,
        Agreed agreed,
        List<String> weaknesses,
        Traffic traffic,
        int reconnections,
        @Nullable Lost lastFailure,
        @Nullable ProxyState proxy) {
    /** What is promised in each is in docs/status-json.md. */
    public enum State {
        /** It has not been up yet. */
        CONNECTING,
        UP,
        /** It was up; nothing passes until it is again. */
        RECONNECTING,
        /** Its user has ended it, or it has failed for good; the host is being put right. */
        ENDING,
        /** The host is as before. */
        DOWN
    }

    /**
     * A failure that the tunnel did not end with.
     *
     * @param ago how long it is past
     */
    public record Lost(Failure failure, Duration ago) {}

    /**
     * What the two sides have agreed on so far, and what this host has been given, as it was told; null for what is still to
     * come.
     *
     * @param names null also where nobody has named a server
     */
    public record Agreed(
            TunnelEvent.@Nullable ServerAnswered server,
            TunnelEvent.@Nullable LinkOpened link,
            TunnelEvent.@Nullable IdentityProven identity,
            TunnelEvent.@Nullable EncryptionSettled encryption,
            TunnelEvent.@Nullable AddressesAgreed addresses,
            TunnelEvent.@Nullable NamesSettled names,
            TunnelEvent.@Nullable TunnelUp network) {
        /** Nothing yet. */
        public static final Agreed NOTHING = new Agreed(null, null, null, null, null, null, null);
    }

    /** Why a packet was not passed on. What is refused by GRE because PPP refused it is counted there. */
    public enum Refusal {
        /** From the network: no enhanced GRE. */
        MALFORMED,
        /** From the network: another call's id, mostly that of another tunnel of this host's with the server. No fault of anybody's. */
        OTHER_CALL,
        /** From the network: a sequence number that was there before, or is too old. */
        DUPLICATE,
        /** From the network: a sequence number too far ahead. */
        TOO_FAR_AHEAD,
        /** From the network: no PPP, or of a protocol that the phase forbids. */
        PROTOCOL,
        /** From the network: in clear although encryption is on. */
        IN_CLEAR,
        /** From the network: it did not decrypt to anything plausible. */
        UNDECIPHERABLE,
        /** From the network: a control packet that was not the peer's. */
        FOREIGN,
        /** From this host: no IPv4, larger than the peer takes, or the network is not up. */
        NOT_SENT,
        /** From this host: its headers make no sense. */
        HOST_MALFORMED,
        /** From this host: longer than the tunnel takes. */
        HOST_TOO_LONG,
        /** From this host, while the tunnel was being brought back. */
        HOST_WHILE_AWAY,
        /** To this host, which did not take it. */
        HOST_REFUSED
    }

    /**
     * What has passed, and what has not.
     *
     * @param datagramsSent inner datagrams
     * @param octetsSent those of these datagrams
     * @param lost sequence numbers that never came
     * @param reordered packets that came late, and were put in order
     * @param clamped TCP connections' SYNs, of both ways, whose segment size was lowered to what fits
     * @param refused packets for each cause
     * @param echo what the last LCP echo took there and back, null while none was answered
     * @param acknowledgement what GRE's acknowledgements take, smoothed; null while unknown
     */
    public record Traffic(
            long datagramsSent,
            long octetsSent,
            long datagramsReceived,
            long octetsReceived,
            long lost,
            long reordered,
            long clamped,
            Map<Refusal, Long> refused,
            @Nullable Duration echo,
            @Nullable Duration acknowledgement) {
        /** Nothing has. */
        public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, 0, Map.of(), null, null);

        /** Octets alone, of inner datagrams. */
        public static Traffic ofOctets(long sent, long received) {
            return new Traffic(0, sent, 0, received, 0, 0, 0, Map.of(), null, null);
        }

        public Traffic {
            Map<Refusal, Long> all = new EnumMap<>(Refusal.class);
            all.putAll(refused);
            refused = Collections.unmodifiableMap(all); // in the order of the causes
        }

        /** The same with other refusals. */
        public Traffic refusing(Map<Refusal, Long> other) {
            return new Traffic(
                    datagramsSent,
                    octetsSent,
                    datagramsReceived,
                    octetsReceived,
                    lost,
                    reordered,
                    clamped,
                    other,
                    echo,
                    acknowledgement);
        }

        /** Both together, with the times of the later. */
        public Traffic plus(Traffic later) {
            Map<Refusal, Long> sum = new EnumMap<>(Refusal.class);
            sum.putAll(refused);
            later.refused.forEach((cause, packets) -> sum.merge(cause, packets, Long::sum));
            return new Traffic(
                    datagramsSent + later.datagramsSent,
                    octetsSent + later.octetsSent,
                    datagramsReceived + later.datagramsReceived,
                    octetsReceived + later.octetsReceived,
                    lost + later.lost,
                    reordered + later.reordered,
                    clamped + later.clamped,
                    sum,
                    later.echo,
                    later.acknowledgement);
        }
    }

    public TunnelStatus {
        weaknesses = List.copyOf(weaknesses);
    }
}
