package org.jpptp.cli.argument;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Arguments that are no options, as many as there are, such as the FILEs of {@code explain}. */
public final class Operands implements Argument {
    private final PositionalParamSpec spec;

    private Operands(String index, String arity, String label, String description) {
        this.spec = PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .index(index)
                .arity(arity)
                .required(arity.startsWith("1"))
                .paramLabel(label)
                .description(description)
                .build();
    }

    /**
     * At least one.
     *
     * @param label what the help calls each
     */
    public static Operands oneOrMore(String label, String description) {
        return new Operands("0..*", "1..*", label, description);
    }

    /**
     * As many as there are, if any.
     *
     * @param label what the help calls each
     */
    public static Operands any(String label, String description) {
        return new Operands("0..*", "0..*", label, description);
    }

    /**
     * What stands behind the first argument, if anything does.
     *
     * @param label what the help calls each
     */
    public static Operands rest(String label, String description) {
        return new Operands("1..*", "0..*", label, description);
    }

    /** In their order. */
    public List<String> values() {
        @Nullable List<String> given = spec.getValue();
        return given == null ? List.of() : given;
    }

    @Override
    public PositionalParamSpec spec() {
        return spec;
    }
}
