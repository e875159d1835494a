package org.jpptp.client.net.linux;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jpptp.client.Cidr;
import org.jpptp.client.net.Surroundings;
import org.jpptp.client.net.Surroundings.Route;
import org.jspecify.annotations.Nullable;

/** Reads {@link Surroundings} in the network namespace of the calling thread; what cannot be read is left out. */
public final class HostSurroundings {
    private static final Path ROUTES = Path.of("/proc/thread-self/net/route");
    private static final Path RESOLVERS = Path.of("/etc/resolv.conf");
    /** Where systemd-resolved answers programs. */
    private static final Set<String> STUBS = Set.of("127.0.0.53", "127.0.0.54");
    /** Whom it asks. */
    private static final Path RESOLVERS_OF_RESOLVED = Path.of("/run/systemd/resolve/resolv.conf");

    private static final Pattern NAME_SERVER = Pattern.compile("(?m)^nameserver[ \\t]+(\\d[\\d.]+)\\s*$");
    /** Interface, destination, router, flags, then the metric and the mask, of {@code /proc/net/route}. */
    private static final Pattern ROUTE =
            Pattern.compile("(?m)^(\\S+)\\s+([0-9A-F]{8})\\s+([0-9A-F]{8})\\s+([0-9A-F]{4})"
                    + "\\s+\\d+\\s+\\d+\\s+\\d+\\s+([0-9A-F]{8})\\s.*$");
    /** Whoever goes there gets an error, of linux/route.h. */
    private static final int RTF_REJECT = 0x0200;

    private HostSurroundings() {}

    /**
     * Reads them.
     *
     * @param without the name of an interface that is left out, a tunnel's own
     */
    public static Surroundings read(@Nullable String without) {
        Set<Inet4Address> own = new LinkedHashSet<>();
        Set<Cidr> attached = new LinkedHashSet<>();
        for (InterfaceAddress address : addresses(without)) {
            if (address.getAddress() instanceof Inet4Address each) {
                own.add(each);
                int prefix = address.getNetworkPrefixLength();
                if (prefix < Integer.SIZE && !each.isLoopbackAddress()) {
                    attached.add(Cidr.around(each, prefix));
                }
            }
        }
        return new Surroundings(
                own,
                List.copyOf(attached),
                resolvers(text(RESOLVERS), () -> text(RESOLVERS_OF_RESOLVED)),
                routes(text(ROUTES), without == null ? "" : without));
    }

    /** Of interfaces that are down, too: a cable may be plugged in at any time. */
    private static List<InterfaceAddress> addresses(@Nullable String without) {
        List<InterfaceAddress> addresses = new ArrayList<>();
        try {
            Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
            while (interfaces.hasMoreElements()) {
                NetworkInterface each = interfaces.nextElement();
                if (!each.getName().equals(without)) {
                    addresses.addAll(each.getInterfaceAddresses());
                }
            }
        } catch (SocketException e) {
            return List.of(); // an interface vanished meanwhile, or the namespace has none
        }
        return addresses;
    }

    /**
     * Of the text of {@code resolv.conf}, and where that sends programs to systemd-resolved, of those whom it asks: else its
     * file may be of a time when it ran.
     */
    static Set<Inet4Address> resolvers(String text, Supplier<String> ofResolved) {
        Set<Inet4Address> resolvers = new LinkedHashSet<>(named(text));
        if (resolvers.stream().map(Inet4Address::getHostAddress).anyMatch(STUBS::contains)) {
            resolvers.addAll(named(ofResolved.get()));
        }
        return resolvers;
    }

    private static List<Inet4Address> named(String text) {
        return NAME_SERVER
                .matcher(text)
                .results()
                .flatMap(line -> Cidr.parse(line.group(1)).stream())
                .map(Cidr::address)
                .toList();
    }

    /** From the text of {@code /proc/net/route}, whose numbers are in the order of this machine. */
    static List<Route> routes(String text, String without) {
        return ROUTE.matcher(text)
                .results()
                .filter(line -> !line.group(1).equals(without))
                .filter(line -> (Integer.parseInt(line.group(4), 16) & RTF_REJECT) == 0)
                .map(HostSurroundings::route)
                .distinct()
                .toList();
    }

    private static Route route(MatchResult line) {
        int router = octets(line.group(3));
        return new Route(
                Cidr.around(Cidr.address(octets(line.group(2))), Integer.bitCount(octets(line.group(5)))),
                line.group(1),
                router == 0 ? null : Cidr.address(router));
    }

    /** Written as the number that the machine takes the four octets for. */
    private static int octets(String digits) {
        int number = Integer.parseUnsignedInt(digits, 16);
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(number) : number;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
