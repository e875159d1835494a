package org.jpptp.ppp.lcp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.wire.ConfigOption;
import org.jspecify.annotations.Nullable;

/**
 * What we ask for in LCP, from everything that we would like down to what the peer leaves of it: an option that it
 * Rejects is not asked for again.
 */
final class OurRequest {
    /** Of the options that habit alone asks for, these are not insisted on after a Nak either. */
    private final Set<Integer> naked = new HashSet<>();

    private final Set<Integer> rejected = new HashSet<>();
    private final PppHabits habits;
    private final RandomGenerator random;
    /** The default is not asked for. */
    private int mru;

    private int magic;

    /**
     * @param mru the largest datagram that we receive, in octets
     * @param random for magic numbers
     */
    OurRequest(int mru, PppHabits habits, RandomGenerator random) {
        this.mru = mru;
        this.habits = habits;
        this.random = random;
        magic = newMagic();
    }

    /** What we may receive, in octets. */
    int mru() {
        return mru;
    }

    /** Our magic number, 0 where it was rejected (RFC 1661 §6.4). */
    int magic() {
        return rejected.contains(LcpOption.MAGIC) ? 0 : magic;
    }

    /** @param demanded what we demand of the peer, null for nothing */
    List<ConfigOption> options(@Nullable AuthProtocol demanded) {
        List<ConfigOption> options = new ArrayList<>();
        if (mru != LcpOption.DEFAULT_MRU) {
            options.add(ConfigOption.ofShort(LcpOption.MRU, mru));
        }
        if (demanded != null) {
            options.add(LcpOption.authentication(demanded));
        }
        options.add(ConfigOption.ofInt(LcpOption.MAGIC, magic));
        options.add(ConfigOption.flag(LcpOption.PFC));
        options.add(ConfigOption.flag(LcpOption.ACFC));
        habits.lcpOptions().stream()
                .filter(option -> !naked.contains(option.type()))
                .forEach(options::add);
        options.removeIf(option -> rejected.contains(option.type()));
        options.sort(Comparator.comparingInt(ConfigOption::type));
        return options;
    }

    /** The peer would like another value of an option, or an option more. */
    void nakked(ConfigOption suggested) {
        naked.add(suggested.type());
        if (suggested.type() == LcpOption.MRU && suggested.valueLength() == 2) {
            int value = suggested.shortValue();
            // Some Nak the very value that was asked for: then leave it at the default.
            boolean smaller = mru != LcpOption.DEFAULT_MRU
                    && value != mru
                    && value >= LcpOption.MIN_MRU
                    && value < LcpOption.DEFAULT_MRU;
            mru = smaller ? value : LcpOption.DEFAULT_MRU;
        } else if (suggested.type() == LcpOption.MAGIC) {
            magic = newMagic();
        }
    }

    /** The peer does not want to know an option of this type; never authentication, which cannot be given up. */
    void rejected(int type) {
        rejected.add(type);
        if (type == LcpOption.MRU) {
            mru = LcpOption.DEFAULT_MRU;
        }
    }

    /** A magic number that nobody has, as far as chance can see to that; not 0 (RFC 1661 §6.4). */
    int newMagic() {
        int number;
        do {
            number = random.nextInt();
        } while (number == 0);
        return number;
    }
}
