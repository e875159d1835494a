package org.jpptp.cli.option;

import java.util.List;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.argument.Texts;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.Cidr;
import org.jpptp.client.Routing;
import org.jpptp.client.Routing.Lan;
import org.jpptp.client.Routing.Scope;
import org.jpptp.client.net.RouteRules;
import picocli.CommandLine.Model.CommandSpec;

/** Which of this machine's traffic goes through the tunnel. */
final class RoutingOptions {
    private static final Cidr EVERYTHING = Cidr.parse("0.0.0.0/0").orElseThrow();

    private final Texts routes = new Texts(
            "--route", "CIDR", "Network to be reached through the tunnel, such as 10.0.0.0/8. May be repeated.");

    private final Flag fullTunnel = new Flag(
            "--full-tunnel",
            "Let everything go through the tunnel, and nothing past it, also while it is lost; the same as"
                    + " --route default.");

    private final Flag allowLan = new Flag(
            "--allow-lan",
            "With --full-tunnel or --lockdown: still reach this host's own networks, where their addresses are private.");

    private final Flag lockdown = new Flag(
            "--lockdown",
            "Let nothing leave this machine but tunnels, from now on, also without one and after a boot, until"
                    + " 'jpptp lockdown off'.");

    private final Text metric = new Text(
            "--metric",
            "N",
            "Metric of the routes, 1 to 4294967295: of two routes to a network, the smaller one is taken.");

    CommandSpec spec() {
        return Arguments.of(routes, fullTunnel, allowLan, lockdown, metric);
    }

    /**
     * Understands it.
     *
     * @throws UsageException for the first argument that is wrong
     */
    Routing check() {
        List<Cidr> networks =
                routes.values().stream().map(RoutingOptions::route).distinct().toList();
        boolean isFull = fullTunnel.isSet() || RouteRules.coverEverything(networks);
        if (allowLan.isSet() && !isFull && !lockdown.isSet()) {
            throw new UsageException(
                    "--allow-lan is about what goes past a full tunnel, and there is no --full-tunnel.");
        }
        long number = metric();
        Lan lan = allowLan.isSet() ? Lan.OPEN : Lan.CLOSED;
        Routing routing = isFull
                ? new Routing(List.of(EVERYTHING), Scope.FULL, number, lan)
                : new Routing(networks, Scope.SPLIT, number, lan);
        return lockdown.isSet() ? routing.lockedDown() : routing;
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
        String text = metric.value();
        if (text == null) {
            return 0;
        }
        if (!text.matches("[1-9]\\d{0,9}") || Long.parseLong(text) > 0xFFFFFFFFL) {
            throw new UsageException(
                    "--metric takes a number from 1 to 4294967295, not '" + Numbers.shown(text) + "'.");
        }
        return Long.parseLong(text);
    }
}
