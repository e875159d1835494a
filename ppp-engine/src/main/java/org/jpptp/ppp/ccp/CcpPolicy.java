package org.jpptp.ppp.ccp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.Negotiation;
import org.jpptp.ppp.PppEvent.Coding;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.PppHabits.Way;
import org.jpptp.ppp.fsm.GaveUp;
import org.jpptp.ppp.fsm.OptionPolicy;
import org.jpptp.ppp.fsm.Verdict;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ConfigOptions;
import org.jpptp.ppp.wire.ControlPacket;
import org.jspecify.annotations.Nullable;

/**
 * Negotiates MPPE and MPPC, each direction by itself: what we ask for is what the peer is to send, what it asks for is
 * what we send (RFC 1962 §2).
 *
 * <p>Nothing that policy does not allow is ever acknowledged or asked for. What we ask for begins with the strongest that
 * is allowed; a Nak is followed as far as policy goes, and after a Reject comes the next weaker.
 */
public final class CcpPolicy implements OptionPolicy {
    private final MppePolicy policy;
    private final PppHabits habits;
    /** What may be agreed on, the strongest first. */
    private List<Coding> allowed = List.of();

    /** What we ask the peer to send, null once it has rejected that and policy lets it. */
    private @Nullable Coding receive;

    private @Nullable Coding send;
    /** Whether the choice is still left to the peer. */
    private boolean asksAllBits;

    private final Set<MppeOffer> offers = new LinkedHashSet<>();
    private final Set<MppeOffer> rejected = new LinkedHashSet<>();
    private @Nullable MppeOffer lastOffer;

    /** A configuration with our own habits. */
    public CcpPolicy(MppePolicy policy) {
        this(policy, PppHabits.OURS);
    }

    public CcpPolicy(MppePolicy policy, PppHabits habits) {
        this.policy = policy;
        this.habits = habits;
        keys(EnumSet.allOf(MppeStrength.class));
        start();
    }

    /**
     * Leaves out what there are no keys for; before CCP is opened.
     *
     * @param available the strengths that there are keys for
     * @return whether there is anything to agree on: encryption, or compression alone where that is allowed
     */
    public boolean keys(Set<MppeStrength> available) {
        allowed = new ArrayList<>();
        policy.strengths().stream()
                .filter(available::contains)
                .sorted(Comparator.reverseOrder())
                .forEach(this::allow);
        if (policy.mppc() && !policy.required()) {
            allow(null);
        }
        return hopeful();
    }

    /** Whether there is anything to agree on. */
    public boolean hopeful() {
        return !allowed.isEmpty();
    }

    private void allow(@Nullable MppeStrength strength) {
        policy.modes().stream().sorted().forEach(mode -> allowed.add(new Coding(strength, mode, policy.mppc())));
    }

    /** What the peer does with its datagrams, null for nothing; valid once CCP is open. */
    public @Nullable Coding receive() {
        return receive;
    }

    /** What we do with ours, null for nothing; valid once CCP is open. */
    public @Nullable Coding send() {
        return send;
    }

    /** What is allowed, and what the peer has offered instead of what we asked for. */
    public EncryptionFailure.Terms terms() {
        return new EncryptionFailure.Terms(policy, List.copyOf(offers), lastOffer);
    }

    /**
     * The encryption that a Configure-Request asks for.
     *
     * @param data of the packet; its indexes are left alone
     * @return null where it asks for none
     */
    public static @Nullable MppeOffer encryptionIn(ByteBuf data) {
        if (ConfigOptions.parse(data) instanceof ConfigOptions.Listed listed) {
            for (ConfigOption option : listed.options()) {
                if (option.type() == MppeOption.TYPE && option.valueLength() == MppeOption.VALUE_OCTETS) {
                    MppeOption bits = new MppeOption(option.intValue());
                    return bits.none() ? null : bits.offer();
                }
            }
        }
        return null;
    }

    private PppFailure refused(EncryptionFailure.How how) {
        return new EncryptionFailure.EncryptionRefused(how, terms());
    }

    @Override
    public void start() {
        receive = allowed.isEmpty() ? null : allowed.get(0);
        asksAllBits = habits.has(Way.CCP_ASKS_FOR_ALL);
        send = null;
        offers.clear();
        rejected.clear();
        lastOffer = null;
    }

    @Override
    public List<ConfigOption> request() {
        if (receive == null) {
            return List.of();
        }
        return List.of((asksAllBits ? MppeOption.of(allowed) : MppeOption.of(receive)).option());
    }

