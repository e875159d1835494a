package org.jpptp.cli.argument;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** An option with a value that may be repeated, such as {@code --route CIDR}. */
public final class Texts implements Argument {
    private final OptionSpec spec;

    /** @param label what the help calls each value */
    public Texts(String name, String label, String description) {
        this.spec = OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** In the order in which they were given. */
    public List<String> values() {
        @Nullable List<String> given = spec.getValue();
        return given == null ? List.of() : given;
    }

    @Override
    public OptionSpec spec() {
        return spec;
    }
}
