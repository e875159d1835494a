package org.jpptp.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a failure: advice, in which settings are named as values. Whoever shows it says a setting as its user
 * knows it.
 *
 * @param parts in the order in which they are read; none where nothing can be advised
 */
public record Remedy(List<Part> parts) {
    /** Nothing can be advised. */
    public static final Remedy NONE = new Remedy(List.of());

    /** A part of the advice. */
    public sealed interface Part {
        /** Words that are the same whoever reads them. */
        record Words(String text) implements Part {}

        /**
         * A setting that would help.
         *
         * @param value the value that would, null where the user has to choose one or where the setting has none
         */
        record Set(Setting setting, @Nullable String value) implements Part {}

        /** A value that would help beside those that a setting has. */
        record Add(Setting setting, String value) implements Part {}
    }

    public Remedy {
        parts = List.copyOf(parts);
    }

    /** Advice that begins with words. */
    public static Remedy of(String text) {
        return text.isEmpty() ? NONE : NONE.say(text);
    }

    /** More words; the spaces around them are theirs. */
    public Remedy say(String text) {
        return and(new Part.Words(text));
    }

    /** A setting with the value that would help. */
    public Remedy set(Setting setting, String value) {
        return and(new Part.Set(setting, value));
    }

    /** A setting without a value, or with one that the user has to choose. */
    public Remedy set(Setting setting) {
        return and(new Part.Set(setting, null));
    }

    /** One more value of a setting. */
    public Remedy add(Setting setting, String value) {
        return and(new Part.Add(setting, value));
    }

    /** What another remedy says. */
    public Remedy with(Remedy other) {
        List<Part> more = new ArrayList<>(parts);
        more.addAll(other.parts);
        return new Remedy(more);
    }

    private Remedy and(Part part) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new Remedy(more);
    }

    /** Whether nothing can be advised. */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** For traces, where a setting reads {@code MPPE=none}. */
    @Override
    public String toString() {
        return parts.stream().map(Remedy::text).collect(Collectors.joining());
    }

    private static String text(Part part) {
        if (part instanceof Part.Words words) {
            return words.text();
        }
        if (part instanceof Part.Add add) {
            return add.setting() + "+=" + add.value();
        }
        Part.Set set = (Part.Set) part;
        return set.value() == null ? set.setting().toString() : set.setting() + "=" + set.value();
    }
}
