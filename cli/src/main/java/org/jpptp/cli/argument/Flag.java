package org.jpptp.cli.argument;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** An option without a value, such as {@code --ipv6}; {@code --ipv6=off} takes back what a profile says. */
public final class Flag implements Argument {
    /** What comes behind such an option, if anything does. */
    static final OnOrOff ON_OR_OFF = new OnOrOff();

    private final OptionSpec spec;

    public Flag(String name, String description) {
        this(OptionSpec.builder(name), description);
    }

    /** With a short name, such as {@code -q}. */
    public Flag(String letter, String name, String description) {
        this(OptionSpec.builder(letter, name), description);
    }

    private Flag(OptionSpec.Builder builder, String description) {
        this.spec = builder.type(boolean.class)
                .converters(ON_OR_OFF)
                .initialValue(false)
                .description(description)
                .build();
    }

    public boolean isSet() {
        return Boolean.TRUE.equals(spec.getValue());
    }

    @Override
    public OptionSpec spec() {
        return spec;
    }

    private static final class OnOrOff implements ITypeConverter<Boolean> {
        @Override
        public Boolean convert(String value) {
            return switch (value) {
                case "on", "true" -> Boolean.TRUE;
                case "off", "false" -> Boolean.FALSE;
                default -> throw new TypeConversionException("it takes on or off");
            };
        }
    }
}
