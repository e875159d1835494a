package org.jpptp.cli.command;

import java.io.IOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Operand;
import org.jpptp.cli.argument.Operands;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.SocketClient;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.GivenProgram;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.Cidr;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.ProxyDiagnosis;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp exec}: runs a program in a tunnel that is behind a proxy. */
final class ExecCommand extends Command {
    /** As programs that run others have it, such as env(1). */
    private static final int NOT_BEGUN = 125;

    private static final int NOT_RUNNABLE = 126;
    private static final int ABSENT = 127;
    /** Where the shell that runs the program looks, as far as this one knows. */
    private static final String PATH = "PATH";

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final String END_OF_OPTIONS = "--";

    private final TunnelRunner runner;
    private final Streams streams;

    private final Operand name =
            Operand.required("NAME", "A name that 'jpptp status' shows, or the interface of a tunnel that runs.");

    private final Operands command = Operands.rest("CMD", "The program and its arguments, behind --.");

    ExecCommand(TunnelRunner runner, Streams streams) {
        this.runner = runner;
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        streams.goOnWithoutOut();
        List<String> given = command.values();
        boolean marked = !given.isEmpty() && given.get(0).equals(END_OF_OPTIONS);
        List<String> words = marked ? given.subList(1, given.size()) : given;
        if (words.isEmpty()) {
            throw new UsageException("There is no program to run behind '" + name.text() + "'.");
        }
        try {
            Running running = new Running(runner);
            TunnelName tunnel = NamedTunnel.of(TunnelName.parse(name.text()), running, streams.environment());
            JsonObject proxy = status(running, tunnel).object("proxy");
            return proxy.has("pid") ? enter(proxy, words) : refuse(TunnelText.noProxy(tunnel.text()));
        } catch (Running.NoAnswer e) {
            return refuse(e.failure());
        }
    }

    /** The shell that becomes the program would tell in words of its own that it cannot. */
    private int enter(JsonObject proxy, List<String> words) {
        String path = streams.environment().get(PATH);
        GivenProgram.Found found = path == null && words.get(0).indexOf('/') < 0
                ? GivenProgram.Found.RUNNABLE // a shell has a PATH of its own then
                : GivenProgram.find(words.get(0), path == null ? "" : path);
        return switch (found) {
            case RUNNABLE -> refuse(runner.enter(proxy.number("pid"), resolvers(proxy), words));
            case NOT_RUNNABLE -> {
                messages().note(ProxyDiagnosis.notRunnable(words.get(0)));
                yield NOT_RUNNABLE;
            }
            case ABSENT -> {
                messages().note(ProxyDiagnosis.noProgram(words.get(0)));
                yield ABSENT;
            }
        };
    }

    private static JsonObject status(Running running, TunnelName tunnel) throws Running.NoAnswer, IOException {
        Optional<SocketClient> connected = running.connect(tunnel);
        if (connected.isEmpty()) {
            return JsonObject.EMPTY;
        }
        try (SocketClient client = connected.get()) {
            return running.ask(tunnel, client, "status", ANSWER).orElse(JsonObject.EMPTY);
        }
    }

    private static List<Inet4Address> resolvers(JsonObject proxy) {
        return proxy.texts("dns").stream()
                .flatMap(text -> Cidr.parse(text).stream())
                .map(Cidr::address)
                .toList();
    }

    private int refuse(Failure why) {
        messages().withoutNumber(why);
        return NOT_BEGUN;
    }

    private Messages messages() {
        return new Messages(streams.err(), streams.errStyle(null));
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "exec",
                        this,
                        "Run CMD in the tunnel NAME, which was started with --proxy: it has no other network, and finds no"
                                + " other name servers. It takes the place of this program, as this user.")
                .exitCodes(Endings.of("CMD ended with it, as with any other code.")
                        .with(NOT_BEGUN, "The tunnel, or this machine, does not let CMD begin.")
                        .with(NOT_RUNNABLE, "CMD is no program.")
                        .with(ABSENT, "There is no CMD."))
                .with(name, command)
                .spec();
    }
}
