package org.jpptp.client.anonymous;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who stands for whom: the same name or address is always replaced by the same, one of the same length, so that nothing else
 * has to change. Addresses come from those that are for documentation (RFC 5737, 3849). For any thread.
 */
public final class Pseudonyms {
    /** What a name is of, which its pseudonym begins with. */
    public enum Kind {
        USER,
        DOMAIN,
        HOST,
        NAME;

        private final String word = name().toLowerCase(Locale.ROOT);
    }

    /** What names are that mean nothing, and what our own sentences consist of. */
    private static final Set<String> COMMON = Set.of(
            "server",
            "client",
            "peer",
            "host",
            "user",
            "name",
            "local",
            "linux",
            "cananian",
            "pptp",
            "jpptp",
            "pptpd",
            "ppp",
            "root",
            "localhost",
            "none",
            "unknown",
            "windows",
            "mikrotik",
            "tunnel",
            "gateway",
            "router");

    private static final Pattern IPV4 =
            Pattern.compile("(?<![\\w.])(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?![\\w]|\\.\\d)");
    private static final Pattern COLONS = Pattern.compile("(?<![\\w:.])[0-9A-Fa-f:]*:[0-9A-Fa-f:]*(?![\\w:])");
    private static final Pattern MAC = Pattern.compile("[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}");
    /** Where traces have names that nobody has told of before. */
    private static final Pattern NAMED = Pattern.compile(
            "(?:\\bname = |\\buser=|\\bhost=|<Name |\\bphone=|\\bsubaddress=|\\bdialed=|\\bdialing=)\"((?:[^\"\\\\]|\\\\.)+)\"");

    private static final int SHORT = 3;
    /** Shorter ones are parts of words, too. */
    private static final int WORD = 6;
    /** Beyond so many names all others are one. */
    private static final int MOST = 4096;

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<Integer, Integer> addresses = new HashMap<>();
    private final Map<String, String> longAddresses = new HashMap<>();
    private final List<Replacement> replacements = new ArrayList<>();

    /** A text in one of its forms. */
    private record Replacement(Pattern pattern, String by, int length) {}

    /** Learns a name; {@code DOMAIN\name} are two. What is no name in particular is left alone. */
    public synchronized void learn(Kind kind, String original) {
        int separator = original.indexOf('\\');
        if (separator > 0) {
            learn(Kind.DOMAIN, original.substring(0, separator));
            learn(kind, original.substring(separator + 1));
            return;
        }
        String key = original.toLowerCase(Locale.ROOT);
        if (original.isBlank()
                || COMMON.contains(key)
                || isAddress(original)
                || names.size() >= MOST
                || names.containsKey(key)
                || names.containsValue(key)) {
            return;
        }
        String by = pseudonym(kind, original.getBytes(StandardCharsets.UTF_8).length);
        names.put(key, by);
        add(original, by);
        if (kind == Kind.HOST && original.indexOf('.') > 0) {
            learn(Kind.HOST, original.substring(0, original.indexOf('.')));
            learn(Kind.DOMAIN, original.substring(original.indexOf('.') + 1));
        }
    }

    private static boolean isAddress(String text) {
        return IPV4.matcher(text).matches();
    }

    /** As many characters as the original has octets; shorter ones have less of the kind. */
    private String pseudonym(Kind kind, int length) {
        int number = names.size() + 1;
        String whole = kind.word + number;
        String base = whole.length() <= length ? whole : kind.word.charAt(0) + Integer.toString(number);
        String padded = base + "x".repeat(Math.max(0, length - base.length()));
        return padded.substring(0, length);
    }

    private void add(String original, String by) {
        byte[] octets = original.getBytes(StandardCharsets.UTF_8);
        byte[] other = by.getBytes(StandardCharsets.US_ASCII);
        forms(octets, other);
        byte[] wide = original.getBytes(StandardCharsets.UTF_16LE);
        forms(wide, Arrays.copyOf(by.getBytes(StandardCharsets.UTF_16LE), wide.length));
        String quoted = Pattern.quote(original);
        boolean word = original.length() < WORD;
        replace(word ? "(?<![A-Za-z0-9])" + quoted + "(?![A-Za-z0-9])" : quoted, by, original.length());
        escaped(original, octets, by);
    }

    /** In hexadecimal, together and apart. */
    private void forms(byte[] octets, byte[] by) {
        if (octets.length >= SHORT) {
            replace(Pattern.quote(hex(octets, "")), hex(by, ""), octets.length * 2);
            replace(Pattern.quote(hex(octets, " ")), hex(by, " "), octets.length * 3);
        }
    }

    /** As PacketText and PeerText write what is not printable. */
    private void escaped(String original, byte[] octets, String by) {
        StringBuilder octal = new StringBuilder();
        StringBuilder hexadecimal = new StringBuilder();
        for (byte octet : octets) {
            boolean plain = octet >= ' ' && octet <= '~' && octet != '\\' && octet != '"';
            octal.append(plain ? String.valueOf((char) octet) : String.format("\\%03o", octet & 0xFF));
            hexadecimal.append(plain ? String.valueOf((char) octet) : String.format("\\x%02x", octet & 0xFF));
        }
        for (String form : List.of(octal.toString(), hexadecimal.toString())) {
            if (!form.equals(original)) {
                replace(Pattern.quote(form), by, form.length());
            }
        }
    }

