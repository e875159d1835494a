package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs command lines in this JVM, with a tunnel that is up at once and ended by its user. */
public final class CommandLineRunner {
    private static final CommandLine ALL = ManPages.theCommands();

    /** What a command line came to. */
    public record Result(int exitCode, String out, String err) {}

    /** What tunnels were asked for. */
    public final List<ClientConfig> started = new ArrayList<>();

    /** Who answers questions for them. */
    final List<Optional<SecretSource>> secrets = new ArrayList<>();

    public final Map<String, String> environment = new HashMap<>(Map.of("JPPTP_PASSWORD", "secret"));

    /** Is shown each as long as its password is there. */
    public Consumer<ClientConfig> seen = config -> {};

    /** Why there is no tunnel, null where there is one. */
    public @Nullable Failure failure;

    /** Whether the listener is told that the tunnel is up. */
    public boolean up;

    /** What becomes of what is written to standard output. */
    enum Output {
        KEPT,
        /** As of /dev/full. */
        REFUSED,
        /** As of a pipe behind which nobody is. */
        UNREAD
    }

    Output output = Output.KEPT;

    /** Who makes the tunnels. */
    public TunnelRunner runner = this::endedByUser;

    public String input = "";

    public Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream told = new PrintStream(err, true, StandardCharsets.UTF_8);
        Streams streams = new Streams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                Streams.watched(
                        output == Output.KEPT ? out : new Lost(output),
                        () -> output == Output.UNREAD,
                        told,
                        StandardCharsets.UTF_8),
                told,
                StandardCharsets.UTF_8,
                Streams.Watcher.NOBODY,
                Streams.Watcher.NOBODY,
                environment);
        int code = new Cli(CommandLineRunner.class, runner, streams, new Foreground(streams)).run(arguments);
        checkListed(code, arguments);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Every command, also those below another, but none that only has others. */
    static Stream<CommandLine> all() {
        return ALL.getSubcommands().values().stream()
                .flatMap(command -> command.getSubcommands().isEmpty()
                        ? Stream.of(command)
                        : command.getSubcommands().values().stream());
    }

    /** Whatever a test is about: the help of the command lists the exit code that it came to. */
    private static void checkListed(int code, String... arguments) {
        CommandLine command = ALL;
        for (String word : arguments) {
            command = command.getSubcommands().getOrDefault(word, command);
        }
        if (command.getCommand() instanceof Command) {
            assertThat(command.getCommandSpec().usageMessage().exitCodeList())
                    .as(command.getCommandName())
                    .containsKey(Integer.toString(code));
        }
    }

    private static final class Lost extends OutputStream {
        private final Output output;

        Lost(Output output) {
            this.output = output;
        }

        @Override
        public void write(int octet) throws IOException {
            throw new IOException(output == Output.UNREAD ? "Broken pipe" : "No space left on device");
        }
    }

    private TunnelRunner.Tunnel endedByUser(
            ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets) {
        started.add(config);
        seen.accept(config);
        this.secrets.add(Optional.ofNullable(secrets));
        if (failure != null) {
            return ending(listener, TunnelEvent.Ended.neverUp(failure));
        }
        if (up) {
            listener.event(new TunnelEvent.TunnelUp("pptp0", null, 1400, List.of(), Duration.ZERO, 0));
        }
        return ending(listener, TunnelEvent.Ended.afterUp(null, TunnelStatus.Traffic.NONE, Duration.ZERO));
    }

    /** A tunnel that ends at once. */
    static TunnelRunner.Tunnel ending(TunnelListener listener, TunnelEvent.Ended ended) {
        return new TunnelRunner.Tunnel() {
            @Override
            public TunnelEvent.Ended run() {
                listener.event(ended);
                return ended;
            }

            @Override
            public void disconnect() {}

            @Override
            public void tellStatistics() {}
        };
    }
}
