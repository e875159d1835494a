package org.jpptp.ppp.ipcp;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jpptp.ppp.AddressFailure;
import org.jpptp.ppp.IpcpSettings;
import org.jpptp.ppp.Negotiation;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.fsm.GaveUp;
import org.jpptp.ppp.fsm.OptionPolicy;
import org.jpptp.ppp.fsm.Verdict;
import org.jpptp.ppp.wire.ConfigOption;
import org.jspecify.annotations.Nullable;

/** Negotiates addresses and name servers; header compression is Rejected. */
public final class IpcpPolicy implements OptionPolicy {
    private static final int ADDRESS_OCTETS = 4;

    private final IpcpSettings settings;
    /** What we ask for now, by option type. */
    private final Map<Integer, Inet4Address> asked = new TreeMap<>();

    private final List<ConfigOption> more;
    private final Set<Integer> refusedTypes = new HashSet<>();
    private final Inet4Address unspecified;
    private @Nullable Inet4Address remote;

    /** @param more asked for beside addresses, until it is refused */
    public IpcpPolicy(IpcpSettings settings, List<ConfigOption> more) {
        this.settings = settings;
        this.more = more;
        this.unspecified = ConfigOption.ofInt(IpcpOption.ADDRESS, 0).addressValue();
        start();
    }

    /** Our address, null where none that can be used was agreed on. */
    public @Nullable Inet4Address local() {
        Inet4Address local = asked.get(IpcpOption.ADDRESS);
        return local == null || absurd(local) ? null : local;
    }

    /** The peer's address, null where it named none. */
    public @Nullable Inet4Address remote() {
        return remote;
    }

    /** The DNS servers that the peer named. */
    public List<Inet4Address> dns() {
        return named(IpcpOption.PRIMARY_DNS, IpcpOption.SECONDARY_DNS);
    }

    /** The NetBIOS name servers that the peer named. */
    public List<Inet4Address> wins() {
        return named(IpcpOption.PRIMARY_NBNS, IpcpOption.SECONDARY_NBNS);
    }

    private List<Inet4Address> named(int primary, int secondary) {
        Set<Inet4Address> servers = new LinkedHashSet<>();
        Stream.of(primary, secondary).map(asked::get).filter(Objects::nonNull).forEach(servers::add);
        servers.remove(unspecified);
        return List.copyOf(servers);
    }

    @Override
    public void start() {
        remote = null;
        refusedTypes.clear();
        asked.clear();
        asked.put(IpcpOption.ADDRESS, settings.local());
        if (settings.requestDns()) {
            asked.put(IpcpOption.PRIMARY_DNS, unspecified);
            asked.put(IpcpOption.PRIMARY_NBNS, unspecified);
            asked.put(IpcpOption.SECONDARY_DNS, unspecified);
            asked.put(IpcpOption.SECONDARY_NBNS, unspecified);
        }
    }

    @Override
    public List<ConfigOption> request() {
        List<ConfigOption> options = new ArrayList<>();
        asked.forEach((type, address) -> options.add(ConfigOption.ofAddress(type, address)));
        more.stream().filter(option -> !refusedTypes.contains(option.type())).forEach(options::add);
        return options;
    }

    @Override
    public Verdict judge(List<ConfigOption> request, boolean mayNak) {
        List<ConfigOption> rejected = new ArrayList<>();
        List<ConfigOption> naked = new ArrayList<>();
        List<ConfigOption> offending = new ArrayList<>();
        Set<Integer> types = new HashSet<>();
        Inet4Address named = null;
        for (ConfigOption option : request) {
            Inet4Address ours = ours(option);
            if (!types.add(option.type()) || ours == null) {
                rejected.add(option);
            } else if (!ours.equals(option.addressValue())) {
                naked.add(ConfigOption.ofAddress(option.type(), ours));
                offending.add(option);
            } else if (option.type() == IpcpOption.ADDRESS) {
                named = ours;
            }
        }
        if (mayNak && !types.contains(IpcpOption.ADDRESS) && !settings.peer().equals(unspecified)) {
            naked.add(ConfigOption.ofAddress(IpcpOption.ADDRESS, settings.peer()));
        }
        if (!rejected.isEmpty()) {
            return new Verdict.Reject(rejected);
        }
        if (!naked.isEmpty()) {
            return new Verdict.Nak(naked, offending);
        }
        remote = named;
        return new Verdict.Ack();
    }

    /** What a peer's option is to be, null where we do not know. */
    private @Nullable Inet4Address ours(ConfigOption option) {
        if (option.valueLength() != ADDRESS_OCTETS) {
            return null;
        }
        return switch (option.type()) {
            case IpcpOption.ADDRESS -> {
                if (!settings.peer().equals(unspecified)) {
                    yield settings.peer();
                }
                // Whatever it calls itself; but we have no address to give to one that asks.
                Inet4Address itself = option.addressValue();
                if (itself.equals(unspecified)) {
                    yield null;
                }
                yield itself;
            }
            case IpcpOption.PRIMARY_DNS -> at(settings.dns(), 0);
            case IpcpOption.SECONDARY_DNS -> at(settings.dns(), 1);
            case IpcpOption.PRIMARY_NBNS -> at(settings.wins(), 0);
            case IpcpOption.SECONDARY_NBNS -> at(settings.wins(), 1);
            default -> null;
        };
    }

    private static @Nullable Inet4Address at(List<Inet4Address> servers, int index) {
        if (index >= servers.size()) {
            return null;
        }
        return servers.get(index);
    }

    @Override
    public @Nullable PppFailure nakked(List<ConfigOption> suggested) {
        for (ConfigOption option : suggested) {
            if (option.valueLength() != ADDRESS_OCTETS || !asked.containsKey(option.type())) {
                refusedTypes.add(option.type());
                continue;
            }
            Inet4Address value = option.addressValue();
            if (option.type() != IpcpOption.ADDRESS) {
                asked.put(option.type(), value);
            } else if (settings.local().equals(unspecified)) {
                if (absurd(value) && !value.equals(unspecified)) {
                    return new AddressFailure.AddressAbsurd(value);
                }
                asked.put(option.type(), value);
            }
        }
        return null;
    }

    @Override
    public @Nullable PppFailure rejected(List<ConfigOption> refused) {
        for (ConfigOption option : refused) {
            if (option.type() == IpcpOption.ADDRESS && settings.local().equals(unspecified)) {
                return new AddressFailure.AddressesRefused(AddressFailure.How.REQUEST_REJECTED);
            }
            if (option.type() != IpcpOption.ADDRESS) {
                asked.remove(option.type());
                refusedTypes.add(option.type());
            }
        }
        return null;
    }

    @Override
    public String why(ConfigOption option) {
        Inet4Address ours = ours(option);
        if (ours != null && !ours.equals(option.addressValue())) {
            return "another address is meant for it";
        }
        return ours == null ? "it is not negotiated here, or there is no such address" : "it stands there twice";
    }

    @Override
    public boolean knows(int code) {
        return false;
    }

    @Override
    public PppFailure gaveUp(GaveUp why, Negotiation seen) {
        return why == GaveUp.NO_ANSWER
                ? new AddressFailure.IpcpTimeout(seen)
                : new AddressFailure.IpcpNotConverging(seen);
    }

    /** Addresses that no host can have: 0/8, 127/8, multicast, 240/4. */
    private static boolean absurd(Inet4Address address) {
        int first = address.getAddress()[0] & 0xFF;
        return first == 0 || first == 127 || first >= 224;
    }
}
