package org.jpptp.cli.imports;

import java.text.Normalizer;
import java.util.Set;

/** Names of profiles, out of what people call their connections. */
public final class Names {
    private static final int LONGEST = 32;

    private Names() {}

    /** What is left of a title that a profile can be called, such as {@code Buro-VPN}; one that is not taken. */
    public static String of(String title, Set<String> taken) {
        String plain = Normalizer.normalize(title, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^A-Za-z0-9_]+", "-")
                .replaceAll("^[-_]+|-+$", "");
        String first = plain.isEmpty() ? "imported" : plain.substring(0, Math.min(plain.length(), LONGEST));
        String name = first;
        for (int i = 2; taken.contains(name); i++) {
            String end = "-" + i;
            name = first.substring(0, Math.min(first.length(), LONGEST - end.length())) + end;
        }
        return name;
    }
}
