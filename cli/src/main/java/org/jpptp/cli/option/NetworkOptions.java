package org.jpptp.cli.option;

import java.util.Set;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.Ipv6;
import org.jpptp.client.Mss;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.Offload;
import org.jpptp.client.Routing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the tunnel is to this machine. */
final class NetworkOptions {
    /** RFC 8200 §5. */
    private static final int IPV6_MTU = 1280;

    @Option(names = "--ipv6", description = "Carry IPv6, too, with link-local addresses.")
    boolean ipv6;

    @Option(
            names = "--mtu",
            paramLabel = "OCTETS",
            description = "MTU of the interface, 576 to 1456. Default: " + NetworkSettings.DEFAULT_MTU + ".")
    @Nullable
    String mtu;

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            description = "Name of the interface. Default: the first free of pptp0, pptp1, ...")
    @Nullable
    String interfaceName;

    @Option(
            names = "--namespace",
            paramLabel = "NETNS",
            description = "Network namespace for the interface; the outer connection stays in this one.")
    @Nullable
    String namespace;

    @Option(
            names = "--offload",
            paramLabel = "LEVEL",
            description = "At most so much: none, checksum, tso or uso. Default: what the kernel gives.")
    @Nullable
    String offload;

    @Option(
            names = "--mss",
            paramLabel = "OCTETS",
            description = "The most of a TCP segment: clamp (what fits both ways), off, or 88 to 1416. Default: clamp.")
    @Nullable
    String mss;

    /**
     * Understands it.
     *
     * @param routing what was understood already
     * @throws UsageException for the first argument that is wrong
     */
    NetworkSettings check(Routing routing) {
        int octets = mtu == null ? NetworkSettings.DEFAULT_MTU : Numbers.parse("--mtu", mtu, 576, 1456, "octets");
        if (ipv6 && octets < IPV6_MTU) {
            throw new UsageException("--ipv6 needs an --mtu of " + IPV6_MTU + " octets or more.");
        }
        checkInterface();
        checkNamespace();
        return new NetworkSettings(
                        routing, ipv6 ? Ipv6.LINK_LOCAL : Ipv6.NONE, octets, interfaceName, namespace, offload())
                .with(mss());
    }

    private Mss mss() {
        if (mss == null || mss.equals("clamp")) {
            return Mss.CLAMP;
        }
        if (mss.equals("off")) {
            return Mss.OFF;
        }
        if (!mss.matches("\\d+")) {
            throw new UsageException("--mss takes clamp, off, or a whole number from 88 to 1416 octets, not '"
                    + Numbers.shown(mss) + "'.");
        }
        return new Mss(Numbers.parse("--mss", mss, 88, 1416, "octets"));
    }

    private Offload offload() {
        if (offload == null) {
            return NetworkSettings.DEFAULT.offload();
        }
        return switch (offload) {
            case "none" -> Offload.NONE;
            case "checksum" -> Offload.CHECKSUM;
            case "tso" -> Offload.TSO;
            case "uso" -> Offload.USO;
            default ->
                throw new UsageException(
                        "--offload takes none, checksum, tso or uso, not '" + Numbers.shown(offload) + "'.");
        };
    }

    private void checkInterface() {
        // What the kernel allows (dev_valid_name), less what would be a pattern or a sign that tools take amiss.
        if (interfaceName != null && !interfaceName.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}")) {
            throw new UsageException("--interface takes 1 to 15 letters, digits, dots, dashes and underscores, not '"
                    + Numbers.shown(interfaceName) + "'.");
        }
        // What the kernel calls the settings of all interfaces.
        if (interfaceName != null && Set.of("all", "default").contains(interfaceName)) {
            throw new UsageException("--interface cannot be " + interfaceName + ", a name that the kernel keeps.");
        }
    }

    private void checkNamespace() {
        if (namespace != null && !namespace.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}")) {
            throw new UsageException("--namespace takes the name of a network namespace as 'ip netns' lists it, not '"
                    + Numbers.shown(namespace) + "'.");
        }
    }
}
