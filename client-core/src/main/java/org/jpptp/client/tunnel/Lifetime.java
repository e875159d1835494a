package org.jpptp.client.tunnel;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.HookSettings.Moment;
import org.jpptp.client.ProxyState;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.diagnosis.NetworkDiagnosis;
import org.jpptp.client.diagnosis.ReconnectDiagnosis;
import org.jpptp.client.driver.TunnelDriver;
import org.jpptp.client.driver.WakeUp;
import org.jpptp.client.hook.HookCommand;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.net.Surroundings;
import org.jpptp.client.net.WayToServer;
import org.jpptp.client.session.SessionEnd;
import org.jpptp.client.session.SessionStatus;
import org.jpptp.client.session.TrafficCount;
import org.jpptp.client.supervise.Supervisor;
import org.jspecify.annotations.Nullable;

/**
 * One tunnel through all of its connections: carries out what its {@link Supervisor} decides, and sees to it that nothing
 * passes between them. On the loop.
 */
final class Lifetime {
    private final HostHalf half;
    private final TunnelLoop loop;
    private final ClientConfig config;
    private final @Nullable Questions questions;
    private final StatusRecord record;
    private final Told told;
    private final CompletableFuture<TunnelEvent.Ended> end;
    private final Supervisor supervisor;
    private final WakeUp wakeUp;
    private final Discards discards = new Discards(this::interfaceGone);
    /** When the user began to wait. */
    private long started;

    private final Upkeep upkeep = new Upkeep();
    /** Whether somebody is about to look what is gone. */
    private boolean willLook;

    private @Nullable Approach approach;
    /** The addresses of the server that the last connection had. */
    private List<Inet4Address> known = List.of();
    /** What the host is to look like, and what it looked like while the tunnel was up. */
    private @Nullable NetworkPlan planned;

    private @Nullable NetworkPlan last;
    private @Nullable WayToServer way;
    private Runnable watching = () -> {};

    /**
     * @param user is told of everything, but of the end
     * @param end is completed when there is no connection any more, and none to come
     */
    Lifetime(
            HostHalf half,
            ClientConfig config,
            @Nullable Questions questions,
            StatusRecord user,
            CompletableFuture<TunnelEvent.Ended> end) {
        this.half = half;
        this.loop = half.loop();
        this.config = config;
        this.questions = questions;
        this.record = user;
        this.told = new Told(user, this::isUp);
        this.started = half.madeNanos();
        this.end = end;
        this.supervisor = new Supervisor(config.reconnect(), half.host().random(), new Decided());
        this.wakeUp = new WakeUp(loop, () -> turn(this.supervisor::onDeadline));
    }

    TunnelLoop loop() {
        return loop;
    }

    void begin() {
        turn(now -> {
            watching = loop.watchWays(ways -> turn(then -> waysChanged(ways, then)));
            supervisor.start(now);
        });
    }

    /** The user wants no tunnel any more. */
    void stop() {
        turn(supervisor::stop);
    }

    /** The user wants another connection in the place of this one. */
    void reconnect() {
        turn(supervisor::reconnect);
    }

    /** How it is doing. */
    TunnelStatus status() {
        TunnelDriver driver = driver();
        return record.status(
                doing(),
                driver == null ? null : driver.status(),
                TrafficCount.of(half.tun().stats(), discards.count()),
                half.proxy());
    }

    void tellStatistics() {
        TunnelDriver driver = driver();
        if (driver != null) {
            driver.tellStatistics();
        } else if (!end.isDone()) {
            told.doing(doing(), told.wasUp() ? told.awayFor(loop.now()) : Duration.ofNanos(loop.now() - started));
        }
    }

    /** The session that is not over; null where there is none. */
    private @Nullable TunnelDriver driver() {
        return approach == null ? null : approach.driver();
    }

    private String doing() {
        return approach == null ? ReconnectDiagnosis.WAITING : approach.doing();
    }

    /** Everything that may move the deadline goes through here; the loop would go on after a defect. */
    private void turn(LongConsumer step) {
        if (end.isDone()) {
            return;
        }
        try {
            step.accept(loop.now());
            wakeUp.arm(supervisor.deadlineNanos());
        } catch (RuntimeException | Error e) {
            broken(e);
        }
    }

    private void broken(Throwable why) {
        watching.run();
        wakeUp.cancel();
        end.completeExceptionally(why);
    }

    private void isUp() {
        long now = loop.now();
        told.isUp(now);
        supervisor.isUp(now);
        NetworkPlan before = last;
        NetworkPlan plan = planned;
        last = plan;
        if (plan != null) {
            half.isUp(before == null ? Moment.UP : Moment.RECONNECT, plan);
            ProxyState proxy = half.proxy();
            if (before == null && proxy != null) {
                told.event(new TunnelEvent.ProxyOpened(proxy.listening(), proxy.pid()));
            }
            way = WayToServer.of(
                    plan.server(), plan.interfaceName(), half.host().surroundings(plan.interfaceName()));
            String changed = before == null ? "" : NetworkDiagnosis.changed(before, plan);
            if (!changed.isEmpty()) {
                told.event(new TunnelEvent.TunnelChanged(
                        plan.interfaceName(), plan.mtu(), plan.local(), plan.remote(), changed));
            }
        }
    }

