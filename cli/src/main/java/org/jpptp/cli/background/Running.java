package org.jpptp.cli.background;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.jpptp.cli.file.SystemReason;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.SocketClient;
import org.jpptp.cli.socket.SocketPlace;
import org.jpptp.cli.socket.SocketPlace.Found;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.Failure;
import org.jpptp.client.net.HostLog;

/** The running tunnels of this user, asked over their sockets. */
public final class Running {
    /** A connection ends within five seconds, and programs of the user's have fourteen; the machine may be busy. */
    private static final Duration ENDING = Duration.ofSeconds(35);

    /** What a tunnel on a busy machine takes to say how it is doing. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final TunnelRunner runner;
    private final SocketPlace place;
    /** Where others run tunnels, such as those of services; what is dead there is theirs to clear away. */
    private final List<SocketPlace> others;

    public Running(TunnelRunner runner) {
        this.runner = runner;
        this.place = new SocketPlace(runner.sockets().orElse(Path.of("/nonexistent")));
        this.others = runner.otherSockets().stream().map(SocketPlace::new).toList();
    }

    /** A tunnel does not do what it was asked for. */
    public static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Failure failure;

        NoAnswer(Failure failure) {
            super(failure.sentence());
            this.failure = failure;
        }

        public Failure failure() {
            return failure;
        }
    }

    /** All names, those of the dead among them. */
    public List<TunnelName> names() throws NoAnswer {
        try {
            TreeSet<TunnelName> names = new TreeSet<>(Comparator.comparing(TunnelName::text));
            names.addAll(place.names());
            for (SocketPlace other : others) {
                try {
                    names.addAll(other.names());
                } catch (AccessDeniedException e) {
                    // Root without the right to look: those of others are none of its own.
                }
            }
            return List.copyOf(names);
        } catch (IOException e) {
            throw noAnswer("", e);
        }
    }

    public Found look(TunnelName name) throws NoAnswer {
        try {
            Found found = place.look(name);
            return found == Found.NOTHING && placeOf(name) != place ? Found.ALIVE : found;
        } catch (IOException e) {
            throw noAnswer(name.text(), e);
        }
    }

    /** Where a tunnel of the name is alive; our own place for none. */
    private SocketPlace placeOf(TunnelName name) throws IOException {
        if (place.look(name) == Found.NOTHING) {
            for (SocketPlace other : others) {
                try {
                    if (other.look(name) == Found.ALIVE) {
                        return other;
                    }
                } catch (AccessDeniedException e) {
                    // The same; whoever starts a tunnel of this name has another.
                }
            }
        }
        return place;
    }

    /**
     * The tunnel that has an interface of this name; empty for none.
     *
     * @throws UsageException where there are several, as in network namespaces
     */
    public Optional<TunnelName> ofInterface(String device) throws NoAnswer {
        List<TunnelName> found = new ArrayList<>();
        for (TunnelName name : names()) {
            if (interfaceOf(name).equals(device)) {
                found.add(name);
            }
        }
        if (found.size() > 1) {
            throw new UsageException(TunnelText.interfaceOfSeveral(
                    device, found.stream().map(TunnelName::text).toList()));
        }
        return found.stream().findFirst();
    }

    /** Empty where it has none, or tells none. */
    private String interfaceOf(TunnelName name) {
        try (SocketClient client = connect(name).orElse(null)) {
            return client == null
                    ? ""
                    : ask(name, client, "status", ANSWER)
                            .map(document -> document.object("interface").text("name", ""))
                            .orElse("");
        } catch (NoAnswer | IOException e) {
            return ""; // it is told of by whoever asks for it by its name
        }
    }

    /** A connection to a tunnel; empty where its process is dead or there is none. */
    public Optional<SocketClient> connect(TunnelName name) throws NoAnswer {
        if (look(name) != Found.ALIVE) {
            return Optional.empty();
        }
        try {
            return Optional.of(SocketClient.connect(placeOf(name).file(name)));
        } catch (ConnectException | NoSuchFileException | EOFException e) {
            return Optional.empty(); // it has ended meanwhile
        } catch (IOException e) {
            throw noAnswer(name.text(), e);
        }
    }

    /** Asks, for so long at most; empty where the tunnel has ended without an answer. */
    public Optional<JsonObject> ask(TunnelName name, SocketClient client, String request, Duration atMost)
            throws NoAnswer {
        try {
            return Optional.of(client.ask(request, atMost));
        } catch (EOFException e) {
            return Optional.empty();
        } catch (SocketTimeoutException e) {
            // Whoever waits for it to be up has only waited long enough.
            throw request.equals("up") ? new NoAnswer(TunnelText.slow(name.text(), atMost)) : noAnswer(name.text(), e);
        } catch (IOException e) {
            throw noAnswer(name.text(), e);
        }
    }

    /**
     * Ends a tunnel, and returns when the host is as before.
     *
     * @return what there was of it before
     */
    public Found end(TunnelName name) throws NoAnswer {
        return end(name, pid -> true);
    }

    /** The same, unless another process has the name by now: that one goes on. */
    public void end(TunnelName name, long process) throws NoAnswer {
        Found unused = end(name, pid -> pid == process);
    }

    private Found end(TunnelName name, LongPredicate which) throws NoAnswer {
        Found found = look(name);
        try {
            if (found == Found.ALIVE) {
                Optional<SocketClient> connected = connect(name);
                if (connected.isPresent()) {
                    try (SocketClient client = connected.get()) {
                        if (which.test(client.greeting().number("pid"))) {
                            Optional<JsonObject> unused = ask(name, client, "down", ENDING);
                        }
                    }
                }
            }
            if (look(name) == Found.DEAD) {
                repair();
                return Found.DEAD;
            }
            return found;
        } catch (IOException e) {
            throw noAnswer(name.text(), e);
        }
    }

    private void repair() {
        repair(new HostLog() {
            @Override
            public void note(String line) {
                // Nobody has asked for the trace.
            }

            @Override
            public void warn(String sentence) {
                // What stays behind is in the journal, and the next start says so.
            }
        });
    }

    /** Undoes what all dead tunnels of this user have left. */
    public void repair(HostLog log) {
        runner.recover(log);
        place.sweep();
    }

    private NoAnswer noAnswer(String name, IOException e) {
        if (e instanceof AccessDeniedException || e instanceof SocketPlace.Closed) {
            return new NoAnswer(TunnelText.notAllowed(((FileSystemException) e).getFile()));
        }
        if (e instanceof SocketClient.Refused) {
            return new NoAnswer(TunnelText.noAnswer(name, String.valueOf(e.getMessage())));
        }
        return new NoAnswer(TunnelText.noAnswer(
                name, e instanceof SocketTimeoutException ? "it takes too long." : SystemReason.of(e) + "."));
    }
}
