package org.jpptp.lab.host;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jpptp.client.Cidr;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.NetworkPlan;

/** The addresses and routes of one tunnel on a {@link MemoryHost}. */
final class MemoryNetwork implements HostNetwork {
    private final MemoryHost host;
    private final Deque<String> made = new ArrayDeque<>();

    MemoryNetwork(MemoryHost host) {
        this.host = host;
    }

    @Override
    public void apply(NetworkPlan plan) throws HostChangeException {
        String interfaceName = plan.interfaceName();
        make(Step.PIN_ROUTE, "route " + plan.server().getHostAddress() + " dev eth0");
        make(Step.SET_MTU, "mtu " + plan.mtu() + " dev " + interfaceName);
        make(Step.ADD_ADDRESS, "address " + plan.local().getHostAddress() + " dev " + interfaceName);
        make(Step.LINK_UP, "up dev " + interfaceName);
        for (Cidr route : plan.routes()) {
            make(Step.ADD_ROUTE, "route " + route + " dev " + interfaceName);
        }
    }

    private void make(Step step, String line) throws HostChangeException {
        if (host.isRefused(step)) {
            throw new HostChangeException(Failure.of(
                    FailureReason.HOST_CHANGE_REFUSED, "The host refused \"" + line + "\".", "Leave it out."));
        }
        made.push(line);
        host.add(line);
    }

    @Override
    public void close() {
        made.forEach(host::remove);
        made.clear();
    }
}
