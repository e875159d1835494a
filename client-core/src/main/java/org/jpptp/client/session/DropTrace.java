package org.jpptp.client.session;

import java.util.EnumMap;
import java.util.Map;
import org.jpptp.gre.Dropped;
import org.jpptp.ppp.PppTrace;

/**
 * Tells why packets of GRE are dropped: each of the first ones of a kind, then one in twice as many each time, since in bad weather
 * there are thousands.
 */
final class DropTrace {
    private static final long EACH = 16;

    private final PppTrace trace;
    private final Map<Dropped, Long> counts = new EnumMap<>(Dropped.class);

    DropTrace(PppTrace trace) {
        this.trace = trace;
    }

    void dropped(Dropped why, int sequence) {
        long count = counts.merge(why, 1L, Long::sum);
        if (count <= EACH || Long.bitCount(count) == 1) {
            trace.note("dropped a GRE packet" + words(why, Integer.toUnsignedString(sequence))
                    + (count > EACH ? "; such were " + count : ""));
        }
    }

    private static String words(Dropped why, String number) {
        return switch (why) {
            case MALFORMED -> ": its header is none of enhanced GRE, or its lengths are wrong";
            case FOREIGN_CALL -> ": it is for another call";
            case DUPLICATE -> " with number " + number + ": it came before, or later ones were delivered already";
            case IMPLAUSIBLE -> " with number " + number + ": that is too far from those of the peer";
            case REFUSED -> " with number " + number + ": nothing in it shows that the peer sent it";
        };
    }
}
