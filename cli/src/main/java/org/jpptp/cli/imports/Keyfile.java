package org.jpptp.cli.imports;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.ppp.AuthMethod;
import org.jspecify.annotations.Nullable;

/** A connection of NetworkManager's, in the format of nm-settings-keyfile(5). */
final class Keyfile {
    private static final String KIND = "org.freedesktop.NetworkManager.pptp";

    private static final Set<String> NEEDLESS = Set.of(
            "connection.uuid",
            "connection.type",
            "connection.timestamp",
            "connection.permissions",
            "connection.autoconnect",
            "connection.autoconnect-priority",
            "connection.version",
            "vpn.service-type",
            "vpn.nobsdcomp",
            "vpn.nodeflate",
            "vpn.no-vj-comp",
            "vpn.persistent",
            "vpn.timeout",
            "vpn.user-name",
            "vpn-secrets.password-flags",
            "ipv4.method",
            "ipv4.dns-priority",
            "ipv4.may-fail",
            "ipv6.method",
            "ipv6.addr-gen-mode",
            "ipv6.ip6-privacy",
            "ipv6.dns-search",
            "ipv6.never-default",
            "ipv6.may-fail",
            "ipv6.dns-priority");

    private static final Set<String> OTHERS = Set.of(
            "connection.zone",
            "connection.secondaries",
            "connection.metered",
            "connection.stable-id",
            "vpn.unit",
            "vpn.nopcomp",
            "vpn.noaccomp",
            "vpn.proxy",
            "ipv4.route-table",
            "ipv4.ignore-auto-routes",
            "ipv4.gateway",
            "ipv4.dns-options",
            "ipv6.dns",
            "ipv6.gateway",
            "proxy.method",
            "proxy.pac-url",
            "proxy.browser-only");

    /** Destination, prefix, and perhaps a gateway and a metric: between commas now, between semicolons once. */
    private static final Pattern ROUTE = Pattern.compile("([\\d.]+)[/;](\\d{1,2})(?:[,;].*)?");

    private final Draft draft;
    private String title = "";
    private boolean isFull = true;
    private boolean takesDns = true;
    private String domains = "";
    private int ipv4;

    private Keyfile(Draft draft) {
        this.draft = draft;
    }

    /** Whether a text is a connection of NetworkManager's, of whatever kind. */
    static boolean isOne(List<Ini.Section> sections) {
        return sections.stream()
                .map(Ini.Section::name)
                .anyMatch(name -> name.equals("connection") || name.equals("vpn"));
    }

    /** The kind of VPN that it is, where that is not PPTP; null for PPTP. */
    static @Nullable String otherKind(List<Ini.Section> sections) {
        return sections.stream()
                .filter(section -> section.name().equals("vpn"))
                .flatMap(section -> section.pairs().stream())
                .filter(pair -> pair.key().equals("service-type"))
                .map(Ini.Pair::value)
                .findFirst()
                .map(kind -> kind.equals(KIND) ? null : kind.replaceFirst(".*\\.", ""))
                .orElse(sections.stream().anyMatch(section -> section.name().equals("vpn")) ? null : "connection");
    }

    static Imported read(Ini.Parsed file, Draft draft) {
        Keyfile keyfile = new Keyfile(draft);
        file.odd().forEach(line -> draft.note(line, "this line is no key, and is left out."));
        for (Ini.Section section : file.sections()) {
            if (section.name().equals("ipv4")) {
                keyfile.ipv4 = section.line();
            }
            section.pairs().forEach(pair -> keyfile.pair(section.name(), pair));
        }
        keyfile.settle();
        return draft.finish(keyfile.title, 0);
    }

    private void settle() {
        if (isFull) {
            draft.on(ipv4, "full-tunnel");
        }
        if (takesDns && draft.value("dns").isEmpty()) {
            draft.set(ipv4, "dns", "accept");
        }
        draft.value("dns").filter(dns -> !domains.isEmpty()).ifPresent(dns -> draft.extend("dns", "," + domains));
        if (draft.value("user").isEmpty()) {
            draft.note(0, "no user is named; add 'user = NAME'.");
        }
    }

