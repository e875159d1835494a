package org.jpptp.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** A command, which returns its exit code. */
abstract class Command implements Callable<Integer> {
    private @Nullable CommandSpec spec;

    /** What it is called and takes, and what the help tells of it. */
    abstract CommandSpec describe();

    /** The same, put together at the first call. */
    final CommandSpec spec() {
        CommandSpec known = spec;
        if (known == null) {
            known = describe();
            spec = known;
        }
        return known;
    }
}
