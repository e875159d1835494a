package org.jpptp.ppp.lcp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.Negotiation;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.fsm.GaveUp;
import org.jpptp.ppp.fsm.OptionPolicy;
import org.jpptp.ppp.fsm.Verdict;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ControlPacket;
import org.jspecify.annotations.Nullable;

/**
 * LCP of a client that wants to know what a server asks for, and not to log on: it Naks each method of authentication until
 * the server has named all of them, as far as its patience with Naks goes, or takes the first that it is told to take.
 */
public final class ProbingPolicy implements OptionPolicy {
    /** Whoever asks for the same again, whatever it is told, may still take what it knows. */
    private static final List<AuthProtocol> SUGGESTIONS = List.of(
            AuthProtocol.MSCHAPV2, AuthProtocol.MSCHAPV1, AuthProtocol.EAP, AuthProtocol.CHAP_MD5, AuthProtocol.PAP);
    /** Requests with our own magic number that make a loop (RFC 1661 §6.4). */
    private static final int LOOPS = 3;

    private static final byte CHAP_HIGH = (byte) 0xC2;
    private static final byte CHAP_LOW = 0x23;
    /** CHAP with SHA-1: nobody has it, so that nobody takes the suggestion and leaves out what would have come. */
    private static final ConfigOption ANOTHER_ALGORITHM =
            ConfigOption.of(LcpOption.AUTHENTICATION, CHAP_HIGH, CHAP_LOW, (byte) 6);
    /** "Proprietary Authentication Protocol" of the IANA's list, of which the same is true. */
    private static final ConfigOption ANOTHER_PROTOCOL = ConfigOption.ofShort(LcpOption.AUTHENTICATION, 0xC281);

    private final Predicate<AuthDemand> takes;
    private final OurRequest ours;
    private final Set<AuthDemand> demands = new LinkedHashSet<>();
    private List<ConfigOption> first = List.of();
    private PeerTerms peer = PeerTerms.DEFAULT;
    private @Nullable AuthDemand last;
    private int suggested;
    private int loops;
    private @Nullable AuthProtocol agreed;
    private boolean complete;
    private boolean settled;
    /** What alone it is asked for now; null for everything. */
    private @Nullable AuthProtocol wanted;

    private boolean asked;

    /** @param takes which method the server is let go on with; it is never carried out */
    public ProbingPolicy(Predicate<AuthDemand> takes, RandomGenerator random) {
        this.takes = takes;
        ours = new OurRequest(LcpOption.DEFAULT_MRU, PppHabits.OURS, random);
    }

    /**
     * From the next negotiation on, the server is only asked to ask for this method, once, and then let go on. pppd with the plain
     * option auth knows all its methods anew then, of which the Naks before have made it forget some that it had not named.
     */
    public void ask(AuthProtocol method) {
        wanted = method;
        asked = false;
        settled = false;
    }

    /** What the server has asked for in authentication, in its order. */
    public List<AuthDemand> demands() {
        return List.copyOf(demands);
    }

    /** Whether it has nothing more to ask for. */
    public boolean isComplete() {
        return complete;
    }

    /** Whether it goes on with what it asks for, or without. */
    public boolean isSettled() {
        return settled;
    }

    /** All options of its first request. */
    public List<ConfigOption> first() {
        return first;
    }

    /** The method that the server goes on with; null for none. */
    public @Nullable AuthProtocol agreed() {
        return agreed;
    }

    /** What the peer may receive, in octets. */
    public int peerMru() {
        return peer.mru();
    }

    /** Our magic number, 0 where it was rejected. */
    public int magic() {
        return ours.magic();
    }

    @Override
    public void start() {
        last = null;
        suggested = 0;
    }

    @Override
    public List<ConfigOption> request() {
        return ours.options(null);
    }

