package org.jpptp.client.net;

/** Who hears what is done to the host. Called on the thread that does it. */
@FunctionalInterface
public interface HostLog {
    /** A line of trace: each privileged command before it is run, and what came of it. */
    void note(String line);

    /** A sentence for the user: the host is not as it should be, and nothing else tells. */
    default void warn(String sentence) {
        note(sentence);
    }
}
