package org.jpptp.cli.option;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.ServerSettings;

/** The SERVER argument. */
final class ServerAddress {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\\.?");
    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)/*(.*)", Pattern.DOTALL);
    /** In brackets, or with two colons and no dot in front of the last. */
    private static final Pattern IPV6 = Pattern.compile("\\[.*|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:]*[0-9.]*(?:%.*)?");

    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");
    private static final Pattern OCTET = Pattern.compile("25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d");

    private ServerAddress() {}

    /**
     * Reads {@code host} or {@code host:port}, as such or as a URL of {@code pptp}.
     *
     * @throws UsageException for anything else
     */
    static ServerSettings parse(String argument) {
        Matcher url = URL.matcher(argument);
        if (!url.matches()) {
            return plain(argument);
        }
        if (!url.group(1).equalsIgnoreCase("pptp")) {
            throw new UsageException("SERVER is a URL of another kind than pptp://.");
        }
        if (url.group(2).indexOf('@') >= 0) {
            throw new UsageException("SERVER takes no user name; it goes with -u.");
        }
        if (!url.group(3).isEmpty()) {
            throw new UsageException("SERVER takes no path behind the address.");
        }
        return plain(url.group(2));
    }

    private static ServerSettings plain(String text) {
        int colon = text.indexOf(':');
        if (IPV6.matcher(text).matches()) {
            throw new UsageException("SERVER is an IPv6 address, and PPTP runs over IPv4 only.");
        }
        if (colon != text.lastIndexOf(':')) {
            throw new UsageException("SERVER has more colons than the one in front of a port.");
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0
                ? ServerSettings.DEFAULT_PORT
                : Numbers.parse("The port of SERVER", text.substring(colon + 1), 1, 65535, "");
        if (host.isEmpty()) {
            throw new UsageException("SERVER is empty; it takes a name, an IPv4 address, or either with :PORT.");
        }
        if (NUMERIC.matcher(host).matches() ? !isAddress(host) : !isName(host)) {
            throw new UsageException("SERVER takes a name or an IPv4 address, not '" + Numbers.shown(host) + "'.");
        }
        return new ServerSettings(host, port);
    }

    private static boolean isAddress(String host) {
        String[] octets = host.split("\\.", -1);
        if (octets.length != 4) {
            return false;
        }
        for (String octet : octets) {
            if (!OCTET.matcher(octet).matches()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(String host) {
        return host.length() <= 253 && NAME.matcher(host).matches() && !host.contains("..");
    }
}
