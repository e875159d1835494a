package org.jpptp.cli.option;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.Cidr;
import org.jpptp.client.NameSettings;
import org.jpptp.client.NameSettings.Pushed;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.ProxySettings;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.Routing.Afterwards;
import picocli.CommandLine.Model.CommandSpec;

/** A tunnel that nothing of this machine goes through but what asks a proxy. */
final class ProxyOptions {
    private static final int MOST_PORTS = 65535;
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]:|([0-9.]+):)?(\\d{1,5})");
    private static final Cidr EVERYTHING = Cidr.parse("0.0.0.0/0").orElseThrow();

    private final Text proxy = new Text(
            "--proxy",
            "[ADDR:]PORT",
            "Keep the tunnel away from this machine's routes: a SOCKS5 and HTTP proxy at PORT leads into it,"
                    + " and 'jpptp exec'. ADDR: 127.0.0.1 unless given.");

    CommandSpec spec() {
        return Arguments.of(proxy);
    }

    /**
     * Understands it.
     *
     * @param network what was understood already
     * @param names whether anything was said of name servers
     * @throws UsageException for the first argument that is wrong, or contradicts it
     */
    NetworkSettings check(NetworkSettings network, List<String> names, ReconnectSettings reconnect) {
        String at = proxy.value();
        if (at == null) {
            return network;
        }
        ProxySettings listening = listening(at);
        refuseBoth(network.namespace() != null, "--namespace");
        refuseBoth(network.routing().afterwards() == Afterwards.LOCKDOWN, "--lockdown");
        refuseBoth(network.routing().isFull(), "--full-tunnel");
        refuseBoth(!network.routing().networks().isEmpty(), "--route");
        refuseBoth(network.routing().metric() != 0, "--metric");
        refuseBoth(network.hooks().onUp() != null, "--on-up");
        refuseBoth(network.hooks().onDown() != null, "--on-down");
        refuseBoth(network.hooks().onReconnect() != null, "--on-reconnect");
        refuseBoth(reconnect.mode() == ReconnectSettings.Mode.FAIL_OPEN, "--fail-open");
        NetworkSettings apart = network.with(listening).withRoutes(List.of(EVERYTHING));
        return names.isEmpty() ? apart.with(new NameSettings(Pushed.ACCEPTED, List.of(), List.of())) : apart;
    }

    private static void refuseBoth(boolean given, String what) {
        if (given) {
            throw new UsageException(what + " would change this machine's network, which --proxy leaves alone.");
        }
    }

    private static ProxySettings listening(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw refused(text);
        }
        int port = Integer.parseInt(matcher.group(3));
        String literal = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        try {
            InetAddress address = InetAddress.getByName(literal == null ? "127.0.0.1" : literal);
            boolean whole = matcher.group(2) == null
                    || Cidr.parse(literal == null ? "" : literal).isPresent();
            if (port > 0 && port <= MOST_PORTS && whole) {
                return new ProxySettings(address, port);
            }
        } catch (UnknownHostException e) {
            // It is told below.
        }
        throw refused(text);
    }

    private static UsageException refused(String text) {
        return new UsageException(
                "--proxy takes a port, or an address of this machine and a port such as 127.0.0.1:1080," + " not '"
                        + Numbers.shown(text) + "'.");
    }
}
