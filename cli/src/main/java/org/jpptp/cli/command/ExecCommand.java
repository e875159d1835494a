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
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.Cidr;
import org.jpptp.client.Failure;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp exec}: runs a program in a tunnel that is behind a proxy. */
final class ExecCommand extends Command {
    /** As programs that run others have it, such as env(1). */
    private static final int NOT_BEGUN = 125;

    /** As what it becomes has it where that program is not there. */
    private static final int NO_PROGRAM = 127;

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
            return refuse(
                    proxy.has("pid")
                            ? runner.enter(proxy.number("pid"), resolvers(proxy), words)
                            : TunnelText.noProxy(tunnel.text()));
        } catch (Running.NoAnswer e) {
            return refuse(e.failure());
        }
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
        new Messages(streams.err(), streams.errStyle(null)).withoutNumber(why);
        return NOT_BEGUN;
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
                        .with(NO_PROGRAM, "There is no CMD."))
                .with(name, command)
                .spec();
    }
}
