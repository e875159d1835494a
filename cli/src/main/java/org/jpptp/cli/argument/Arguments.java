package org.jpptp.cli.argument;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

/** How arguments are put together. */
public final class Arguments {
    private Arguments() {}

    /** A group of them, which a command takes as a whole. */
    public static CommandSpec of(Argument... arguments) {
        CommandSpec spec = specification(null);
        add(spec, arguments);
        return spec;
    }

    /** @param command what is run with it; null for nothing */
    static CommandSpec specification(@Nullable Callable<Integer> command) {
        return CommandSpec.wrapWithoutInspection(command, Lists.LISTS);
    }

    /** Adds them in this order. */
    public static void add(CommandSpec spec, Argument... arguments) {
        for (Argument argument : arguments) {
            spec.add(argument.spec());
        }
    }

    /** What parses them. */
    public static CommandLine line(CommandSpec spec) {
        return new CommandLine(spec, Lists.LISTS);
    }

    /**
     * Makes what values are gathered in, and nothing else is to be made. The factory of picocli's own looks for a class of Groovy's,
     * and the program's file is opened for that.
     */
    private static final class Lists implements IFactory {
        private static final Lists LISTS = new Lists();

        @Override
        public <K> K create(Class<K> type) {
            return type.cast(new ArrayList<String>());
        }
    }
}
