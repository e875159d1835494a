package org.jpptp.cli.argument;

import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** An option with a value, such as {@code --mtu OCTETS}. Whoever asks for it answers a bad one with a sentence of his own. */
public final class Text implements Argument {
    private final OptionSpec spec;

    /** @param label what the help calls the value */
    public Text(String name, String label, String description) {
        this(OptionSpec.builder(name), label, description);
    }

    /** With a short name, such as {@code -u}. */
    public Text(String letter, String name, String label, String description) {
        this(OptionSpec.builder(letter, name), label, description);
    }

    private Text(OptionSpec.Builder builder, String label, String description) {
        this.spec = builder.type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    public boolean isGiven() {
        return value() != null;
    }

    /** Null where it was not given. */
    public @Nullable String value() {
        return spec.getValue();
    }

    /** What was given, or this. */
    public String or(String otherwise) {
        String given = value();
        return given == null ? otherwise : given;
    }

    /**
     * What was given as a whole number, or this.
     *
     * @param unit empty for none
     * @throws UsageException for what is no number of this range
     */
    public int number(int min, int max, String unit, int otherwise) {
        String given = value();
        return given == null ? otherwise : Numbers.parse(name(), given, min, max, unit);
    }

    /** The long one, with its dashes, as sentences have it. */
    public String name() {
        return spec.longestName();
    }

    @Override
    public OptionSpec spec() {
        return spec;
    }
}
