package org.jpptp.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.Cidr;
import org.jpptp.client.Routing;
import org.jpptp.client.Routing.Lan;
import org.jpptp.client.Routing.Scope;
import org.jpptp.client.net.RouteRules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of this machine's traffic goes through the tunnel. */
final class RoutingOptions {
    private static final Cidr EVERYTHING = Cidr.parse("0.0.0.0/0").orElseThrow();

    @Option(
            names = "--route",
            paramLabel = "CIDR",
            description = "Network to be reached through the tunnel, such as 10.0.0.0/8. May be repeated.")
    List<String> routes = new ArrayList<>();

    @Option(
            names = "--full-tunnel",
            description =
                    "Let everything go through the tunnel, and nothing past it, also while it is lost; the same as"
                            + " --route default.")
    boolean fullTunnel;

    @Option(
            names = "--allow-lan",
            description =
                    "With --full-tunnel or --lockdown: still reach this host's own networks, where their addresses are private.")
    boolean allowLan;

    @Option(
            names = "--lockdown",
            description =
                    "Let nothing leave this machine but tunnels, from now on, also without one and after a boot, until"
                            + " 'jpptp lockdown off'.")
    boolean lockdown;

    @Option(
            names = "--metric",
            paramLabel = "N",
            description =
                    "Metric of the routes, 1 to 4294967295: of two routes to a network, the smaller one is taken.")
    @Nullable
    String metric;

    /**
     * Understands it.
     *
     * @throws UsageException for the first argument that is wrong
     */
    Routing check() {
        List<Cidr> networks =
                routes.stream().map(RoutingOptions::route).distinct().toList();
        boolean isFull = fullTunnel || RouteRules.coverEverything(networks);
        if (allowLan && !isFull && !lockdown) {
            throw new UsageException(
                    "--allow-lan is about what goes past a full tunnel, and there is no --full-tunnel.");
        }
        long number = metric == null ? 0 : metric();
        Lan lan = allowLan ? Lan.OPEN : Lan.CLOSED;
        Routing routing = isFull
                ? new Routing(List.of(EVERYTHING), Scope.FULL, number, lan)
                : new Routing(networks, Scope.SPLIT, number, lan);
        return lockdown ? routing.lockedDown() : routing;
    }

    private static Cidr route(String text) {
        return text.equals("default")
                ? EVERYTHING
                : Cidr.parse(text)
                        .orElseThrow(() -> new UsageException(
                                "--route takes an IPv4 network such as 10.0.0.0/8, with no bit set behind the prefix, or"
                                        + " default, not '" + Numbers.shown(text) + "'."));
    }

    private long metric() {
        String text = metric == null ? "" : metric;
        if (!text.matches("[1-9]\\d{0,9}") || Long.parseLong(text) > 0xFFFFFFFFL) {
            throw new UsageException(
                    "--metric takes a number from 1 to 4294967295, not '" + Numbers.shown(text) + "'.");
        }
        return Long.parseLong(text);
    }
}
