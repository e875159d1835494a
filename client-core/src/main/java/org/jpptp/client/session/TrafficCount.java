package org.jpptp.client.session;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jpptp.client.TunnelStatus.Refusal;
import org.jpptp.client.TunnelStatus.Traffic;
import org.jpptp.client.tun.MssClamp;
import org.jpptp.client.tun.TunStats;
import org.jpptp.gre.GreStats;
import org.jpptp.ppp.PppStats;
import org.jspecify.annotations.Nullable;

/** Counters as they are at one moment. */
public final class TrafficCount {
    private TrafficCount() {}

    /** Of a link, which counts from its beginning on. */
    static Traffic of(GreStats gre, PppStats ppp, MssClamp mss) {
        Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
        refused.put(Refusal.MALFORMED, gre.malformed);
        refused.put(Refusal.OTHER_CALL, gre.foreignCall);
        refused.put(Refusal.DUPLICATE, gre.duplicate);
        refused.put(Refusal.TOO_FAR_AHEAD, gre.implausible);
        refused.put(Refusal.PROTOCOL, ppp.framesDiscarded);
        refused.put(Refusal.IN_CLEAR, ppp.clearDiscarded);
        refused.put(Refusal.UNDECIPHERABLE, ppp.undecipherable);
        refused.put(Refusal.FOREIGN, ppp.foreign);
        refused.put(Refusal.NOT_SENT, ppp.datagramsDropped);
        return new Traffic(
                ppp.datagramsSent,
                ppp.octetsSent,
                ppp.datagramsReceived,
                ppp.octetsReceived,
                gre.lost,
                gre.reordered,
                mss.clamped(),
                refused,
                time(ppp.echoRoundTripNanos),
                time(gre.smoothedRttNanos));
    }

    /**
     * What an interface refused, whatever link it had.
     *
     * @param whileAway datagrams that this host sent while there was none
     */
    public static Traffic of(TunStats tun, long whileAway) {
        return new Traffic(
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(
                        Refusal.HOST_MALFORMED, tun.malformed,
                        Refusal.HOST_TOO_LONG, tun.tooLong,
                        Refusal.HOST_WHILE_AWAY, whileAway,
                        Refusal.HOST_REFUSED, tun.refused),
                null,
                null);
    }

    private static @Nullable Duration time(long nanos) {
        return nanos == 0 ? null : Duration.ofNanos(nanos);
    }
}
