package org.jpptp.cli.imports;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jpptp.ppp.AuthMethod;
import org.jspecify.annotations.Nullable;

/** A peers file of pppd's: options in words, as pppd(8) has them, with a PPTP client as the device. */
final class PeersFile {
    /** Files in files; pppd has no limit, and would go round in circles. */
    private static final int DEPTH = 4;

    /** And all of them together: a few that name each other often would be read millions of times. */
    private static final int MOST_FILES = 50;

    private static final Map<String, AuthMethod> REFUSALS = Map.of(
            "refuse-pap", AuthMethod.PAP,
            "-pap", AuthMethod.PAP,
            "refuse-chap", AuthMethod.CHAP_MD5,
            "-chap", AuthMethod.CHAP_MD5,
            "refuse-mschap", AuthMethod.MSCHAPV1,
            "-mschap", AuthMethod.MSCHAPV1,
            "refuse-mschap-v2", AuthMethod.MSCHAPV2,
            "-mschap-v2", AuthMethod.MSCHAPV2);

    private final Draft draft;
    private final UnaryOperator<@Nullable String> files;
    /** Of the file that is being read, those that are left. */
    private Deque<Words.Word> words = new ArrayDeque<>();

    private int filesLeft = MOST_FILES;
    private int charactersLeft = Importer.MOST_OCTETS;
    private boolean filesTold;
    private @Nullable String name;
    private @Nullable String user;
    private @Nullable String remoteName;
    private @Nullable String password;
    private int passwordLine;
    private int noCcp;
    private boolean echoes;

    private PeersFile(Draft draft, UnaryOperator<@Nullable String> files) {
        this.draft = draft;
        this.files = files;
    }

    /**
     * Understands one.
     *
     * @param files the texts of the files that it names, null for one that cannot be read
     * @param secrets the text of chap-secrets or pap-secrets, null for none
     */
    static Imported read(String text, Draft draft, UnaryOperator<@Nullable String> files, @Nullable String secrets) {
        PeersFile file = new PeersFile(draft, files);
        file.read(text, 0, 0);
        file.settle(secrets);
        return draft.finish(null, 0);
    }

    /** Whether a text could be one: it names a PPTP client, as no other file does. */
    static boolean isOne(String text) {
        return Words.of(text).stream()
                .map(Words.Word::text)
                .anyMatch(word -> word.equals("pptp_server")
                        || word.equals("pptp.so")
                        || word.matches("(\\S*/)?pptp( .*)?")
                        || word.endsWith("/pptp.so"));
    }

    /** @param outer the line of the file that includes this one; 0 for the file itself */
    private void read(String text, int depth, int outer) {
        Deque<Words.Word> behind = words;
        words = new ArrayDeque<>(Words.of(text));
        while (!words.isEmpty()) {
            Words.Word word = words.remove();
            option(word.text(), outer == 0 ? word.line() : outer, depth);
        }
        words = behind;
    }

    /** What stands behind an option. */
    private String value() {
        return words.isEmpty() ? "" : words.remove().text();
    }

    private void option(String option, int line, int depth) {
        AuthMethod refused = REFUSALS.get(option);
        if (refused != null) {
            draft.refuse(line, refused);
            return;
        }
        switch (option) {
            case "pty" -> pty(line, value());
            case "plugin" -> plugin(line, value());
            case "pptp_server" -> draft.set(line, "server", value());
            case "name" -> name = value();
            case "user" -> user = value();
            case "remotename" -> remoteName = value();
            case "password" -> {
                password = value();
                passwordLine = line;
            }
            case "file", "call" -> include(option, line, depth);
            case "refuse-eap" -> {
                draft.refuse(line, AuthMethod.EAP_MSCHAPV2);
                draft.refuse(line, AuthMethod.EAP_MD5);
            }
            case "mtu", "mru" -> draft.mtu(line, value());
            case "lcp-echo-interval" -> {
                String seconds = value();
                echoes = !seconds.equals("0");
                draft.number(line, "echo-interval", seconds);
            }
            case "lcp-echo-failure" -> draft.number(line, "echo-failures", value());
            case "defaultroute", "replacedefaultroute", "defaultroute6" -> draft.on(line, "full-tunnel");
            case "defaultroute-metric" -> draft.number(line, "metric", value());
            case "usepeerdns" -> draft.set(line, "dns", "accept");
            case "+ipv6", "ipv6cp-accept-local" -> draft.on(line, "ipv6");
            case "ipv6" -> {
                value();
                draft.on(line, "ipv6");
            }
            case "ifname" -> draft.set(line, "interface", value());
            case "persist" -> draft.on(line, "reconnect");
            case "maxfail" -> draft.number(line, "max-tries", value());
            case "idle" -> draft.number(line, "idle", value());
            case "maxconnect" -> draft.number(line, "max-time", value());
            default -> encryption(option, line);
        }
    }

    private void encryption(String option, int line) {
        switch (option) {
            case "require-mppe", "+mppe" -> draft.encryption(line, "128,40");
            case "require-mppe-128", "+mppe-128" -> draft.encryption(line, "128");
            case "require-mppe-40", "+mppe-40" -> draft.encryption(line, "40");
            case "nomppe", "-mppe" -> draft.encryption(line, "none");
            case "noccp" -> noCcp = line;
            case "nomppe-40", "-mppe-40" -> without(line, "40");
            case "nomppe-128", "-mppe-128" -> without(line, "128");
            case "mppe-stateful" -> draft.stateful(line);
            case "mppe" -> oldStyle(line, Arrays.asList(value().split(",", -1)));
            default -> rest(option, line);
        }
    }

