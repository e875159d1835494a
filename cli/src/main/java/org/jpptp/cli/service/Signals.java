package org.jpptp.cli.service;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Signals by the class that the JDK has for them, {@code sun.misc.Signal}. It is not part of the standard, yet every JDK has had
 * it since the first, in the module {@code jdk.unsupported}, which says that there is nothing else for this. It is called by
 * its name, since the compiler warns of each use in a way that nothing silences. Where a JDK has it no more, signals do what
 * they do by themselves.
 */
final class Signals {
    private Signals() {}

    /** Does something at each of these signals, on a thread of its own each time, instead of what they do by themselves. */
    static void on(List<String> names, Runnable action) {
        names.forEach(name -> handle(name, action));
    }

    /** Does something at the first of these signals; more of them do nothing. */
    static void once(String name, Runnable action) {
        AtomicBoolean seen = new AtomicBoolean();
        handle(name, () -> {
            if (seen.compareAndSet(false, true)) {
                action.run();
            }
        });
    }

    /** From now on these do nothing, neither to this process nor to those that it starts. */
    static void ignore(List<String> names) {
        names.forEach(
                name -> handle(name, handler -> handler.getField("SIG_IGN").get(null)));
    }

    private static void handle(String name, Runnable action) {
        handle(
                name,
                handler -> Proxy.newProxyInstance(
                        Signals.class.getClassLoader(),
                        new Class<?>[] {handler},
                        (proxy, method, arguments) -> answer(proxy, method.getName(), arguments, action)));
    }

    /** What handles a signal, of the class that the JDK has for that. */
    private interface Maker {
        Object of(Class<?> handler) throws ReflectiveOperationException;
    }

    private static void handle(String name, Maker ours) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours.of(handler));
        } catch (ReflectiveOperationException e) {
            // Statistics on request, and an end at SIGQUIT, are what is missing then.
        }
    }

    private static @Nullable Object answer(
            Object proxy, String method, Object @Nullable [] arguments, Runnable action) {
        switch (method) {
            case "handle" -> action.run();
            case "equals" -> {
                return arguments != null && proxy == arguments[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            default -> {
                return "signals of the command";
            }
        }
        return null;
    }
}
