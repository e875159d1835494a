package org.jpptp.client.driver;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.ConnectDiagnosis;
import org.jpptp.client.diagnosis.ConnectDiagnosis.NoAddress;
import org.jpptp.client.host.Host;
import org.jpptp.client.host.NameAnswer;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.Lockdown;
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
        patience = loop.schedule(
                () -> unanswered(lockdown -> ConnectDiagnosis.nameUnanswered(name, MOST.toSeconds(), lockdown)),
                patience().toNanos());
        CompletableFuture<Void> unused = host.resolve(name)
                .exceptionally(defect -> NameAnswer.unanswered(defect.toString()))
                .thenAccept(answer -> loop.execute(() -> answered(answer)));
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

    private void answered(NameAnswer answer) {
        switch (answer.kind()) {
            case FOUND -> over(() -> found.accept(answer.addresses()));
            case UNKNOWN -> missing(ConnectDiagnosis.nameNotFound(name, NoAddress.UNKNOWN));
            case IPV6_ONLY -> missing(ConnectDiagnosis.nameNotFound(name, NoAddress.IPV6_ONLY));
            case UNANSWERED -> unanswered(lockdown -> ConnectDiagnosis.nameUnanswered(name, answer.said(), lockdown));
        }
    }

    /** Lockdown may be why, and whoever has switched it on may not think of it. An answer that comes meanwhile still counts. */
    private void unanswered(Function<Lockdown.State, Failure> failure) {
        if (over) {
            return;
        }
        if (!known.isEmpty()) {
            over(() -> found.accept(known));
            return;
        }
        CompletableFuture<Void> unused = host.lockdownState()
                .exceptionally(defect -> Lockdown.State.HIDDEN)
                .thenAccept(lockdown -> loop.execute(() -> over(() -> failed.accept(failure.apply(lockdown)))));
    }

    private void missing(Failure why) {
        over(() -> {
            if (known.isEmpty()) {
                failed.accept(why);
            } else {
                found.accept(known);
            }
        });
    }

    private void over(Runnable told) {
        if (!over) {
            giveUp();
            told.run();
        }
    }
}
