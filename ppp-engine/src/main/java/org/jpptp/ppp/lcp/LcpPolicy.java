package org.jpptp.ppp.lcp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.Negotiation;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.fsm.GaveUp;
import org.jpptp.ppp.fsm.OptionPolicy;
import org.jpptp.ppp.fsm.Verdict;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ControlPacket;
import org.jspecify.annotations.Nullable;

/**
 * What LCP negotiates: MRU, authentication, magic numbers, and shorter headers.
 *
 * <p>A server that asks for no method that policy allows, or for none at all, is never acknowledged.
 */
public final class LcpPolicy implements OptionPolicy {
    /** Requests with our own magic number that make a loop (RFC 1661 §6.4). */
    private static final int LOOPS = 3;

    private final int wantedMru;
    private final RandomGenerator random;
    private final PppHabits habits;
    private final AuthNegotiation auth;

    private OurRequest ours;
    private PeerTerms peer = PeerTerms.DEFAULT;
    /** Requests of the peer's that had our own magic number. */
    private int loops;

    /**
     * @param mru the largest datagram that we receive, in octets
     * @param keysRequired whether a method that yields no keys for MPPE is of no use
     */
    public LcpPolicy(int mru, AuthRole role, boolean keysRequired, PppHabits habits, RandomGenerator random) {
        this.wantedMru = mru;
        this.random = random;
        this.habits = habits;
        auth = new AuthNegotiation(role, keysRequired, habits);
        ours = new OurRequest(mru, habits, random);
        auth.start();
    }

    /** What we may receive, in octets. */
    public int mru() {
        return ours.mru();
    }

    /** What the peer may receive, in octets. */
    public int peerMru() {
        return peer.mru();
    }

    /** Our magic number, 0 where it was rejected (RFC 1661 §6.4). */
    public int magic() {
        return ours.magic();
    }

    /** Whether we may send a one-octet protocol field. */
    public boolean sendPfc() {
        return peer.pfc();
    }

    /** Whether we may leave out address and control fields. */
    public boolean sendAcfc() {
        return peer.acfc();
    }

    /** The protocol agreed on, once LCP is open. */
    public AuthProtocol protocol() {
        AuthProtocol agreed = auth.agreed();
        if (agreed == null) {
            throw new IllegalStateException("LCP is not open");
        }
        return agreed;
    }

    /** What was agreed on, once LCP is open. */
    public PppEvent.LinkOpened terms() {
        return new PppEvent.LinkOpened(mru(), peer.mru(), magic() != 0, peer.pfc(), peer.acfc(), protocol());
    }

    /** What the server asked for that the client does not allow, and has put nothing in the place of; null for nothing. */
    public @Nullable PppFailure unfitting() {
        return auth.proving() ? auth.refused() : null;
    }

    /** The role that was given, with only those of its methods that are of use. */
    public AuthRole role() {
        return auth.role();
    }

    @Override
    public void start() {
        ours = new OurRequest(wantedMru, habits, random);
        peer = PeerTerms.DEFAULT;
        loops = 0;
        auth.start();
    }

    @Override
    public List<ConfigOption> request() {
        return ours.options(auth.demanded());
    }

    @Override
    public Verdict judge(List<ConfigOption> request, boolean mayNak) {
        List<ConfigOption> rejected = new ArrayList<>();
        List<ConfigOption> naked = new ArrayList<>();
        List<ConfigOption> offending = new ArrayList<>();
        Set<Integer> types = new HashSet<>();
        for (ConfigOption option : request) {
            if (!types.add(option.type()) || !acceptable(option)) {
                rejected.add(option);
            }
        }
        boolean looped = false;
        for (ConfigOption option : request) {
            ConfigOption better = null;
            if (!acceptable(option)) {
                continue;
            }
            if (option.type() == LcpOption.MRU && option.shortValue() < LcpOption.MIN_MRU) {
                better = ConfigOption.ofShort(LcpOption.MRU, LcpOption.MIN_MRU);
            } else if (option.type() == LcpOption.MAGIC && (option.intValue() == 0 || option.intValue() == magic())) {
                looped = option.intValue() != 0;
                better = ConfigOption.ofInt(LcpOption.MAGIC, ours.newMagic());
            } else if (option.type() == LcpOption.AUTHENTICATION && rejected.isEmpty() && !auth.takes(option, mayNak)) {
                if (!mayNak || !auth.hopeful()) {
                    return methodRefused();
                }
                better = auth.suggestion();
            }
            if (better != null) {
                naked.add(better);
                offending.add(option);
            }
        }
        if (looped && ++loops >= LOOPS) {
            return new Verdict.Fail(looped());
        }
        if (auth.proving() && !looped && rejected.isEmpty() && !types.contains(LcpOption.AUTHENTICATION)) {
            auth.missing();
            if (!mayNak || !auth.hopeful()) {
                return methodRefused();
            }
            naked.add(auth.suggestion());
        }
        if (!rejected.isEmpty()) {
            return new Verdict.Reject(rejected);
        }
        if (!naked.isEmpty()) {
            return new Verdict.Nak(naked, offending);
        }
        peer = PeerTerms.of(request);
        auth.forget();
        request.stream()
                .filter(option -> option.type() == LcpOption.AUTHENTICATION)
                .forEach(auth::agree);
        return new Verdict.Ack();
    }

    /** Whether an option is one that we negotiate, and of the right length. */
    private boolean acceptable(ConfigOption option) {
        return !habits.lcpRejects().contains(option.type())
                && switch (option.type()) {
                    case LcpOption.MRU -> option.valueLength() == 2;
                    case LcpOption.ACCM, LcpOption.MAGIC -> option.valueLength() == 4;
                    case LcpOption.PFC, LcpOption.ACFC -> option.valueLength() == 0;
                    // We do not prove who we are to a client.
                    case LcpOption.AUTHENTICATION -> auth.proving();
                    default -> false;
                };
    }

    @Override
    public @Nullable PppFailure nakked(List<ConfigOption> suggested) {
        suggested.forEach(ours::nakked);
        return auth.nakked(suggested.stream()
                .filter(option -> option.type() == LcpOption.AUTHENTICATION)
                .toList());
    }

    @Override
    public @Nullable PppFailure rejected(List<ConfigOption> refused) {
        for (ConfigOption option : refused) {
            if (option.type() != LcpOption.AUTHENTICATION) {
                ours.rejected(option.type());
                continue;
            }
            PppFailure failure = auth.rejected();
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    @Override
    public String why(ConfigOption option) {
        if (!acceptable(option)) {
            return "it is not negotiated here, or its length is wrong";
        }
        return switch (option.type()) {
            case LcpOption.AUTHENTICATION -> "this method is not allowed";
            case LcpOption.MRU -> "less than " + LcpOption.MIN_MRU + " octets";
            case LcpOption.MAGIC -> "it is zero, or our own";
            default -> "it stands there twice";
        };
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
        if (why == GaveUp.NO_ANSWER) {
            return new LinkFailure.LcpTimeout(seen);
        }
        PppFailure refused = auth.refused();
        return refused == null ? new LinkFailure.LcpNotConverging(seen) : refused;
    }

    private PppFailure looped() {
        return new LinkFailure.Looped(LinkFailure.Reflection.CONFIGURE_REQUESTS, loops);
    }

    private Verdict methodRefused() {
        return new Verdict.Fail(Objects.requireNonNull(auth.refused()));
    }
}
