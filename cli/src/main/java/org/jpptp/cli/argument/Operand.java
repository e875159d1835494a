package org.jpptp.cli.argument;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;

/** An argument that is no option, such as the SERVER of {@code connect}. */
public final class Operand implements Argument {
    private final PositionalParamSpec spec;

    private Operand(String arity, String label, String description) {
        this.spec = PositionalParamSpec.builder()
                .type(String.class)
                .arity(arity)
                .required(arity.equals("1"))
                .paramLabel(label)
                .description(description)
                .build();
    }

    /**
     * One that has to be given.
     *
     * @param label what the help calls it
     */
    public static Operand required(String label, String description) {
        return new Operand("1", label, description);
    }

    /**
     * One that may be left out.
     *
     * @param label what the help calls it
     */
    public static Operand optional(String label, String description) {
        return new Operand("0..1", label, description);
    }

    /** Null where it was not given. */
    public @Nullable String value() {
        return spec.getValue();
    }

    /** Of one that has to be given; empty before anything is parsed. */
    public String text() {
        return Objects.requireNonNullElse(value(), "");
    }

    /** Takes the place of what was given. */
    public void set(String value) {
        spec.setValue(value);
    }

    @Override
    public PositionalParamSpec spec() {
        return spec;
    }
}
