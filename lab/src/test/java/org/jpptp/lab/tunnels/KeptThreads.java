package org.jpptp.lab.tunnels;

import java.util.ArrayList;
import java.util.List;

/**
 * The threads of this process by name, without numbers. Those that the JDK and Netty keep for a minute when they are idle, as
 * many as there were tasks at once, say nothing about a tunnel and are left out.
 */
record KeptThreads(List<String> names) {
    private static final List<String> POOLS =
            List.of("process reaper", "globalEventExecutor", "ForkJoinPool.commonPool");

    static KeptThreads now() {
        return new KeptThreads(Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName().replaceAll("\\d+", "N"))
                .filter(name -> POOLS.stream().noneMatch(name::startsWith))
                .sorted()
                .toList());
    }

    /** The threads that are here and not there; a name counts as often as there are threads of it. */
    List<String> without(KeptThreads others) {
        List<String> more = new ArrayList<>(names);
        others.names.forEach(more::remove);
        return more;
    }
}
