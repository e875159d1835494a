package org.jpptp.cli.usage;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options without a value, such as {@code --ipv6}; {@code --ipv6=off} takes back what a profile says. */
public final class Flags implements ITypeConverter<Boolean> {
    /**
     * What comes behind the option, if anything does.
     *
     * @throws TypeConversionException for what is neither on nor off
     */
    @Override
    public Boolean convert(String value) {
        return switch (value) {
            case "on", "true" -> Boolean.TRUE;
            case "off", "false" -> Boolean.FALSE;
            default -> throw new TypeConversionException("it takes on or off");
        };
    }
}
