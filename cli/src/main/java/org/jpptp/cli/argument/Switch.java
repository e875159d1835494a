package org.jpptp.cli.argument;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** An option without a value that says yes, or, with {@code no-} before its name, no, such as {@code --no-color}. */
public final class Switch implements Argument {
    private final OptionSpec spec;

    public Switch(String name, String description) {
        this.spec = OptionSpec.builder(name)
                .type(Boolean.class)
                .converters(Flag.ON_OR_OFF)
                .negatable(true)
                .description(description)
                .build();
    }

    /** Null where it says neither. */
    public @Nullable Boolean value() {
        return spec.getValue();
    }

    @Override
    public OptionSpec spec() {
        return spec;
    }
}
