package org.jpptp.client.host;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * What the system's resolver makes of a name.
 *
 * @param addresses in the resolver's order; at least one where they were found, else none
 * @param said how the resolver says that it does not know, such as {@code EAI_AGAIN}; empty where it knows
 */
public record NameAnswer(Kind kind, List<Inet4Address> addresses, String said) {
    /** What is known now. */
    public enum Kind {
        FOUND,
        /** Addresses, but none that PPTP runs over. */
        IPV6_ONLY,
        /** There is no such name, or it has no address: somebody who has to know says so. */
        UNKNOWN,
        /** Nobody who knows was reached, so that nothing is known of the name. */
        UNANSWERED
    }

    public NameAnswer {
        addresses = List.copyOf(addresses);
    }

    /** The name has these, at least one of either kind. */
    public static NameAnswer of(List<? extends InetAddress> all) {
        List<Inet4Address> usable = all.stream()
                .filter(Inet4Address.class::isInstance)
                .map(Inet4Address.class::cast)
                .toList();
        return new NameAnswer(usable.isEmpty() ? Kind.IPV6_ONLY : Kind.FOUND, usable, "");
    }

    /** There is nothing of this name. */
    public static NameAnswer unknown() {
        return new NameAnswer(Kind.UNKNOWN, List.of(), "");
    }

    /** Nothing was found out. */
    public static NameAnswer unanswered(String said) {
        return new NameAnswer(Kind.UNANSWERED, List.of(), said);
    }
}
