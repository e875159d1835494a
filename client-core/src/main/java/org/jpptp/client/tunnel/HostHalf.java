package org.jpptp.client.tunnel;

import java.net.Inet4Address;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jpptp.client.Failure;
import org.jpptp.client.HookSettings.Moment;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.ProxySettings;
import org.jpptp.client.ProxyState;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.hook.HookCommand;
import org.jpptp.client.host.Host;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.HostNetwork.WithoutInterface;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.gre.io.Errno;
import org.jspecify.annotations.Nullable;

/**
 * What a tunnel has of its host from its first connection to its last: loop, interface, addresses and routes. What blocks
 * is done by an executor, one thing at a time.
 */
final class HostHalf implements AutoCloseable {
    /** Who hears how the host was configured; on any thread. */
    interface Configured {
        /**
         * The host looks as planned.
         *
         * @param names where names are looked up now
         */
        void ready(TunnelEvent.NamesSettled names);

        void refused(Failure why);

        void broken(Throwable why);
    }

    private final Host host;
    private final Executor work;
    private final HostLog log;
    private final TunnelLoop loop;
    private final TunDevice tun;
    private final HostNetwork network;
    private final Hooks hooks;
    private final long madeNanos;
    /** How to close what is open, the latest first. */
    private final Deque<Runnable> opened = new ArrayDeque<>();

    /**
     * Makes the interface.
     *
     * @param whenGone what becomes of what is sent into the tunnel without its interface
     * @param work carries out what blocks, in order
     * @throws HostChangeException when it cannot be made; nothing is left of it
     */
    HostHalf(Host host, NetworkSettings settings, WithoutInterface whenGone, Executor work, HostLog log)
            throws HostChangeException {
        this.host = host;
        this.work = work;
        this.log = log;
        this.loop = host.loop();
        this.madeNanos = loop.now();
        this.hooks = new Hooks(host::run, settings.hooks(), log);
        opened.push(() -> host.release(loop)); // the interface is closed there
        try {
            this.tun = loop.openTun(settings.interfaceName(), settings.offload());
            opened.push(tun::close);
            ProxySettings proxy = settings.proxy();
            this.network = proxy == null
                    ? host.network(tun.name(), whenGone, log)
                    : host.proxied(loop, proxy, tun.name(), log);
            opened.push(network::close);
            opened.push(hooks::close); // while the interface is still there
        } catch (HostChangeException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    Host host() {
        return host;
    }

    TunnelLoop loop() {
        return loop;
    }

    TunDevice tun() {
        return tun;
    }

    /** When the tunnel was begun, by the loop's clock. */
    long madeNanos() {
        return madeNanos;
    }

    /** The proxy that leads to the interface; null for none. */
    @Nullable
    ProxyState proxy() {
        return network.proxy();
    }

    /** Makes the host look like the plan. */
    void configure(NetworkPlan plan, Configured then) {
        work.execute(() -> {
            try {
                reopen();
                network.apply(plan);
                then.ready(plan.names().told(network.nameService()));
            } catch (HostChangeException e) {
                then.refused(e.failure());
            } catch (RuntimeException | Error e) {
                then.broken(e);
            }
        });
    }

    /** That there can be none now, since another program has the name, is no reason to give up a tunnel that is to last. */
    private void reopen() throws HostChangeException {
        try {
            tun.reopen();
        } catch (HostChangeException e) {
            log.note(e.failure().sentence());
            throw new HostChangeException(HostDiagnosis.interfaceGone(tun.name(), Errno.EBADFD.code()));
        }
    }

    /**
     * Sees to it that servers are reached beside the routes that still lead into the tunnel. Where the host refuses, they may
     * be reached all the same.
     *
     * @param then on the loop
     * @param broken on any thread
     */
    void reach(List<Inet4Address> servers, Runnable then, Consumer<Throwable> broken) {
        work.execute(() -> {
            try {
                network.reach(servers);
            } catch (HostChangeException e) {
                log.note(e.failure().sentence());
            } catch (RuntimeException | Error e) {
                broken.accept(e);
                return;
            }
            loop.execute(then);
        });
    }

    /**
     * Makes anew what somebody has taken away of the interface, of its addresses and its routes, or all of it.
     *
     * @param then is told what was gone; on the loop
     * @param refused on the loop
     * @param broken on any thread
     */
    void restore(Consumer<Set<HostNetwork.Part>> then, Consumer<Failure> refused, Consumer<Throwable> broken) {
        work.execute(() -> {
            try {
                tun.reopen();
                Set<HostNetwork.Part> restored = network.restore();
                loop.execute(() -> then.accept(restored));
            } catch (HostChangeException e) {
                loop.execute(() -> refused.accept(e.failure()));
            } catch (RuntimeException | Error e) {
                broken.accept(e);
            }
        });
    }

    /** The tunnel is up, or up again: tells the user's programs. */
    void isUp(Moment moment, NetworkPlan plan) {
        work.execute(() -> hooks.up(moment, plan));
    }

    /** What the tunnel has carried in all. */
    void carried(HookCommand.Carried all) {
        hooks.carried(all);
    }

    /** Takes addresses and routes back; the next plan makes them anew. */
    void undo(Consumer<Throwable> broken) {
        work.execute(() -> {
            try {
                network.close();
            } catch (RuntimeException | Error e) {
                broken.accept(e);
            }
        });
    }

    /** Closes everything that is open, routes before the interface that they lead to, also when closing a part throws. */
    @Override
    public void close() {
        if (!opened.isEmpty()) {
            try {
                opened.pop().run();
            } finally {
                close();
            }
        }
    }
}
