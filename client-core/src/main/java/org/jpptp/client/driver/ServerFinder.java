package org.jpptp.client.driver;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.ConnectDiagnosis;
import org.jpptp.client.diagnosis.ConnectDiagnosis.NoAddress;
import org.jpptp.client.host.Host;
import org.jpptp.client.host.TunnelLoop;
import org.jspecify.annotations.Nullable;

/**
 * Finds the IPv4 addresses of a server's name, in bounded time: the system's resolver may take minutes. On one event loop,
 * once.
 */
public final class ServerFinder {
    private static final Duration MOST = Duration.ofSeconds(15);
    /** Where there are addresses to go on with: the resolver may be one that is reached through the tunnel. */
    private static final Duration LESS = Duration.ofSeconds(3);

    private final Host host;
    private final TunnelLoop loop;
    private final String name;
    private final List<Inet4Address> known;
    private final Consumer<List<Inet4Address>> found;
    private final Consumer<Failure> failed;
    private @Nullable Future<?> patience;
    private boolean over;

    /**
     * @param name a name or an address
     * @param known what it had before, which are taken where the resolver knows none; empty the first time
     * @param found is given the addresses, at least one, in the resolver's order
     * @param failed is called when there are none
     */
    public ServerFinder(
            Host host,
            TunnelLoop loop,
            String name,
            List<Inet4Address> known,
            Consumer<List<Inet4Address>> found,
            Consumer<Failure> failed) {
        this.host = host;
        this.loop = loop;
        this.name = name;
        this.known = known;
        this.found = found;
        this.failed = failed;
    }

    /** Asks the resolver. */
    public void begin() {
        patience = loop.schedule(() -> missing(NoAddress.NO_ANSWER), patience().toNanos());
        CompletableFuture<Void> unused = host.resolve(name).handle((all, unknown) -> {
            loop.execute(() -> answered(all));
            return null;
        });
    }

    private Duration patience() {
        return known.isEmpty() ? MOST : LESS;
    }

    /** Waits for no answer any more; nobody is told. */
    public void giveUp() {
        over = true;
        if (patience != null) {
            patience.cancel(false);
        }
    }

    private void answered(@Nullable List<InetAddress> all) {
        if (all == null) {
            missing(NoAddress.UNKNOWN);
            return;
        }
        List<Inet4Address> addresses = new ArrayList<>();
        for (InetAddress address : all) {
            if (address instanceof Inet4Address ipv4) {
                addresses.add(ipv4);
            }
        }
        if (addresses.isEmpty()) {
            missing(NoAddress.IPV6_ONLY);
        } else if (!over) {
            giveUp();
            found.accept(addresses);
        }
    }

    private void missing(NoAddress why) {
        if (over) {
            return;
        }
        giveUp();
        if (!known.isEmpty()) {
            found.accept(known);
        } else {
            failed.accept(ConnectDiagnosis.nameNotFound(name, why, MOST.toSeconds()));
        }
    }
}