    private void replace(String pattern, String by, int length) {
        replacements.add(new Replacement(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), by, length));
        replacements.sort(Comparator.comparingInt(Replacement::length).reversed()); // the longest first
    }

    static String hex(byte[] octets, String between) {
        StringBuilder text = new StringBuilder();
        for (byte octet : octets) {
            text.append(text.isEmpty() ? "" : between).append(String.format("%02x", octet & 0xFF));
        }
        return text.toString();
    }

    /** The address that stands for one of IPv4, as numbers; those that belong to nobody stand for themselves. */
    public synchronized int address(int original) {
        if (isNobodys(original)) {
            return original;
        }
        Integer known = addresses.get(original);
        if (known != null) {
            return known;
        }
        int by = next();
        addresses.put(original, by);
        byte[] octets = octets(original);
        forms(octets, octets(by));
        return by;
    }

    /** 192.0.2.0/24, 198.51.100.0/24 and 203.0.113.0/24, then 198.18.0.0/15, which is for measuring devices (RFC 2544). */
    private int next() {
        int count = addresses.size();
        int in = count % 254 + 1;
        return switch (count / 254) {
            case 0 -> 0xC0000200 | in;
            case 1 -> 0xC6336400 | in;
            case 2 -> 0xCB007100 | in;
            default -> 0xC6120000 | (count & 0x1FFFF);
        };
    }

    private static boolean isNobodys(int address) {
        int first = address >>> 24;
        return first == 0 || first == 127 || first >= 224;
    }

    private static byte[] octets(int address) {
        return new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address};
    }

    /** The same for sixteen octets of IPv6, of which multicast ones stand for themselves; scope and prefix are kept of none. */
    public synchronized byte[] address(byte[] original) {
        if ((original[0] & 0xFF) == 0xFF || hex(original, "").startsWith("0".repeat(30))) {
            return original.clone();
        }
        int number = number(hex(original, ""));
        byte[] by = new byte[16];
        boolean linkLocal = original[0] == (byte) 0xFE && (original[1] & 0xC0) == 0x80;
        by[0] = (byte) (linkLocal ? 0xFE : 0x20);
        by[1] = (byte) (linkLocal ? 0x80 : 0x01);
        by[2] = (byte) (linkLocal ? 0 : 0x0D);
        by[3] = (byte) (linkLocal ? 0 : 0xB8);
        by[14] = (byte) (number >> 8);
        by[15] = (byte) number;
        return by;
    }

    /** Eight octets of an interface identifier. */
    public synchronized byte[] identifier(byte[] original) {
        byte[] by = new byte[original.length];
        int number = number(hex(original, ""));
        by[by.length - 2] = (byte) (number >> 8);
        by[by.length - 1] = (byte) number;
        return by;
    }

    private int number(String of) {
        String known = longAddresses.computeIfAbsent(of, unknown -> Integer.toString(longAddresses.size() + 1));
        return Integer.parseInt(known);
    }

    /** What stands for a name, of as many octets; the name itself where it says nothing. Learns it. */
    public synchronized String name(Kind kind, String original) {
        learn(kind, original);
        return text(original);
    }

    /** A line with everything replaced that is known, and addresses that are not. */
    public synchronized String text(String line) {
        Matcher named = NAMED.matcher(line);
        while (named.find()) {
            learn(Kind.NAME, plain(named.group(1)));
        }
        String text = IPV4.matcher(line).replaceAll(this::dotted);
        text = COLONS.matcher(text).replaceAll(this::colons);
        for (Replacement each : List.copyOf(replacements)) {
            text = each.pattern().matcher(text).replaceAll(Matcher.quoteReplacement(each.by()));
        }
        return text;
    }

    /** As the name was before it was quoted. */
    private static String plain(String quoted) {
        return quoted.replace("\\\\", "\\").replace("\\\"", "\"");
    }

    private String dotted(MatchResult found) {
        int address = 0;
        for (int i = 1; i <= 4; i++) {
            int octet = Integer.parseInt(found.group(i));
            if (octet > 255) {
                return Matcher.quoteReplacement(found.group());
            }
            address = address << 8 | octet;
        }
        byte[] by = octets(address(address));
        return (by[0] & 0xFF) + "." + (by[1] & 0xFF) + "." + (by[2] & 0xFF) + "." + (by[3] & 0xFF);
    }

    /** An address of IPv6 or of Ethernet; times have colons, too. */
    private String colons(MatchResult found) {
        String text = found.group().toLowerCase(Locale.ROOT);
        if (MAC.matcher(text).matches()) {
            return "02:00:00:00:" + String.format("%02x:%02x", number(text) >> 8 & 0xFF, number(text) & 0xFF);
        }
        long groups = text.chars().filter(c -> c == ':').count();
        boolean address = text.length() > SHORT && (text.contains("::") || groups == 7);
        if (!address || text.equals("::1")) {
            return found.group();
        }
        return (text.startsWith("fe80") ? "fe80::" : "2001:db8::") + Integer.toHexString(number(text));
    }

    /** Puts something as long in the place of all that is known, wherever it lies in these octets. */
    synchronized void scrub(byte[] octets, int from) {
        String text = new String(octets, from, octets.length - from, StandardCharsets.ISO_8859_1);
        String lower = text.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> each : names.entrySet()) {
            if (each.getKey().length() < SHORT) {
                continue; // it would be everywhere; where names are, they are replaced one by one
            }
            over(
                    octets,
                    from,
                    lower,
                    each.getKey().getBytes(StandardCharsets.UTF_8),
                    each.getValue().getBytes(StandardCharsets.US_ASCII));
            byte[] wide = each.getKey().getBytes(StandardCharsets.UTF_16LE);
            over(
                    octets,
                    from,
                    lower,
                    wide,
                    Arrays.copyOf(each.getValue().getBytes(StandardCharsets.UTF_16LE), wide.length));
        }
    }

    private static void over(byte[] octets, int from, String lower, byte[] original, byte[] by) {
        String wanted = new String(original, StandardCharsets.ISO_8859_1);
        for (int at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
            System.arraycopy(by, 0, octets, from + at, Math.min(by.length, original.length));
        }
    }
}
