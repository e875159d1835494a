package org.jpptp.cli.command;

import java.io.IOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.SocketClient;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.Cidr;
import org.jpptp.client.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jpptp exec}: runs a program in a tunnel that is behind a proxy. */
@Command(
        name = "exec",
        description =
                "Run CMD in the tunnel NAME, which was started with --proxy: it has no other network, and finds no"
                        + " other name servers. It takes the place of this program, as this user.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footerHeading = "%n",
        footer =
                "Exit codes: that of CMD; 125 where the tunnel, or this machine, does not let it begin; 127 where there is"
                        + " no CMD.")
final class ExecCommand implements Callable<Integer> {
    /** As programs that run others have it, such as env(1). */
    private static final int NOT_BEGUN = 125;

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final String END_OF_OPTIONS = "--";

    private final TunnelRunner runner;
    private final Streams streams;

    @Parameters(index = "0", paramLabel = "NAME", description = "A name that 'jpptp status' shows.")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "CMD",
            description = "The program and its arguments, behind --.")
    private List<String> command = List.of();

    ExecCommand(TunnelRunner runner, Streams streams) {
        this.runner = runner;
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        streams.goOnWithoutOut();
        boolean marked = !command.isEmpty() && command.get(0).equals(END_OF_OPTIONS);
        List<String> words = marked ? command.subList(1, command.size()) : command;
        if (words.isEmpty()) {
            throw new UsageException("There is no program to run behind '" + name + "'.");
        }
        try {
            JsonObject proxy = status(TunnelName.parse(name)).object("proxy");
            return refuse(
                    proxy.has("pid")
                            ? runner.enter(proxy.number("pid"), resolvers(proxy), words)
                            : TunnelText.noProxy(name));
        } catch (Running.NoAnswer e) {
            return refuse(e.failure());
        }
    }

    private JsonObject status(TunnelName tunnel) throws Running.NoAnswer, IOException {
        Running running = new Running(runner);
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
}
