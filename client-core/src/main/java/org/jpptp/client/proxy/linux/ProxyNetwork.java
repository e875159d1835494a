package org.jpptp.client.proxy.linux;

import io.netty.channel.EventLoop;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jpptp.client.ProxySettings;
import org.jpptp.client.ProxyState;
import org.jpptp.client.diagnosis.ProxyDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.NameService;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.net.linux.InnerNamespace;
import org.jpptp.client.net.linux.IpCommand;
import org.jpptp.client.proxy.InnerLine;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel that is in a namespace of its own, which a proxy leads into. Nothing of this host's is changed but for the interface,
 * which moves out of it, so there is nothing to undo: when this process ends, however it does, the other one ends, the
 * namespace with it, and the interface with its descriptor.
 */
public final class ProxyNetwork implements HostNetwork {
    private final String interfaceName;
    private final IpCommand ip;
    private final ClientSockets sockets;
    private final InnerProcess process;
    private boolean moved;
    /** Read by others while a plan is being applied. */
    private volatile @Nullable NetworkPlan applied;

    /**
     * Listens, and starts the other process.
     *
     * @param loop serves the sockets until they are given away
     * @param directory of this user's running tunnels
     * @param interfaceName the tunnel's, which is still here
     * @throws HostChangeException where the address is taken, or there is no such namespace to be had
     */
    public ProxyNetwork(EventLoop loop, ProxySettings proxy, Path directory, String interfaceName, HostLog log)
            throws HostChangeException {
        this.interfaceName = interfaceName;
        this.ip = IpCommand.find(log::note);
        Path rendezvous = InnerNamespace.rendezvous(directory);
        this.sockets = new ClientSockets(loop, proxy, rendezvous);
        try {
            this.process = InnerProcess.start(rendezvous, log);
        } catch (HostChangeException | RuntimeException | Error e) {
            sockets.close();
            throw e;
        }
        if (proxy.isOpenToOthers()) {
            log.warn(ProxyDiagnosis.open(proxy));
        }
    }

    @Override
    public synchronized void apply(NetworkPlan plan) throws HostChangeException {
        if (moved && isHere()) {
            process.order(InnerLine.RENEW);
            moved = false;
        }
        if (!moved) {
            awaitProcess();
            List<String> move = List.of("link", "set", "dev", interfaceName, "netns", Long.toString(process.pid()));
            var result = ip.change(move);
            if (!result.isSuccess()) {
                throw result.refusal();
            }
            moved = true;
        }
        process.order(InnerLine.of(inner(plan)));
        applied = plan;
    }

    private static InnerLine.Plan inner(NetworkPlan plan) {
        Inet4Address remote = plan.remote();
        return new InnerLine.Plan(
                plan.interfaceName(),
                plan.mtu(),
                plan.local().getHostAddress(),
                remote == null ? InnerLine.NOTHING : remote.getHostAddress(),
                plan.ipv6() == null ? InnerLine.NOTHING : plan.ipv6().toString(),
                plan.names().servers());
    }

    /** It has its sockets only once it is in its namespace. */
    private void awaitProcess() throws HostChangeException {
        try {
            sockets.given().get(InnerProcess.patience().toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new HostChangeException(ProxyDiagnosis.gone("it has not begun (" + process.lastWords() + ")"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostChangeException(ProxyDiagnosis.gone("nobody waits for it any more"));
        }
    }

    /** Inside nobody takes anything away; an interface of the name that is still here is another one. */
    @Override
    public synchronized Set<Part> restore() throws HostChangeException {
        NetworkPlan plan = applied;
        if (plan == null || !isHere()) {
            return EnumSet.noneOf(Part.class);
        }
        apply(plan);
        return EnumSet.allOf(Part.class);
    }

    private boolean isHere() {
        return ip.query(List.of("-o", "link", "show", "dev", interfaceName)).isSuccess();
    }

    /** The outer connection is another namespace's. */
    @Override
    public void reach(List<Inet4Address> servers) {
        // Nothing is in its way.
    }

    @Override
    public @Nullable NameService nameService() {
        NetworkPlan plan = applied;
        return plan == null || !plan.names().isApplied() ? null : NameService.PROXY;
    }

    @Override
    public @Nullable ProxyState proxy() {
        NetworkPlan plan = applied;
        InetSocketAddress address = sockets.address();
        return plan == null
                ? null
                : new ProxyState(
                        new ProxySettings(address.getAddress(), address.getPort()),
                        plan.names().servers(),
                        process.pid(),
                        process.counts());
    }

    @Override
    public synchronized void close() {
        process.close();
        sockets.close();
    }
}
