package org.jpptp.cli.argument;

import picocli.CommandLine.Model.ArgSpec;

/** Something that a command line may have. */
public sealed interface Argument permits Count, Flag, Operand, Operands, Switch, Text, Texts {
    /** What parses it, and keeps what was given. */
    ArgSpec spec();
}