    private void pair(String section, Ini.Pair pair) {
        String key = section + "." + pair.key();
        int line = pair.line();
        String value = unescaped(pair.value());
        switch (key) {
            case "connection.id" -> title = value;
            case "connection.interface-name" -> draft.set(line, "interface", value);
            case "vpn.gateway" -> draft.set(line, "server", value);
            case "vpn.user" -> draft.set(line, "user", value);
            case "vpn.domain" -> domain(line, value);
            case "vpn.mtu", "vpn.mru" -> draft.mtu(line, value);
            case "vpn.lcp-echo-interval" -> draft.number(line, "echo-interval", value);
            case "vpn.lcp-echo-failure" -> draft.number(line, "echo-failures", value);
            case "vpn.password-flags" -> flags(line, value);
            case "vpn.password", "vpn-secrets.password" -> draft.set(line, "password", value);
            case "ipv4.never-default" -> isFull = !isTrue(value);
            case "ipv4.ignore-auto-dns" -> takesDns = !isTrue(value);
            case "ipv4.dns" -> addresses(line, value);
            case "ipv4.dns-search" ->
                domains = value.replaceAll("[;,\\s]+$", "").replace(';', ',');
            case "ipv4.route-metric" -> draft.number(line, "metric", value);
            default -> policy(key, line, value);
        }
    }

    private void policy(String key, int line, String value) {
        boolean isOn = isTrue(value);
        switch (key) {
            case "vpn.require-mppe" -> encryption(isOn, line, "128,40");
            case "vpn.require-mppe-128" -> encryption(isOn, line, "128");
            case "vpn.require-mppe-40" -> encryption(isOn, line, "40");
            case "vpn.mppe-stateful" -> {
                if (isOn) {
                    draft.stateful(line);
                }
            }
            case "vpn.refuse-eap" -> refuse(isOn, line, AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5);
            case "vpn.refuse-pap" -> refuse(isOn, line, AuthMethod.PAP);
            case "vpn.refuse-chap" -> refuse(isOn, line, AuthMethod.CHAP_MD5);
            case "vpn.refuse-mschap" -> refuse(isOn, line, AuthMethod.MSCHAPV1);
            case "vpn.refuse-mschapv2" -> refuse(isOn, line, AuthMethod.MSCHAPV2);
            default -> rest(key, line, value);
        }
    }

    private void rest(String key, int line, String value) {
        if (key.matches("ipv4\\.routes?\\d*")) {
            route(line, value);
        } else if (OTHERS.contains(key) || key.matches("ipv[46]\\.(address(es)?|routes?)\\d*(_options)?")) {
            draft.without(line, key);
        } else if (!NEEDLESS.contains(key)) {
            draft.unknown(line, key);
        }
    }

    private void encryption(boolean isOn, int line, String list) {
        // A length that is named is taken before 'any'.
        if (isOn && (!list.equals("128,40") || draft.value("mppe").isEmpty())) {
            draft.encryption(line, list);
        }
    }

    private void refuse(boolean isOn, int line, AuthMethod... methods) {
        if (isOn) {
            Arrays.stream(methods).forEach(method -> draft.refuse(line, method));
        }
    }

    private void domain(int line, String value) {
        if (!value.isEmpty()) {
            draft.set(line, "domain", value);
        }
    }

    private void flags(int line, String value) {
        if (!value.equals("0")) {
            draft.note(line, "the password is not in this file; add 'password-file = FILE', or wait for the prompt.");
        }
    }

    private void route(int line, String value) {
        Matcher route = ROUTE.matcher(value);
        if (route.matches()) {
            draft.route(line, route.group(1), Integer.parseInt(route.group(2)));
        } else {
            draft.route(line, value, 32);
        }
    }

    private void addresses(int line, String value) {
        for (String address : value.split("[;,]", -1)) {
            if (Network.isAddress(address.strip())) {
                draft.add(line, "dns", address.strip());
            } else if (!address.isBlank()) {
                draft.note(line, "a name server without an IPv4 address is left out.");
            }
        }
    }

    private static boolean isTrue(String value) {
        return value.equals("yes") || value.equals("true") || value.equals("1");
    }

    /** As GKeyFile writes texts. */
    private static String unescaped(String value) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < value.length()) {
            char c = value.charAt(i++);
            if (c != '\\' || i == value.length()) {
                text.append(c);
                continue;
            }
            char escaped = value.charAt(i++);
            switch (escaped) {
                case 's' -> text.append(' ');
                case 't' -> text.append('\t');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                default -> text.append(escaped);
            }
        }
        return text.toString();
    }
}
