package org.jpptp.cli.service;

import java.util.List;

/**
 * Signals by the class that the JDK has for them. It is not part of the standard, yet every JDK has had it since the first,
 * in the module {@code jdk.unsupported}, which says that there is nothing else for this.
 */
@SuppressWarnings("sunapi")
final class Signals {
    private Signals() {}

    /** Does something at each of these signals, on a thread of its own each time, instead of what they do by themselves. */
    static void on(List<String> names, Runnable action) {
        for (String name : names) {
            sun.misc.Signal.handle(new sun.misc.Signal(name), signal -> action.run());
        }
    }

    /** Does something at the first of these signals; more of them do nothing. */
    static void once(String name, Runnable action) {
        sun.misc.Signal.handle(new sun.misc.Signal(name), signal -> {
            sun.misc.Signal.handle(signal, sun.misc.SignalHandler.SIG_IGN);
            action.run();
        });
    }
}
