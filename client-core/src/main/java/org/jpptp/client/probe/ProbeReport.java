package org.jpptp.client.probe;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jpptp.client.Failure;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.vendor.Vendor;
import org.jpptp.client.vendor.Vendors;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a probe has found.
 *
 * @param server as the user wrote it
 * @param addresses of its name, in the resolver's order
 * @param call the call that was placed, null for none
 * @param gre whether GRE passes
 * @param link what LCP says
 * @param path how large GRE packets may be
 * @param encryption what was learnt by logging on; null where nobody did
 * @param failure what a tunnel would fail for; null where one would come up
 * @param calls how many calls were placed
 * @param took from the first question to the last answer
 */
public record ProbeReport(
        ServerSettings server,
        List<Address> addresses,
        @Nullable Call call,
        Gre gre,
        Link link,
        Path path,
        @Nullable Encryption encryption,
        @Nullable Failure failure,
        int calls,
        Duration took) {
    /**
     * One address of the server's name.
     *
     * @param tcp how long its TCP took to answer, null where it did not
     * @param greeting what it says of itself, null where it did not
     * @param failure what a tunnel to it alone would fail for before any call; null for nothing
     */
    public record Address(
            Inet4Address address,
            @Nullable Duration tcp,
            @Nullable Greeting greeting,
            @Nullable Failure failure) {}

    /** What a server says of itself (RFC 2637 §2.2); texts as they came, not escaped. */
    public record Greeting(String vendor, String hostName, int firmware, long framing, long bearer, int channels) {}

    /** A call that was accepted. */
    public record Call(long bitsPerSecond, int window, Duration took) {}

    /** How GRE passes. */
    public enum Passage {
        /** Nobody has tried. */
        NOT_TRIED,
        /** The process may not send any. */
        NOT_ALLOWED,
        BOTH_WAYS,
        /** The server's packets come, and ours do not arrive. */
        INWARDS_ONLY,
        /** None has come. */
        BLOCKED,
        /** The server's come to this host, whose own firewall drops them. */
        DROPPED_HERE,
        /** Some come from another address. */
        FROM_ELSEWHERE,
        /** The far end says that it takes none. */
        UNREACHABLE,
        /** This host lets none out. */
        FORBIDDEN
    }

    /**
     * What was seen of GRE.
     *
     * @param sources where packets for the call came from, where that was looked at
     */
    public record Gre(Passage passage, long sent, long received, Map<Inet4Address, Integer> sources) {
        static final Gre NOT_TRIED = new Gre(Passage.NOT_TRIED, 0, 0, Map.of());

        public Gre {
            sources = Map.copyOf(sources);
        }
    }

    /**
     * What the server asks for in LCP.
     *
     * @param request its first Configure-Request, in the notation of pppd; empty where none came
     * @param peerMru the largest datagram that it receives, in octets
     * @param methods of authentication, in its order
     * @param complete whether these are all
     * @param eap what it asks for inside EAP, in its order; nothing where it did not tell
     */
    public record Link(String request, int peerMru, List<AuthDemand> methods, boolean complete, List<AuthDemand> eap) {
        static final Link NOTHING = new Link("", 0, List.of(), false, List.of());

        public Link {
            methods = List.copyOf(methods);
            eap = List.copyOf(eap);
        }

        /** Whether EAP is among the methods. */
        public boolean asksForEap() {
            return methods.stream().anyMatch(LinkAims::isEap);
        }

        /** Whether it asks for EAP, and told nothing of the types inside: many servers tell them to users only whom they know. */
        public boolean concealsEap() {
            return asksForEap() && eap.isEmpty();
        }

        /** Whether a method may be there that proves the server, the only kind that a probe logs on with. */
        public boolean mayProveServer() {
            return LinkAims.proves(this);
        }

        /** Whether the server wants nobody to prove anything. */
        public boolean asksForNothing() {
            return complete && methods.isEmpty();
        }
    }

    /**
     * How large GRE packets may be.
     *
     * @param octets the largest that came back whole, with its IP header; 0 where that is not known
     * @param limited whether larger ones did not
     */
    public record Path(int octets, boolean limited) {
        /** IP and GRE headers in full, PPP's address, control and protocol, and MPPE with the inner protocol number. */
        private static final int AROUND_A_DATAGRAM = 20 + 16 + 4 + 4;

        static final Path UNKNOWN = new Path(0, false);

        /** Nothing larger passes. */
        public static Path narrow(int octets) {
            return new Path(octets, true);
        }

        /** As large as was tried. */
        public static Path wide(int octets) {
            return new Path(octets, false);
        }

        /** The largest datagram that a tunnel may carry in one packet. */
        public int datagram() {
            return octets - AROUND_A_DATAGRAM;
        }
    }

    /**
     * What logging on has shown.
     *
     * @param method by which; null where that came to nothing
     * @param offers what the server asked for and suggested in CCP, in its order, none twice
     * @param settled what was agreed on with a client that takes everything; null for nothing
     */
    public record Encryption(
            @Nullable AuthMethod method, List<MppeOffer> offers, PppEvent.@Nullable EncryptionSettled settled) {
        public Encryption {
            offers = List.copyOf(offers);
        }

        /** Where nothing was agreed on. */
        public static Encryption unsettled(AuthMethod method, List<MppeOffer> offers) {
            return new Encryption(method, offers, null);
        }

        /**
         * Whether it is known what the server wants. One that ends the link since it wants less than was asked for first has
         * said what that is.
         */
        public boolean isShown() {
            return method != null
                    && (settled != null
                            || offers.stream()
                                    .anyMatch(offer -> !offer.strengths().isEmpty()));
        }
    }

    public ProbeReport {
        addresses = List.copyOf(addresses);
    }

    /** The name has no address. */
    public static ProbeReport nowhere(ServerSettings server, Failure why, Duration took) {
        return new ProbeReport(server, List.of(), null, Gre.NOT_TRIED, Link.NOTHING, Path.UNKNOWN, null, why, 0, took);
    }

    /** The address that was called. */
    public Optional<Address> target() {
        return addresses.stream().filter(address -> address.greeting() != null).findFirst();
    }

    /** Whose server it is, where that is known. */
    public Optional<Vendor> vendor() {
        return target().flatMap(address -> Optional.ofNullable(address.greeting()))
                .flatMap(greeting -> Vendors.of(greeting.vendor()));
    }

    /** Where GRE came from, sorted. */
    public Map<String, Integer> sources() {
        Map<String, Integer> sorted = new TreeMap<>();
        gre.sources().forEach((address, count) -> sorted.put(address.getHostAddress(), count));
        return sorted;
    }
}
