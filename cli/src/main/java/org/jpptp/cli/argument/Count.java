package org.jpptp.cli.argument;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** An option without a value that says the more the more often it is given, such as {@code -vv}. */
public final class Count implements Argument {
    private final OptionSpec spec;

    public Count(String letter, String name, String description) {
        this.spec = OptionSpec.builder(letter, name)
                .type(boolean[].class)
                .arity("0")
                .converters(Flag.ON_OR_OFF)
                .description(description)
                .build();
    }

    /** How often it was given. */
    public int times() {
        boolean @Nullable [] given = spec.getValue();
        return given == null ? 0 : given.length;
    }

    @Override
    public OptionSpec spec() {
        return spec;
    }
}
