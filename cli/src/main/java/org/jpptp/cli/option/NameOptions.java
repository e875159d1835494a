package org.jpptp.cli.option;

import java.net.Inet4Address;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.argument.Texts;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.Cidr;
import org.jpptp.client.NameSettings;
import org.jpptp.client.NameSettings.Pushed;
import picocli.CommandLine.Model.CommandSpec;

/** Where names are looked up. */
final class NameOptions {
    /** The C library asks no more (resolv.conf(5)), and whoever asks more is in no hurry. */
    private static final int MOST_SERVERS = 3;
    /** More are no longer understood by everybody who reads them. */
    private static final int MOST_DOMAINS = 32;

    final Texts dns = new Texts(
            "--dns",
            "accept|none|ADDR[,DOMAIN...]",
            "Where names are looked up: accept whom the server names, none of them, or ADDR. With"
                    + " DOMAINs only names of these. May be repeated. Default: none.");

    CommandSpec spec() {
        return Arguments.of(dns);
    }

    /**
     * Understands it.
     *
     * @throws UsageException for the first argument that is wrong
     */
    NameSettings check() {
        Pushed pushed = Pushed.IGNORED;
        Set<Inet4Address> servers = new LinkedHashSet<>();
        Set<String> domains = new LinkedHashSet<>();
        List<String> given = dns.values();
        for (String each : given) {
            List<String> words = List.of(each.split(",", -1));
            switch (words.get(0)) {
                case "accept" -> pushed = Pushed.ACCEPTED;
                case "none" -> {
                    if (given.size() > 1 || words.size() > 1) {
                        throw new UsageException("--dns none stands alone.");
                    }
                }
                default -> servers.add(server(words.get(0)));
            }
            words.stream().skip(1).map(NameOptions::domain).forEach(domains::add);
        }
        if (servers.size() > MOST_SERVERS || domains.size() > MOST_DOMAINS) {
            throw new UsageException(
                    "--dns takes at most " + MOST_SERVERS + " addresses and " + MOST_DOMAINS + " domains.");
        }
        return new NameSettings(pushed, List.copyOf(servers), List.copyOf(domains));
    }

    private static Inet4Address server(String text) {
        Optional<Cidr> address = text.indexOf('/') < 0 ? Cidr.parse(text) : Optional.empty();
        return address.map(Cidr::address)
                .orElseThrow(
                        () -> new UsageException("--dns takes accept, none or the IPv4 address of a name server, not '"
                                + Numbers.shown(text) + "'."));
    }

    private static String domain(String text) {
        if (!NameSettings.isDomain(text)) {
            throw new UsageException(
                    "--dns takes domains such as corp.example behind a comma, not '" + Numbers.shown(text) + "'.");
        }
        return text;
    }
}