    /** Whoever took it away is not asked: a tunnel that is to last gets another of the same name, and goes on. */
    private void interfaceGone(int errno) {
        Failure gone = HostDiagnosis.interfaceGone(half.tun().name(), errno);
        if (config.reconnect().isOn() && upkeep.mayRepair(loop.now())) {
            upkeep.repairs(loop.now());
            half.restore(this::restored, refused -> notRestored(gone, refused), this::broken);
        } else {
            lost(gone);
        }
    }

    /** Between two connections it is made anew with the next. */
    private void lost(Failure gone) {
        TunnelDriver driver = driver();
        if (driver != null) {
            driver.hostFailed(gone);
        }
    }

    private void notRestored(Failure gone, Failure refused) {
        told.event(new TunnelEvent.Warning(refused.sentence()));
        lost(gone);
    }

    private void restored(Set<HostNetwork.Part> what) {
        NetworkPlan plan = last;
        if (end.isDone() || what.isEmpty()) {
            return;
        }
        told.event(new TunnelEvent.Warning(NetworkDiagnosis.restored(half.tun().name(), what)));
        if (plan != null && what.contains(HostNetwork.Part.INTERFACE)) {
            half.isUp(Moment.RECONNECT, plan); // what programs have given to the interface is gone, too
        }
    }

    /** Sees to it that the host still looks as planned, or will. */
    private void keepUp(NetworkPlan plan, Surroundings ways, long now) {
        if (config.reconnect().isOn() && !willLook && !plan.isSeenIn(ways)) {
            willLook = true;
            Future<?> unused = loop.schedule(this::look, upkeep.pauseNanos(now));
        }
    }

    private void look() {
        willLook = false;
        if (end.isDone()) {
            return;
        }
        upkeep.looks(loop.now());
        half.restore(
                what -> {
                    if (!what.isEmpty()) {
                        upkeep.repairs(loop.now());
                    }
                    restored(what);
                },
                refused -> told.event(new TunnelEvent.Warning(refused.sentence())),
                this::broken);
    }

    /** An address or a route of the host's is another than before. */
    private void waysChanged(Surroundings ways, long now) {
        NetworkPlan plan = last;
        WayToServer before = way;
        if (plan == null || before == null) {
            return; // nothing goes any way yet
        }
        keepUp(planned == null ? plan : planned, ways, now);
        WayToServer next = WayToServer.of(plan.server(), plan.interfaceName(), ways);
        way = next;
        if (!next.differsFrom(before)) {
            return;
        }
        supervisor.wayChanged(now);
        TunnelDriver driver = driver();
        if (driver != null) {
            half.reach(
                    List.of(plan.server()),
                    () -> driver.doubt("the way to the server is another than before"),
                    this::broken);
        }
    }

    /** What the supervisor wants. */
    private final class Decided implements Supervisor.Output {
        @Override
        public void connect(long now) {
            boolean first = !told.wasUp();
            if (!first) {
                started = now;
            }
            Approach next = new Approach(
                    half,
                    questions == null ? config : config.with(questions.inForce(config.identity())),
                    first ? questions : null,
                    told,
                    new Connected(),
                    known,
                    started);
            approach = next;
            next.begin();
        }

        @Override
        public void waiting(@Nullable Failure after, int attempt, Duration delay, long now) {
            if (told.wasUp()) {
                discards.begin(half.tun());
                if (config.reconnect().mode() == ReconnectSettings.Mode.FAIL_OPEN) {
                    half.undo(Lifetime.this::broken);
                }
            }
            told.event(new TunnelEvent.Reconnecting(after, attempt, delay));
        }

        @Override
        public void disconnect(long now) {
            if (approach != null) {
                approach.stop();
            }
        }

        @Override
        public void over(@Nullable Failure failure, int tries) {
            watching.run();
            wakeUp.cancel();
            Failure why = failure == null || tries == 0 ? failure : ReconnectDiagnosis.gaveUp(failure, tries);
            TunnelEvent.Ended all = told.over(why);
            half.carried(new HookCommand.Carried(
                    all.upFor(), all.traffic().octetsSent(), all.traffic().octetsReceived()));
            end.complete(all);
        }
    }

    /** What becomes of a connection. */
    private final class Connected implements Approach.Owner {
        @Override
        public void planned(NetworkPlan plan) {
            planned = plan;
        }

        @Override
        public void interfaceGone(int errno) {
            Lifetime.this.interfaceGone(errno);
        }

        @Override
        public void sessionOver(SessionStatus last) {
            record.sessionOver(last);
        }

        @Override
        public void ended(SessionEnd how) {
            if (approach != null && !approach.addresses().isEmpty()) {
                known = approach.addresses();
            }
            approach = null;
            turn(now -> {
                told.ended(how, now);
                supervisor.ended(how.failure(), now);
            });
        }

        @Override
        public void broken(Throwable why) {
            Lifetime.this.broken(why);
        }
    }
}
