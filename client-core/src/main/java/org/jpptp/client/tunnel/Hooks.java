package org.jpptp.client.tunnel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.client.HookSettings;
import org.jpptp.client.HookSettings.Moment;
import org.jpptp.client.diagnosis.HookDiagnosis;
import org.jpptp.client.hook.HookCommand;
import org.jpptp.client.hook.HookCommand.Carried;
import org.jpptp.client.hook.HookResult;
import org.jpptp.client.host.Host;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.NetworkPlan;
import org.jspecify.annotations.Nullable;

/**
 * Runs the user's programs, one after the other, each on a thread of its own, so that neither packets nor changes on the host
 * wait for it. What is still running when the tunnel goes is soon ended: the way down must not be longer than it takes.
 */
final class Hooks {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LIMIT_AT_THE_END = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Runner runner;
    private final HookSettings settings;
    private final HostLog log;
    /** Each waits for the one before it. */
    private List<Thread> running = List.of();
    /** What the tunnel was when it was up last; null where it was not. */
    private @Nullable NetworkPlan plan;

    private Carried carried = Carried.NOTHING;

    /** What runs a program: {@link Host#run}. */
    interface Runner {
        HookResult run(Path program, HookCommand command, @Nullable String namespace, Duration limit, HostLog log);
    }

    Hooks(Runner runner, HookSettings settings, HostLog log) {
        this.runner = runner;
        this.settings = settings;
        this.log = log;
    }

    /** The tunnel is up, or up again. The calling thread is in the host's network namespace, and is not held up. */
    synchronized void up(Moment moment, NetworkPlan now) {
        plan = now;
        List<Thread> before = running.stream().filter(Thread::isAlive).toList();
        settings.at(moment).ifPresent(program -> {
            Thread thread = new Thread(
                    () -> {
                        try {
                            for (Thread each : before) {
                                each.join();
                            }
                            run(moment, program, now, LIMIT);
                        } catch (InterruptedException e) {
                            // The tunnel has ended before its turn came.
                        }
                    },
                    "jpptp-hook");
            thread.setDaemon(true);
            running = Stream.concat(before.stream(), Stream.of(thread)).toList();
            thread.start();
        });
    }

    /** What the tunnel has carried in all, for who is run at the end. */
    synchronized void carried(Carried all) {
        carried = all;
    }

    /** Ends what is running, then runs what is to be run at the end, and waits for it. */
    void close() {
        List<Thread> threads;
        NetworkPlan last;
        Carried all;
        synchronized (this) {
            threads = running;
            last = plan;
            all = carried;
            running = List.of();
            plan = null;
        }
        end(threads);
        if (last != null) {
            settings.at(Moment.DOWN).ifPresent(program -> {
                HookCommand command = HookCommand.of(Moment.DOWN, last, all);
                tell(runner.run(program, command, last.namespace(), LIMIT_AT_THE_END, log), LIMIT_AT_THE_END);
            });
        }
    }

    private static void end(List<Thread> threads) {
        boolean interrupted = false;
        for (int grace = 0; grace < 2; grace++) {
            for (Thread thread : threads) {
                try {
                    thread.join(Math.max(1, GRACE.toMillis() / threads.size()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            // The last first: none of them is to begin now.
            for (int i = threads.size() - 1; i >= 0; i--) {
                threads.get(i).interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Moment moment, Path program, NetworkPlan now, Duration limit) {
        HookCommand command = HookCommand.of(moment, now, Carried.NOTHING);
        tell(runner.run(program, command, now.namespace(), limit, log), limit);
    }

    private void tell(HookResult result, Duration limit) {
        if (!result.isSuccess()) {
            log.warn(HookDiagnosis.failed(result, limit));
        }
    }
}
