package org.jpptp.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.background.SharedTunnel;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.profile.Launch;
import org.jpptp.cli.socket.SocketClient;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.view.StatusJson;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.Failure;

/** The tunnel that has the name already, if there is one, seen by who wants to start one of this name. */
final class PresentTunnel {
    /** What a tunnel on a busy machine takes to answer. */
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final Running running;
    private final TunnelName name;
    private final Launch launch;
    private final ConnectOptions.Checked checked;
    /** Nobody's number as long as there is none to be ended. */
    private long process;

    PresentTunnel(Running running, TunnelName name, Launch launch, ConnectOptions.Checked checked) {
        this.running = running;
        this.name = name;
        this.launch = launch;
        this.checked = checked;
    }

    /** It is waited for like one of ours. Empty where it has ended, so that there is room for another. */
    Optional<Integer> join(StartView view) throws Running.NoAnswer, IOException {
        Optional<SocketClient> connected = running.connect(name);
        if (connected.isEmpty()) {
            return Optional.empty();
        }
        try (SocketClient client = connected.get()) {
            JsonObject before = running.ask(name, client, "status", ANSWER).orElse(JsonObject.EMPTY);
            String state = before.text("state", "");
            if (state.isEmpty()) {
                return Optional.empty();
            }
            if (state.equals("ending") || state.equals("down")) {
                running.end(name, client.greeting().number("pid")); // which does no more than wait
                return Optional.empty();
            }
            Optional<Failure> other = otherwise(before, client.greeting());
            if (other.isPresent()) {
                return Optional.of(view.failure(other.get()));
            }
            if (state.equals("up")) {
                view.up(TunnelText.upAlready(name.text(), before), before, left(before));
                return Optional.of(ExitCodes.SUCCESS);
            }
            return await(client, view);
        }
    }

    private Optional<Integer> await(SocketClient client, StartView view) throws Running.NoAnswer {
        Optional<JsonObject> answer =
                running.ask(name, client, "up", checked.timing().comingUp());
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        if (answer.get().has("state")) {
            view.up(TunnelText.up(name.text()), answer.get(), left(answer.get()));
            return Optional.of(ExitCodes.SUCCESS);
        }
        // Without one it was up meanwhile, and its user has ended it.
        return Optional.ofNullable(StatusJson.failure(answer.get())).map(view::failure);
    }

    /**
     * Looks which process {@link #end} ends; and why it may not: it is another tunnel that only has the same name. One that has
     * begun since the user wanted that is not ended any more: another has done so.
     *
     * @param wanted by {@link org.jpptp.cli.background.Uptime}
     */
    Optional<Failure> toReplace(long wanted) throws Running.NoAnswer, IOException {
        Optional<SocketClient> connected = running.connect(name);
        if (connected.isEmpty()) {
            return Optional.empty();
        }
        try (SocketClient client = connected.get()) {
            if (SharedTunnel.hasBegunSince(wanted, client.greeting())) {
                return Optional.empty();
            }
            process = client.greeting().number("pid");
            if (isOfSameProfile(client.greeting())) {
                return Optional.empty();
            }
            return running.ask(name, client, "status", ANSWER)
                    .flatMap(document -> Difference.ofPeer(document, checked))
                    .map(difference -> TunnelText.another(name.text(), difference));
        }
    }

    /** Ends what was there to be replaced. What another start has put there since is left alone. */
    void end() throws Running.NoAnswer {
        running.end(name, process);
    }

    private Optional<String> left(JsonObject document) {
        List<String> options = Difference.ofRest(document, launch.besides());
        return options.isEmpty() ? Optional.empty() : Optional.of(TunnelText.notApplied(name.text(), options));
    }

    private Optional<Failure> otherwise(JsonObject document, JsonObject greeting) {
        Optional<String> peer = Difference.ofPeer(document, checked);
        if (peer.isPresent() && !isOfSameProfile(greeting)) {
            return Optional.of(TunnelText.another(name.text(), peer.get()));
        }
        return peer.or(() -> Difference.ofSettings(document, checked))
                .map(difference -> TunnelText.otherwise(name.text(), difference));
    }

    /** Whatever that says by now. */
    private boolean isOfSameProfile(JsonObject greeting) {
        return greeting.has("profile") && launch.place().equals(Optional.ofNullable(greeting.text("profile")));
    }
}
