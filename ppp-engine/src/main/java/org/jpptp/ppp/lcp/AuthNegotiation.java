package org.jpptp.ppp.lcp;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.wire.ConfigOption;
import org.jspecify.annotations.Nullable;

/**
 * Which authentication protocol is agreed on (RFC 1661 §6.2). The server demands one after the other of its own; the
 * client takes what policy allows, and suggests what it likes best.
 *
 * <p>Where encryption is required, a method that yields no keys is of no use: that is said here, before any password is
 * sent in vain.
 */
final class AuthNegotiation {
    private static final AuthDemand NOTHING = new AuthDemand("no authentication", null, null);

    private final AuthRole role;
    private final boolean keysRequired;
    /** Whether a peer that would rather have another protocol is not let in. */
    private final boolean insists;
    /** The methods that are of use, the best first; of the server, in its order. */
    private final List<AuthMethod> methods;

    /** What the server may still demand, what it demands now first; empty for the client. */
    private final List<AuthProtocol> demands = new ArrayList<>();

    /** What the peer asked for, or suggested, that did not fit, in the order seen. */
    private final Set<AuthDemand> refused = new LinkedHashSet<>();
    /** What the peer rejected of the server's demands, in the order seen. */
    private final List<AuthProtocol> rejected = new ArrayList<>();

    private int suggested;
    private boolean eapHeldBack;
    private @Nullable AuthProtocol agreed;

    AuthNegotiation(AuthRole role, boolean keysRequired, PppHabits habits) {
        this.keysRequired = keysRequired;
        this.insists = habits.has(PppHabits.Way.DEMANDS_ONE_PROTOCOL);
        if (role instanceof AuthRole.Authenticatee client) {
            methods = new TreeSet<>(client.allowed())
                    .stream()
                            .filter(method -> method.yieldsKeys() || !keysRequired)
                            .toList();
            this.role = new AuthRole.Authenticatee(client.credentials(), Set.copyOf(methods), client.interactive());
        } else {
            methods = ((AuthRole.Authenticator) role).methods();
            this.role = role;
        }
    }

    /** A new negotiation from the beginning. */
    void start() {
        demands.clear();
        if (role instanceof AuthRole.Authenticator) {
            demands.addAll(protocols());
        }
        refused.clear();
        rejected.clear();
        suggested = 0;
        eapHeldBack = false;
        agreed = null;
    }

    /** The role with only the methods that are of use. */
    AuthRole role() {
        return role;
    }

    /** Whether we prove who we are, else the peer does. */
    boolean proving() {
        return role instanceof AuthRole.Authenticatee;
    }

    /** What we demand of the peer, null for nothing. */
    @Nullable
    AuthProtocol demanded() {
        return demands.isEmpty() ? null : demands.get(0);
    }

    /** The protocol agreed on, null where there is none yet. */
    @Nullable
    AuthProtocol agreed() {
        return proving() ? agreed : demanded();
    }

    /** Whether some method is of use. */
    boolean hopeful() {
        return !methods.isEmpty();
    }

    /**
     * Whether the client takes what the server asks for; else it is remembered for {@link #refused}.
     *
     * <p>EAP leaves its method open. It is taken at once where all that it may come to is as good as the best: servers
     * that require EAP give up after a Nak. Where it may come to EAP-MD5, and something better is allowed, it is held
     * back once; whoever then asks for EAP again is believed.
     */
    boolean takes(ConfigOption asked, boolean mayNak) {
        Optional<AuthProtocol> protocol = LcpOption.protocol(asked);
        List<AuthProtocol> usable = protocols();
        if (protocol.isPresent() && usable.contains(protocol.get())) {
            boolean holdBack = protocol.get() == AuthProtocol.EAP
                    && usable.get(0) != AuthProtocol.EAP
                    && methods.contains(AuthMethod.EAP_MD5);
            if (!holdBack || eapHeldBack || !mayNak) {
                return true;
            }
            eapHeldBack = true;
        }
        refused.add(LcpOption.demand(asked));
        return false;
    }

    /** The server asks for nothing. */
    void missing() {
        refused.add(NOTHING);
    }

    /** What the client would like: the best, then the others in turn, for a server that does not know the best. */
    ConfigOption suggestion() {
        List<AuthProtocol> usable = protocols();
        return LcpOption.authentication(usable.get(suggested++ % usable.size()));
    }

    /** The client has acknowledged what the server asks for. */
    void agree(ConfigOption asked) {
        agreed = LcpOption.protocol(asked).orElseThrow();
        refused.clear();
        suggested = 0;
    }

    /** The client's request is not known any more, as it asks anew. */
    void forget() {
        agreed = null;
    }

    /**
     * The peer would rather have one of these; the server goes on to one that it knows too, or to its next.
     *
     * @return null, or why that is of no use
     */
    @Nullable
    PppFailure nakked(List<ConfigOption> suggestions) {
        if (proving() || suggestions.isEmpty()) {
            return null;
        }
        suggestions.forEach(option -> refused.add(LcpOption.demand(option)));
        if (insists) {
            return refused();
        }
        AuthProtocol better = suggestions.stream()
                .flatMap(option -> LcpOption.protocol(option).stream())
                .filter(demands::contains)
                .findFirst()
                .orElse(null);
        if (better == demanded()) {
            return null;
        }
        if (demands.size() > 1) {
            demands.remove(0);
        }
        if (better != null) {
            demands.remove(better);
            demands.add(0, better);
        }
        return null;
    }

    /** The peer rejects what the server demands, which goes on to its next; null, or why that is of no use. */
    @Nullable
    PppFailure rejected() {
        AuthProtocol demanded = demands.remove(0);
        if (!demands.isEmpty()) {
            rejected.add(demanded);
            return null;
        }
        demands.add(demanded);
        return new AuthFailure.DemandRejected(demanded);
    }

    /** What did not fit; null where everything did. */
    @Nullable
    PppFailure refused() {
        if (refused.isEmpty() && rejected.isEmpty()) {
            return null;
        }
        return proving()
                ? new AuthFailure.MethodRefused(List.copyOf(refused), methods, keysRequired)
                : new AuthFailure.DemandRefused(List.copyOf(refused), rejected, methods);
    }

    private List<AuthProtocol> protocols() {
        return methods.stream().map(AuthMethod::protocol).distinct().toList();
    }
}
