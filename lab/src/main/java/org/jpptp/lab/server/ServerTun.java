package org.jpptp.lab.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.Offload;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.linux.CommandResult;
import org.jpptp.client.net.linux.IpCommand;
import org.jpptp.client.tun.TunDevice;

/** A TUN interface of the server's, and the {@code ip} commands that it takes: a few milliseconds each. */
final class ServerTun {
    /** MPPE's header and the inner protocol field. */
    private static final int MPPE_OCTETS = 4;

    private final Consumer<String> trace;
    private final TunDevice device;
    private int mtu = Integer.MAX_VALUE;

    private ServerTun(TunDevice device, Consumer<String> trace) {
        this.device = device;
        this.trace = trace;
    }

    /**
     * Makes one in the network namespace of the calling thread; it is up, and not yet read.
     *
     * @param address the server's, in the words of {@code ip addr add}
     */
    static ServerTun open(TunnelLoop loop, List<String> address, Offload most, Consumer<String> trace)
            throws HostChangeException {
        ServerTun tun = new ServerTun(loop.openTun(null, most), trace);
        try {
            List<String> addition = new ArrayList<>(List.of("addr", "add"));
            addition.addAll(address);
            addition.addAll(List.of("dev", tun.device.name()));
            tun.ip(addition);
            tun.ip(List.of("link", "set", tun.device.name(), "up"));
            return tun;
        } catch (HostChangeException e) {
            tun.device.close();
            throw e;
        }
    }

    TunDevice device() {
        return device;
    }

    /** What is longer than a client receives would be dropped by its link, and TCP would hang: the host sends no more. */
    void fit(int clientMru) {
        int wanted = Math.min(clientMru, NetworkSettings.DEFAULT_MTU) - MPPE_OCTETS;
        if (wanted >= mtu) {
            return;
        }
        mtu = wanted;
        try {
            ip(List.of("link", "set", device.name(), "mtu", Integer.toString(wanted)));
        } catch (HostChangeException e) {
            trace.accept("cannot set the MTU of " + device.name() + ": " + e.getMessage());
        }
    }

    /** How many datagrams the host keeps until they are read; 500 at first. */
    void queue(int datagrams) throws HostChangeException {
        ip(List.of("link", "set", device.name(), "txqueuelen", Integer.toString(datagrams)));
    }

    private void ip(List<String> arguments) throws HostChangeException {
        CommandResult result = IpCommand.find(trace).change(arguments);
        if (!result.isSuccess()) {
            throw result.refusal();
        }
    }
}