    @Override
    public Verdict judge(List<ConfigOption> request, boolean mayNak) {
        if (first.isEmpty()) {
            first = List.copyOf(request);
        }
        List<ConfigOption> rejected = unacceptable(request);
        if (!rejected.isEmpty()) {
            return new Verdict.Reject(rejected);
        }
        ConfigOption authentication = null;
        for (ConfigOption option : request) {
            if (option.type() == LcpOption.AUTHENTICATION) {
                authentication = option;
            } else if (option.type() == LcpOption.MRU && option.shortValue() < LcpOption.MIN_MRU) {
                return nak(ConfigOption.ofShort(LcpOption.MRU, LcpOption.MIN_MRU), option);
            } else if (option.type() == LcpOption.MAGIC && option.intValue() == ours.magic()) {
                return ++loops >= LOOPS
                        ? new Verdict.Fail(looped())
                        : nak(ConfigOption.ofInt(LcpOption.MAGIC, ours.newMagic()), option);
            }
        }
        if (authentication == null) {
            complete = true;
        } else {
            ConfigOption better = another(authentication);
            if (better != null && mayNak) {
                return nak(better, authentication);
            }
        }
        agreed = authentication == null
                ? null
                : LcpOption.protocol(authentication).orElse(null);
        peer = PeerTerms.of(request);
        settled = true;
        return new Verdict.Ack();
    }

    /** What the server is asked to ask for instead; null where it may go on with what it asks for. */
    private @Nullable ConfigOption another(ConfigOption authentication) {
        AuthDemand demand = LcpOption.demand(authentication);
        boolean known = !demands.add(demand);
        AuthProtocol only = wanted;
        if (only != null) {
            boolean enough = asked || demand.equals(AuthDemand.of(only));
            asked = true;
            return enough ? null : LcpOption.authentication(only);
        }
        boolean again = demand.equals(last);
        last = demand;
        ConfigOption better;
        if (!again) {
            complete |= known; // it has been round
            better = other(demand);
        } else {
            better = suggestion();
            complete |= better == null;
        }
        return complete || takes.test(demand) ? null : better;
    }

    /** pppd with the plain option auth drops its algorithms of CHAP one by one, and unseen, at Naks that it cannot follow. */
    private ConfigOption other(AuthDemand demand) {
        if (!demand.label().contains("CHAP")) {
            return ANOTHER_PROTOCOL;
        }
        boolean best = demands.contains(AuthDemand.of(AuthProtocol.MSCHAPV2));
        return best ? ANOTHER_ALGORITHM : LcpOption.authentication(AuthProtocol.MSCHAPV2);
    }

    private @Nullable ConfigOption suggestion() {
        while (suggested < SUGGESTIONS.size()) {
            AuthProtocol protocol = SUGGESTIONS.get(suggested++);
            if (!demands.contains(AuthDemand.of(protocol))) {
                return LcpOption.authentication(protocol);
            }
        }
        return null;
    }

    private static Verdict nak(ConfigOption better, ConfigOption offending) {
        return new Verdict.Nak(List.of(better), List.of(offending));
    }

    private static List<ConfigOption> unacceptable(List<ConfigOption> request) {
        List<ConfigOption> rejected = new ArrayList<>();
        Set<Integer> types = new HashSet<>();
        for (ConfigOption option : request) {
            boolean acceptable =
                    switch (option.type()) {
                        case LcpOption.MRU -> option.valueLength() == 2;
                        case LcpOption.ACCM, LcpOption.MAGIC -> option.valueLength() == 4;
                        case LcpOption.PFC, LcpOption.ACFC -> option.valueLength() == 0;
                        case LcpOption.AUTHENTICATION -> option.valueLength() >= 2;
                        default -> false;
                    };
            if (!types.add(option.type()) || !acceptable) {
                rejected.add(option);
            }
        }
        return rejected;
    }

    private PppFailure looped() {
        return new LinkFailure.Looped(LinkFailure.Reflection.CONFIGURE_REQUESTS, loops);
    }

    @Override
    public @Nullable PppFailure nakked(List<ConfigOption> suggested) {
        suggested.forEach(ours::nakked);
        return null;
    }

    @Override
    public @Nullable PppFailure rejected(List<ConfigOption> refused) {
        refused.forEach(option -> ours.rejected(option.type()));
        return null;
    }

    @Override
    public String why(ConfigOption option) {
        return "the server is only asked what it would do";
    }

    @Override
    public boolean knows(int code) {
        return code >= ControlPacket.PROTOCOL_REJECT && code <= ControlPacket.TIME_REMAINING;
    }

    @Override
    public PppFailure gaveUp(GaveUp why, Negotiation seen) {
        if (loops > 0) {
            return looped();
        }
        return why == GaveUp.NO_ANSWER ? new LinkFailure.LcpTimeout(seen) : new LinkFailure.LcpNotConverging(seen);
    }
}
