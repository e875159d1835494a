package org.jpptp.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Operand;
import org.jpptp.cli.argument.Switch;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.SocketClient;
import org.jpptp.cli.socket.SocketPlace.Found;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.StatusJson;
import org.jpptp.cli.view.StatusView;
import org.jpptp.cli.view.Streams;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp status}: how tunnels are doing. */
final class StatusCommand extends Command {
    private static final int DEAD = 1;
    private static final int NOT_UP = 3;
    private static final int UNKNOWN = 4;
    private static final Duration ANSWER = Duration.ofSeconds(5);
    /** What a rate is measured over. */
    private static final long GLANCE_MILLIS = 200;

    private static final long WATCH_MILLIS = 1000;
    private static final int STANDARD_OUTPUT = 1;

    private final TunnelRunner runner;
    private final Streams streams;
    private final Map<TunnelName, SocketClient> clients = new LinkedHashMap<>();

    private final Operand name = Operand.optional("NAME", "A profile's name, an interface's or a server's.");

    private final Flag json = new Flag("--json", "One JSON object a tunnel and line (docs/status-json.md).");

    private final Flag watch = new Flag("--watch", "Go on, once a second, until Ctrl-C, or until nobody reads it.");

    private final Switch color = new Switch("--color", "Colors, or none.");

    StatusCommand(TunnelRunner runner, Streams streams) {
        this.runner = runner;
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String given = name.value();
        TunnelName one = given == null ? null : TunnelName.parse(given);
        Running running = new Running(runner);
        StatusScreen screen = new StatusScreen(
                streams,
                new StatusView(streams.outStyle(color.value()), ZoneId.systemDefault()),
                json.isSet(),
                watch.isSet());
        try {
            one = meant(running, one);
            List<JsonObject> first = look(running, one);
            boolean passes = first.stream().anyMatch(tunnel -> tunnel.has("interface"));
            List<JsonObject> tunnels = first;
            if (passes && !watch.isSet()) {
                Thread.sleep(GLANCE_MILLIS);
                tunnels = look(running, one);
            }
            screen.show(tunnels);
            while (watch.isSet() && !screen.isLost(() -> runner.isRead(STANDARD_OUTPUT))) {
                Thread.sleep(WATCH_MILLIS);
                one = meant(running, one);
                tunnels = look(running, one);
                screen.show(tunnels);
            }
            int code = exitCode(tunnels);
            return code == ExitCodes.SUCCESS && streams.lost().isPresent() ? UNKNOWN : code;
        } catch (Running.NoAnswer e) {
            new Messages(streams.err(), streams.errStyle(color.value())).withoutNumber(e.failure());
            return UNKNOWN;
        } finally {
            for (SocketClient client : clients.values()) {
                client.close();
            }
        }
    }

    /** By its name from then on, so that it is seen to be down, too. */
    private @Nullable TunnelName meant(Running running, @Nullable TunnelName one) throws Running.NoAnswer {
        return one == null ? null : NamedTunnel.of(one, running, streams.environment());
    }

    private List<JsonObject> look(Running running, @Nullable TunnelName one) throws Running.NoAnswer, IOException {
        List<JsonObject> documents = new ArrayList<>();
        for (TunnelName tunnel : one == null ? running.names() : List.of(one)) {
            Optional<JsonObject> document = ask(running, tunnel);
            Found found = document.isPresent() ? Found.ALIVE : running.look(tunnel);
            if (document.isPresent() || one != null || found == Found.DEAD) {
                documents.add(document.orElseGet(
                        () -> StatusJson.without(tunnel.text(), found == Found.DEAD ? "dead" : "down")));
            }
        }
        return documents;
    }

    /** Where the tunnel of the time before has ended, another may have the name. */
    private Optional<JsonObject> ask(Running running, TunnelName tunnel) throws Running.NoAnswer, IOException {
        boolean asked = clients.containsKey(tunnel);
        Optional<JsonObject> answer = askOnce(running, tunnel);
        return answer.isEmpty() && asked ? askOnce(running, tunnel) : answer;
    }

    /** Over the connection of the time before, so that the tunnel knows what passed since. */
    private Optional<JsonObject> askOnce(Running running, TunnelName tunnel) throws Running.NoAnswer, IOException {
        SocketClient client = clients.get(tunnel);
        if (client == null) {
            Optional<SocketClient> connected = running.connect(tunnel);
            if (connected.isEmpty()) {
                return Optional.empty();
            }
            client = connected.get();
            clients.put(tunnel, client);
        }
        Optional<JsonObject> answer = running.ask(tunnel, client, "status", ANSWER);
        if (answer.isEmpty()) {
            client.close();
            clients.remove(tunnel);
        }
        return answer;
    }

    private static int exitCode(List<JsonObject> tunnels) {
        if (tunnels.stream().anyMatch(tunnel -> tunnel.text("state", "").equals("dead"))) {
            return DEAD;
        }
        boolean up = !tunnels.isEmpty()
                && tunnels.stream().allMatch(tunnel -> tunnel.text("state", "").equals("up"));
        return up ? ExitCodes.SUCCESS : NOT_UP;
    }

    @Override
    CommandSpec describe() {
        return Described.command("status", this, "Tell how the tunnel NAME is doing, or all tunnels of this user.")
                .exitCodes(Endings.of("It is up; without NAME, all that run are.")
                        .with(DEAD, "It is dead, and not cleared away; or a defect of jpptp.")
                        .with(NOT_UP, "It is not up.")
                        .with(UNKNOWN, "That is not known, or cannot be written."))
                .footer("The exit codes are those of the Linux Standard Base.")
                .with(name, json, watch, color)
                .spec();
    }
}
