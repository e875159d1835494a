package org.jpptp.cli.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jpptp.cli.profile.Entry;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.client.AuthWords;
import org.jpptp.ppp.AuthMethod;
import org.jspecify.annotations.Nullable;

/** A profile in the making. Keys that this version does not have become notes. */
final class Draft {
    /** What may be said again of a key that a file has, without a secret that stands in the wrong place. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.+:/-]{1,60}");

    private static final List<String> FIRST = List.of("server", "user", "domain", "password");

    private static final String ON = "on";

    private final Set<String> keys;
    private final Map<String, List<Entry>> entries = new LinkedHashMap<>();
    private final List<Note> notes = new ArrayList<>();
    private final Set<AuthMethod> refused = new TreeSet<>();
    private int aboutAuth;
    private boolean isOnlyNarrowed;

    /** @param keys those of this version */
    Draft(Set<String> keys) {
        this.keys = Set.copyOf(keys);
    }

    /** The key has this value and no other. */
    void set(int line, String key, String value) {
        if (keys.contains(key)) {
            entries.put(key, new ArrayList<>(List.of(new Entry(line, key, value))));
        } else {
            note(line, "this would be '" + key + " = " + Numbers.shown(value) + "', which this version does not have.");
        }
    }

    void on(int line, String key) {
        set(line, key, ON);
    }

    /** The key has this value, too. */
    void add(int line, String key, String value) {
        List<Entry> before = entries.get(key);
        if (before == null) {
            set(line, key, value);
        } else {
            before.add(new Entry(line, key, value));
        }
    }

    /** The first value of a key has more to say. */
    void extend(String key, String more) {
        List<Entry> values = entries.getOrDefault(key, new ArrayList<>());
        if (!values.isEmpty()) {
            Entry first = values.get(0);
            values.set(0, new Entry(first.line(), key, first.value() + more));
        }
    }

    void remove(String key) {
        entries.remove(key);
    }

    Optional<String> value(String key) {
        return Optional.ofNullable(entries.get(key)).map(values -> values.get(0).value());
    }

    void note(int line, String sentence) {
        notes.add(new Note(line, Note.Weight.NOTE, sentence));
    }

    void warning(int line, String sentence) {
        notes.add(new Note(line, Note.Weight.WARNING, sentence));
    }

    /** A key of the file that nobody here has heard of. */
    void unknown(int line, String key) {
        note(line, quoted(key) + " was not understood, and is left out.");
    }

    /** A key of the file that is known, and has no like here. */
    void without(int line, String key) {
        note(line, quoted(key) + " has no counterpart, and is left out.");
    }

    private static String quoted(String key) {
        return WORD.matcher(key).matches() ? "'" + key + "'" : "a key";
    }

    /** A number of seconds or octets. */
    void number(int line, String key, String value) {
        if (value.matches("\\d{1,9}")) {
            set(line, key, String.valueOf(Integer.parseInt(value)));
        } else {
            note(line, "'" + key + "' would be no number, and is left out.");
        }
    }

    /** The largest packet, where several are named the smallest of them. */
    void mtu(int line, String value) {
        String before = value("mtu").orElse(value);
        if (!value.matches("\\d{1,5}")) {
            note(line, "the MTU is no number, and is left out.");
        } else if (Integer.parseInt(value) < 576 || Integer.parseInt(value) > 1456) {
            note(line, "an MTU of " + value + " is left out, since it is 576 to 1456 here.");
        } else if (Integer.parseInt(value) <= Integer.parseInt(before)) {
            set(line, "mtu", value);
        }
    }

    /** A network, with no bit set behind the prefix. */
    void route(int line, String address, int prefix) {
        Optional<String> network = Network.of(address, prefix);
        if (network.isEmpty()) {
            note(line, "a route is no IPv4 network, and is left out.");
        } else {
            add(line, "route", network.get());
        }
    }

    void refuse(int line, AuthMethod method) {
        refused.add(method);
        aboutAuth = Math.max(aboutAuth, line);
    }

    /** Whether the file says that there is no tunnel without encryption. */
    boolean requiresEncryption() {
        return !isOnlyNarrowed
                && value("mppe").filter(list -> !list.contains("none")).isPresent();
    }

    /** What would go without encryption is left out, where that is required. */
    void forbidden(int line, String what) {
        warning(line, "encryption is required there, and " + what + " forbids it; the profile requires it.");
    }

