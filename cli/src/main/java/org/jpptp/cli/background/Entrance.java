package org.jpptp.cli.background;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jpptp.cli.file.SystemReason;
import org.jpptp.cli.socket.SocketPlace;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.Failure;

/** Where the tunnels of this process get the names under which others of their user find them. */
public final class Entrance {
    private final Optional<SocketPlace> place;
    private final List<SocketPlace> others;

    /**
     * Where a tunnel is to be.
     *
     * @param directory of the sockets; empty where no tunnel has one
     * @param others where others run tunnels, such as those of services, that this user ends and asks like his own
     */
    public Entrance(Optional<Path> directory, List<Path> others) {
        this.place = directory.map(SocketPlace::new);
        this.others = others.stream().map(SocketPlace::new).toList();
    }

    /**
     * For a tunnel that was given a name: there is one of it at a time.
     *
     * @param profile the file that it comes from; empty for none
     */
    public SharedTunnel named(TunnelName name, Optional<String> profile) throws NotShared {
        if (place.isEmpty()) {
            return SharedTunnel.unshared();
        }
        try {
            return SharedTunnel.under(place.get().claim(name), profile);
        } catch (SocketPlace.NameTaken e) {
            throw new NotShared.Taken(TunnelText.taken(name.text()));
        } catch (IOException e) {
            throw new NotShared(TunnelText.noSocket(place.get().directory(), SystemReason.of(e)));
        }
    }

    /** The same before anything else is done, such as asking for a password. Empty where nobody has the name. */
    public Optional<Failure> taken(TunnelName name) {
        boolean alive = Stream.concat(place.stream(), others.stream()).anyMatch(each -> isAlive(each, name));
        return alive ? Optional.of(TunnelText.taken(name.text())) : Optional.empty();
    }

    private static boolean isAlive(SocketPlace place, TunnelName name) {
        try {
            return place.look(name) == SocketPlace.Found.ALIVE;
        } catch (IOException e) {
            return false; // said when the tunnel gets its name; of others nobody but root knows
        }
    }

    /**
     * For a tunnel that nobody has named: where there is one of the name, it gets a number.
     *
     * @param warn is told why nobody can ask the tunnel, which runs all the same
     */
    public SharedTunnel derived(TunnelName name, Consumer<String> warn) {
        if (place.isEmpty()) {
            return SharedTunnel.unshared();
        }
        try {
            return SharedTunnel.under(place.get().claimFirst(name), Optional.empty());
        } catch (IOException e) {
            warn.accept(TunnelText.unshared(place.get().directory(), SystemReason.of(e)));
            return SharedTunnel.unshared();
        }
    }
}
