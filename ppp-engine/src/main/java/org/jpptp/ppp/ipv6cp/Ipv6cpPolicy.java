package org.jpptp.ppp.ipv6cp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AddressFailure;
import org.jpptp.ppp.Negotiation;
import org.jpptp.ppp.PppEvent.InterfaceIdentifiers;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.fsm.GaveUp;
import org.jpptp.ppp.fsm.OptionPolicy;
import org.jpptp.ppp.fsm.Verdict;
import org.jpptp.ppp.wire.ConfigOption;
import org.jspecify.annotations.Nullable;

/**
 * Negotiates the interface identifiers of both sides, which differ and are not zero (RFC 5072 §4.1); compression is
 * Rejected.
 */
public final class Ipv6cpPolicy implements OptionPolicy {
    private static final int INTERFACE_IDENTIFIER = 1;
    private static final int IDENTIFIER_OCTETS = 8;
    /** The "u" bit of an EUI-64, clear in one that nobody registered. */
    private static final long UNIVERSAL = 0x0200_0000_0000_0000L;

    private final RandomGenerator random;
    private long local;
    private long remote;

    /** @param random for our identifier, which so tells nothing of this host */
    public Ipv6cpPolicy(RandomGenerator random) {
        this.random = random;
    }

    /** What was agreed on, once IPv6CP is open. */
    public InterfaceIdentifiers agreed() {
        return new InterfaceIdentifiers(local, remote);
    }

    @Override
    public void start() {
        remote = 0;
        if (local == 0) { // else it stays: an interface may have it already
            local = fresh();
        }
    }

    /** An identifier that is neither zero nor one of the two in use. */
    private long fresh() {
        long identifier;
        do {
            identifier = random.nextLong() & ~UNIVERSAL;
        } while (identifier == 0 || identifier == local || identifier == remote);
        return identifier;
    }

    @Override
    public List<ConfigOption> request() {
        return List.of(option(local));
    }

    @Override
    public Verdict judge(List<ConfigOption> request, boolean mayNak) {
        List<ConfigOption> rejected = new ArrayList<>();
        Set<Integer> types = new HashSet<>();
        ConfigOption named = null;
        for (ConfigOption option : request) {
            if (!types.add(option.type())
                    || option.type() != INTERFACE_IDENTIFIER
                    || option.valueLength() != IDENTIFIER_OCTETS) {
                rejected.add(option);
            } else {
                named = option;
            }
        }
        if (!rejected.isEmpty()) {
            return new Verdict.Reject(rejected);
        }
        long identifier = named == null ? 0 : value(named);
        if (identifier != 0 && identifier != local) {
            remote = identifier;
            return new Verdict.Ack();
        }
        if (!mayNak) {
            return new Verdict.Fail(new AddressFailure.Ipv6Refused(AddressFailure.Ipv6How.NO_IDENTIFIER));
        }
        return new Verdict.Nak(List.of(option(fresh())), named == null ? List.of() : List.of(named));
    }

    @Override
    public @Nullable PppFailure nakked(List<ConfigOption> suggested) {
        for (ConfigOption option : suggested) {
            if (option.type() == INTERFACE_IDENTIFIER && option.valueLength() == IDENTIFIER_OCTETS) {
                long identifier = value(option);
                local = identifier == 0 || identifier == remote ? fresh() : identifier;
            }
        }
        return null;
    }

    @Override
    public @Nullable PppFailure rejected(List<ConfigOption> refused) {
        return new AddressFailure.Ipv6Refused(AddressFailure.Ipv6How.IDENTIFIER_REJECTED);
    }

    @Override
    public String why(ConfigOption option) {
        return option.type() == INTERFACE_IDENTIFIER && option.valueLength() == IDENTIFIER_OCTETS
                ? "it is zero, our own, or stands there twice"
                : "it is not negotiated here, or its length is wrong";
    }

    @Override
    public boolean knows(int code) {
        return false;
    }

    @Override
    public PppFailure gaveUp(GaveUp why, Negotiation seen) {
        return new AddressFailure.Ipv6cpNotConverging(seen);
    }

    private static ConfigOption option(long identifier) {
        byte[] octets = new byte[IDENTIFIER_OCTETS];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (identifier >> (56 - 8 * i));
        }
        return ConfigOption.of(INTERFACE_IDENTIFIER, octets);
    }

    private static long value(ConfigOption option) {
        long identifier = 0;
        for (int i = 0; i < IDENTIFIER_OCTETS; i++) {
            identifier = identifier << 8 | option.octet(i);
        }
        return identifier;
    }
}
