package org.jpptp.ppp.ccp;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppEvent.Coding;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.fsm.GaveUp;
import org.jpptp.ppp.fsm.OptionPolicy;
import org.jpptp.ppp.fsm.Verdict;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ControlPacket;
import org.jspecify.annotations.Nullable;

/**
 * Negotiates MPPE, each direction by itself: what we ask for is what the peer is to send, what it asks for is what we
 * send (RFC 1962 §2).
 *
 * <p>Nothing that policy does not allow is ever acknowledged or asked for.
 */
public final class CcpPolicy implements OptionPolicy {
    private final MppePolicy configured;
    private MppePolicy policy;

    /** What we ask the peer to send, null once it has rejected that and policy lets it. */
    private @Nullable Coding receive;

    private @Nullable Coding send;
    private final Set<String> offers = new LinkedHashSet<>();

    /** @param policy allows at least one strength and one mode */
    public CcpPolicy(MppePolicy policy) {
        this.configured = policy;
        this.policy = policy;
        start();
    }

    /**
     * Leaves out what there are no keys for; before CCP is opened.
     *
     * @param keyed the strengths that there are keys for, at least one of them allowed
     */
    public void limit(Set<MppeStrength> keyed) {
        Set<MppeStrength> usable = EnumSet.copyOf(configured.strengths());
        usable.retainAll(keyed);
        policy = new MppePolicy(configured.required(), usable, configured.modes(), configured.mppc());
        start();
    }

    /** How the peer encrypts, null for not at all; valid once CCP is open. */
    public @Nullable Coding receive() {
        return receive;
    }

    /** How we encrypt, null for not at all; valid once CCP is open. */
    public @Nullable Coding send() {
        return send;
    }

    /** The failure of a CCP that the peer refuses or ends. */
    public PppFailure refused(String how) {
        return new PppFailure(Cause.ENCRYPTION_REFUSED, 0, how + "; allowed is " + MppeOption.describe(policy));
    }

    @Override
    public void start() {
        receive = best();
        send = null;
        offers.clear();
    }

    /** Strongest key, stateless where that is allowed. */
    private Coding best() {
        MppeStrength strength =
                policy.strengths().stream().max(MppeStrength::compareTo).orElseThrow();
        return new Coding(strength, mode(true), false);
    }

    private MppeMode mode(boolean stateless) {
        MppeMode wanted = stateless ? MppeMode.STATELESS : MppeMode.STATEFUL;
        return policy.modes().contains(wanted) ? wanted : stateless ? MppeMode.STATEFUL : MppeMode.STATELESS;
    }

    @Override
    public List<ConfigOption> request() {
        return receive == null ? List.of() : List.of(MppeOption.of(receive).option());
    }

    @Override
    public Verdict judge(List<ConfigOption> request, boolean mayNak) {
        List<ConfigOption> rejected = new ArrayList<>();
        ConfigOption offered = null;
        for (ConfigOption option : request) {
            if (option.type() == MppeOption.TYPE && offered == null) {
                offered = option;
            } else {
                rejected.add(option);
            }
        }
        if (!rejected.isEmpty()) {
            return new Verdict.Reject(rejected);
        }
        if (offered == null) {
            return judgeNone(mayNak);
        }
        if (offered.valueLength() != MppeOption.VALUE_OCTETS) {
            return new Verdict.Nak(List.of(MppeOption.of(best()).option()), List.of(offered));
        }
        MppeOption bits = new MppeOption(offered.intValue());
        Coding wanted = bits.strongest(policy)
                .map(strength -> new Coding(strength, mode(bits.stateless()), false))
                .orElseGet(this::best);
        if (bits.equals(MppeOption.of(wanted))) {
            send = wanted;
            return new Verdict.Ack();
        }
        offers.add(bits.describe());
        if (!mayNak && policy.required()) {
            return new Verdict.Fail(refused("the peer asked for " + String.join(", then ", offers)));
        }
        return new Verdict.Nak(List.of(MppeOption.of(wanted).option()), List.of(offered));
    }

    private Verdict judgeNone(boolean mayNak) {
        if (!policy.required()) {
            send = null;
            return new Verdict.Ack();
        }
        if (!mayNak) {
            return new Verdict.Fail(refused("the peer asked for no encryption"));
        }
        return new Verdict.Nak(List.of(MppeOption.of(best()).option()), List.of());
    }

    @Override
    public @Nullable PppFailure nakked(List<ConfigOption> suggested) {
        for (ConfigOption option : suggested) {
            if (option.type() == MppeOption.TYPE && option.valueLength() == MppeOption.VALUE_OCTETS) {
                MppeOption bits = new MppeOption(option.intValue());
                offers.add(bits.describe());
                // What policy does not allow is not followed: the same request goes out again, and FSM counts.
                bits.strongest(policy)
                        .ifPresent(strength -> receive = new Coding(strength, mode(bits.stateless()), false));
            }
        }
        return null;
    }

    @Override
    public @Nullable PppFailure rejected(List<ConfigOption> refused) {
        if (policy.required()) {
            return refused("the peer rejects MPPE");
        }
        receive = null;
        return null;
    }

    @Override
    public boolean knows(int code) {
        return code == ControlPacket.RESET_REQUEST || code == ControlPacket.RESET_ACK;
    }

    @Override
    public PppFailure gaveUp(GaveUp why, String seen) {
        if (why == GaveUp.NO_ANSWER) {
            return new PppFailure(
                    Cause.NETWORK_TIMEOUT,
                    0,
                    "CCP fell silent: " + seen + "; required is " + MppeOption.describe(policy));
        }
        return refused(
                offers.isEmpty()
                        ? "CCP did not converge: " + seen
                        : "the peer offered " + String.join(", then ", offers));
    }
}