    /** Which keys are allowed is said nowhere: the profile's own default is stricter than that. */
    private void encryptionIsSaidNowhere() {
        note(0, "nothing requires encryption there; the profile does. Add 'mppe = 128,none' if the server has none.");
    }

    /** The encryption; the last that is said counts. */
    void encryption(int line, String list) {
        isOnlyNarrowed = false;
        set(line, "mppe", list);
    }

    /** Less lengths of keys than before: that requires none where nothing else does. */
    void narrow(int line, String list) {
        isOnlyNarrowed |= value("mppe").isEmpty();
        set(line, "mppe", list);
    }

    void stateful(int line) {
        set(line, "mppe-mode", "any");
    }

    /** A warning for whatever is weaker than it would be by itself. */
    private void warnOfEncryption() {
        for (Entry entry : entries.getOrDefault("mppe", List.of())) {
            if (entry.value().contains("none")) {
                warning(
                        entry.line(),
                        "the tunnel may be without encryption, as it was there: 'mppe = " + entry.value() + "'.");
            } else if (!entry.value().equals("128")) {
                warning(
                        entry.line(),
                        "keys of less than 128 bits are allowed, as they were there: 'mppe = " + entry.value() + "'.");
            }
        }
        for (Entry entry : entries.getOrDefault("mppe-mode", List.of())) {
            warning(entry.line(), "one key for many packets is allowed, as it was there: 'mppe-mode = any'.");
        }
    }

    /** What is not refused: strong methods, if there are any; else the weak ones, with a warning. */
    private void settleAuth() {
        if (refused.isEmpty()) {
            return;
        }
        Set<AuthMethod> left = new TreeSet<>(Set.of(AuthMethod.values()));
        left.removeAll(refused);
        Set<AuthMethod> strong = left.stream()
                .filter(method -> !AuthWords.isWeak(method))
                .collect(Collectors.toCollection(TreeSet::new));
        if (left.isEmpty()) {
            warning(aboutAuth, "every method of authentication is refused there; the profile has the usual ones.");
            return;
        }
        boolean yieldKeys = left.stream().anyMatch(AuthMethod::yieldsKeys);
        if (!yieldKeys && requiresEncryption()) {
            warning(
                    aboutAuth,
                    "encryption is required there, and no method that is allowed there yields keys for it ("
                            + words(left) + "). The profile requires it, and has the usual methods.");
            return;
        }
        Set<AuthMethod> named = strong.isEmpty() ? left : strong;
        if (named.size() < 2 || strong.isEmpty()) {
            set(aboutAuth, "auth", words(named));
        }
        if (strong.isEmpty()) {
            left.forEach(method -> on(aboutAuth, "allow-" + AuthWords.word(method)));
            warning(
                    aboutAuth,
                    "no method that proves the server is left, as it was there: 'auth = " + words(left) + "'.");
            if (!yieldKeys) {
                encryption(aboutAuth, "none");
            }
        } else if (left.size() > strong.size()) {
            left.removeAll(strong);
            note(
                    aboutAuth,
                    "weaker methods are allowed there, and not here (" + words(left)
                            + "); 'allow-METHOD = on' allows one that the server needs.");
        }
    }

    private static String words(Set<AuthMethod> methods) {
        return methods.stream().map(AuthWords::word).collect(Collectors.joining(","));
    }

    /** Whom to connect to, and as whom, comes first. */
    private static int place(Entry entry) {
        int place = FIRST.indexOf(entry.key());
        return place < 0 ? FIRST.size() : place;
    }

    /**
     * What it comes to.
     *
     * @param line where it begins, 0 for the file
     */
    Imported finish(@Nullable String title, int line) {
        settleAuth();
        if (value("mppe").isEmpty()) {
            encryptionIsSaidNowhere();
        }
        if (value("mppe").filter("none"::equals).isPresent()) {
            entries.remove("mppe-mode");
        }
        warnOfEncryption();
        if (value("echo-interval").filter("0"::equals).isPresent()) {
            entries.remove("echo-failures");
        }
        notes.sort(Comparator.comparingInt(Note::line));
        return new Imported(
                title == null ? "" : title,
                line,
                entries.values().stream()
                        .flatMap(List::stream)
                        .sorted(Comparator.comparingInt(Draft::place))
                        .toList(),
                notes);
    }
}
