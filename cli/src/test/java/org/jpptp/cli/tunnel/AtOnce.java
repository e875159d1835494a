package org.jpptp.cli.tunnel;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Cases that mostly wait: all at the same time, each on a thread of its own, which it may take to another namespace. */
final class AtOnce {
    /** One of them, with hosts of its own. */
    interface Case {
        void run() throws Exception;
    }

    private AtOnce() {}

    /** Runs all of them to their ends; fails where one has failed. */
    static void run(Case... cases) {
        CompletableFuture.allOf(Stream.of(cases).map(AtOnce::start).toArray(CompletableFuture[]::new))
                .join();
    }

    private static CompletableFuture<Void> start(Case one) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                one.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return done;
    }
}
