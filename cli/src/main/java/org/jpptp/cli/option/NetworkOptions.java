package org.jpptp.cli.option;

import java.util.Set;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.Ipv6;
import org.jpptp.client.Mss;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.Offload;
import org.jpptp.client.Routing;
import picocli.CommandLine.Model.CommandSpec;

/** What the tunnel is to this machine. */
final class NetworkOptions {
    private final Flag ipv6 = new Flag("--ipv6", "Carry IPv6, too, with link-local addresses.");

    private final Text mtu = new Text(
            "--mtu", "OCTETS", "MTU of the interface, 576 to 1456. Default: " + NetworkSettings.DEFAULT_MTU + ".");

    private final Text interfaceName =
            new Text("--interface", "NAME", "Name of the interface. Default: the first free of pptp0, pptp1, ...");

    private final Text namespace = new Text(
            "--namespace", "NETNS", "Network namespace for the interface; the outer connection stays in this one.");

    private final Text offload = new Text(
            "--offload", "LEVEL", "At most so much: none, checksum, tso or uso. Default: what the kernel gives.");

    private final Text mss = new Text(
            "--mss",
            "OCTETS",
            "The most of a TCP segment: clamp (what fits both ways), off, or 88 to 1416. Default: clamp.");

    CommandSpec spec() {
        return Arguments.of(ipv6, mtu, interfaceName, namespace, offload, mss);
    }

    /**
     * Understands it.
     *
     * @param routing what was understood already
     * @throws UsageException for the first argument that is wrong
     */
    NetworkSettings check(Routing routing) {
        int octets = mtu.number(576, 1456, "octets", NetworkSettings.DEFAULT_MTU);
        if (ipv6.isSet() && octets < Ipv6.LEAST_MTU) {
            throw new UsageException("--ipv6 needs an --mtu of " + Ipv6.LEAST_MTU + " octets or more.");
        }
        checkInterface();
        checkNamespace();
        return new NetworkSettings(
                        routing,
                        ipv6.isSet() ? Ipv6.LINK_LOCAL : Ipv6.NONE,
                        octets,
                        interfaceName.value(),
                        namespace.value(),
                        offload())
                .with(mss());
    }

    private Mss mss() {
        String most = mss.or("clamp");
        if (most.equals("clamp")) {
            return Mss.CLAMP;
        }
        if (most.equals("off")) {
            return Mss.OFF;
        }
        if (!most.matches("\\d+")) {
            throw new UsageException("--mss takes clamp, off, or a whole number from 88 to 1416 octets, not '"
                    + Numbers.shown(most) + "'.");
        }
        return new Mss(Numbers.parse(mss.name(), most, 88, 1416, "octets"));
    }

    private Offload offload() {
        String level = offload.value();
        if (level == null) {
            return NetworkSettings.DEFAULT.offload();
        }
        return switch (level) {
            case "none" -> Offload.NONE;
            case "checksum" -> Offload.CHECKSUM;
            case "tso" -> Offload.TSO;
            case "uso" -> Offload.USO;
            default ->
                throw new UsageException(
                        "--offload takes none, checksum, tso or uso, not '" + Numbers.shown(level) + "'.");
        };
    }

    private void checkInterface() {
        String name = interfaceName.value();
        // What the kernel allows (dev_valid_name), less what would be a pattern or a sign that tools take amiss.
        if (name != null && !name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}")) {
            throw new UsageException("--interface takes 1 to 15 letters, digits, dots, dashes and underscores, not '"
                    + Numbers.shown(name) + "'.");
        }
        // What the kernel calls the settings of all interfaces.
        if (name != null && Set.of("all", "default").contains(name)) {
            throw new UsageException("--interface cannot be " + name + ", a name that the kernel keeps.");
        }
    }

    private void checkNamespace() {
        String name = namespace.value();
        if (name != null && !name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}")) {
            throw new UsageException("--namespace takes the name of a network namespace as 'ip netns' lists it, not '"
                    + Numbers.shown(name) + "'.");
        }
    }
}
