package org.jpptp.cli.socket;

import java.util.concurrent.CompletableFuture;
import org.jpptp.cli.json.JsonObject;

/** What a tunnel does for one who is connected to its socket. The answers may come on any thread. */
public interface Visitor {
    /** How it is doing. */
    CompletableFuture<JsonObject> status();

    /** What has happened so far: the lines of its trace. */
    CompletableFuture<JsonObject> trace();

    /** As soon as it is up, or has ended, how it is doing or how it ended. */
    CompletableFuture<JsonObject> up();

    /** Ends it; as soon as the host is as before, how it ended. */
    CompletableFuture<JsonObject> down();
}