    /** Without CCP, which settles encryption, pppd has no tunnel where that is required, and one in clear where it is not. */
    private void settleNoCcp() {
        if (noCcp > 0 && draft.requiresEncryption()) {
            draft.forbidden(noCcp, "'noccp'");
        } else if (noCcp > 0) {
            draft.encryption(noCcp, "none");
        }
    }

    private void without(int line, String bits) {
        String before = draft.value("mppe").orElse("128,40");
        String after = String.join(
                ",",
                Arrays.stream(before.split(",", -1))
                        .filter(each -> !each.equals(bits))
                        .toList());
        draft.narrow(line, after.isEmpty() ? "none" : after);
    }

    /** As patched pppds of before 2.4.2 have it: {@code mppe required,stateless,no40,no56}. */
    private void oldStyle(int line, List<String> parts) {
        List<String> bits = List.of("128", "56", "40").stream()
                .filter(each -> !parts.contains("no" + each))
                .toList();
        boolean required = parts.contains("required");
        if (bits.isEmpty() && required) {
            draft.encryption(line, "128");
            draft.forbidden(line, "'mppe' without any length of keys");
        } else if (bits.isEmpty()) {
            draft.encryption(line, "none");
        } else {
            draft.encryption(line, String.join(",", bits) + (required ? "" : ",none"));
        }
        if (!parts.contains("stateless")) {
            draft.stateful(line);
        }
    }

    private void rest(String option, int line) {
        switch (PppdOption.of(option)) {
            case NEEDLESS -> {}
            case NEEDLESS_WITH_VALUE -> value();
            case WITHOUT_LIKE_WITH_VALUE -> {
                value();
                draft.without(line, option);
            }
            case WITHOUT_LIKE -> draft.without(line, option);
            case UNKNOWN -> draft.unknown(line, option);
        }
    }

    /** {@code pty "pptp vpn.example.com --nolaunchpppd"}. */
    private void pty(int line, String command) {
        List<String> arguments =
                Words.of(command).stream().map(Words.Word::text).toList();
        if (arguments.isEmpty() || !arguments.get(0).matches("(.*/)?pptp")) {
            draft.note(line, "'pty' runs another program than pptp, and is left out.");
            return;
        }
        boolean isValue = false;
        for (String argument : arguments.subList(1, arguments.size())) {
            if (isValue) {
                isValue = false;
            } else if (argument.startsWith("--")) {
                isValue = pptpOption(line, argument);
            } else if (draft.value("server").isEmpty()) {
                draft.set(line, "server", argument);
            } else {
                draft.unknown(line, argument);
            }
        }
    }

    /** Whether a value follows. */
    private boolean pptpOption(int line, String option) {
        return switch (option.replaceFirst("=.*", "")) {
            case "--nolaunchpppd", "--sync", "--nobuffer", "--nohostroute", "--debug", "--test-type" -> false;
            case "--loglevel", "--logstring", "--timeout", "--idle-wait", "--max-echo-wait", "--missing-window" ->
                !option.contains("=");
            case "--phone", "--localbind", "--rtmark", "--quirks" -> {
                draft.without(line, option.replaceFirst("=.*", ""));
                yield !option.contains("=");
            }
            default -> {
                draft.unknown(line, option.replaceFirst("=.*", ""));
                yield false;
            }
        };
    }

    private void plugin(int line, String library) {
        if (!library.matches("(.*/)?pptp\\.so")) {
            draft.note(line, "a plugin other than pptp.so has no counterpart, and is left out.");
        }
    }

    private void include(String option, int line, int depth) {
        String named = value();
        if (filesLeft > 0) {
            filesLeft--;
            String path = option.equals("call") ? "/etc/ppp/peers/" + named : named;
            String text = depth == DEPTH ? null : files.apply(path);
            if (text == null) {
                draft.note(line, "the file that '" + option + "' names cannot be read; its options are left out.");
                return;
            }
            charactersLeft -= text.length();
            if (charactersLeft >= 0) {
                read(text, depth + 1, line);
                return;
            }
            filesLeft = 0;
        }
        if (!filesTold) {
            filesTold = true;
            draft.note(line, "it includes more files than any that is meant; the rest are left out.");
        }
    }

    private void settle(@Nullable String secrets) {
        settleNoCcp();
        String known = user == null ? name : user;
        if (known != null) {
            draft.set(0, "user", known);
        } else {
            draft.note(0, "no user is named; add 'user = NAME'.");
        }
        Optional<String> secret =
                secrets == null || known == null ? Optional.empty() : Secrets.find(secrets, known, remoteName);
        if (password != null) {
            draft.set(passwordLine, "password", password);
        } else if (secret.isPresent()) {
            draft.set(0, "password", secret.get());
        } else if (secrets != null) {
            draft.note(0, "the file of secrets has none for this user and server.");
        }
        if (!echoes
                && draft.value("echo-failures").isPresent()
                && draft.value("echo-interval").isPresent()) {
            draft.remove("echo-failures");
        }
    }
}