    @Override
    public Verdict judge(List<ConfigOption> request, boolean mayNak) {
        List<ConfigOption> unknown = new ArrayList<>();
        ConfigOption offered = null;
        for (ConfigOption option : request) {
            if (option.type() == MppeOption.TYPE && offered == null) {
                offered = option;
            } else {
                unknown.add(option);
            }
        }
        if (!unknown.isEmpty()) {
            return new Verdict.Reject(unknown);
        }
        if (offered == null) {
            return judgeNone(mayNak);
        }
        if (offered.valueLength() != MppeOption.VALUE_OCTETS) {
            return new Verdict.Nak(suggestion(), List.of(offered));
        }
        MppeOption bits = new MppeOption(offered.intValue());
        Coding wanted = common(bits);
        if (wanted != null && bits.bits() == MppeOption.of(wanted).bits()) {
            send = wanted;
            return new Verdict.Ack();
        }
        note(bits);
        if (!mayNak && policy.required()) {
            return new Verdict.Fail(refused(EncryptionFailure.How.OTHER_ASKED));
        }
        return new Verdict.Nak(
                wanted == null || habits.has(Way.CCP_SUGGESTS_MPPC)
                        ? suggestion()
                        : List.of(MppeOption.of(wanted).option()),
                List.of(offered));
    }

    private Verdict judgeNone(boolean mayNak) {
        if (!policy.required()) {
            send = null;
            return new Verdict.Ack();
        }
        if (!mayNak) {
            return new Verdict.Fail(refused(EncryptionFailure.How.NONE_ASKED));
        }
        return new Verdict.Nak(suggestion(), List.of());
    }

    /** The strongest that is allowed. Compression is mostly left to the peer to ask for: not every one can do it. */
    private List<ConfigOption> suggestion() {
        Coding best = allowed.get(0);
        boolean mppc = best.strength() == null || (habits.has(Way.CCP_SUGGESTS_MPPC) && best.mppc());
        return List.of(
                MppeOption.of(new Coding(best.strength(), best.mode(), mppc)).option());
    }

    /** The strongest that these bits name and policy allows, null for none; the mode is bent to what is allowed. */
    private @Nullable Coding common(MppeOption bits) {
        boolean mppc = bits.mppc() && policy.mppc();
        MppeMode named = bits.stateless() ? MppeMode.STATELESS : MppeMode.STATEFUL;
        Coding best = null;
        for (Coding coding : allowed) {
            boolean better = best == null || (best.strength() == coding.strength() && coding.mode() == named);
            if (better && (coding.strength() == null ? mppc && bits.none() : bits.names(coding.strength()))) {
                best = new Coding(coding.strength(), coding.mode(), mppc);
            }
        }
        return best;
    }

    private void note(MppeOption bits) {
        lastOffer = bits.offer();
        offers.add(lastOffer);
    }

    @Override
    public @Nullable PppFailure nakked(List<ConfigOption> suggested) {
        asksAllBits = false;
        for (ConfigOption option : suggested) {
            if (option.type() == MppeOption.TYPE && option.valueLength() == MppeOption.VALUE_OCTETS) {
                MppeOption bits = new MppeOption(option.intValue());
                note(bits);
                Coding wanted = common(bits);
                // What policy does not allow is not followed: the same request goes out again, and FSM counts.
                if (wanted != null) {
                    receive = wanted;
                }
            }
        }
        return null;
    }

    @Override
    public @Nullable PppFailure rejected(List<ConfigOption> refused) {
        asksAllBits = false;
        Coding asked = receive;
        if (asked == null) {
            return null;
        }
        rejected.add(MppeOption.of(asked).offer());
        receive = weaker(asked);
        return receive != null || !policy.required()
                ? null
                : new EncryptionFailure.MppeRejected(List.copyOf(rejected), terms());
    }

    /** The same without compression, else the next. */
    private @Nullable Coding weaker(Coding asked) {
        if (asked.mppc() && asked.strength() != null) {
            return plainest(asked);
        }
        for (int i = 0; i + 1 < allowed.size(); i++) {
            Coding coding = allowed.get(i);
            if (coding.strength() == asked.strength() && coding.mode() == asked.mode()) {
                return plainest(allowed.get(i + 1));
            }
        }
        return null;
    }

    /** The same, with compression only where there is nothing else. */
    private static Coding plainest(Coding coding) {
        return new Coding(coding.strength(), coding.mode(), coding.strength() == null);
    }

    @Override
    public String why(ConfigOption option) {
        if (option.type() != MppeOption.TYPE) {
            return "no other compression goes with MPPE";
        }
        return option.valueLength() == MppeOption.VALUE_OCTETS
                ? "it names not exactly one that is allowed"
                : "its length is wrong";
    }

    @Override
    public boolean knows(int code) {
        return code == ControlPacket.RESET_REQUEST || code == ControlPacket.RESET_ACK;
    }

    @Override
    public PppFailure gaveUp(GaveUp why, Negotiation seen) {
        return why == GaveUp.NO_ANSWER
                ? new EncryptionFailure.CcpTimeout(seen, policy)
                : new EncryptionFailure.CcpNotConverging(seen, terms());
    }
}
