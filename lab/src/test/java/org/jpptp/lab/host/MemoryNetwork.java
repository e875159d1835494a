package org.jpptp.lab.host;

import java.net.Inet4Address;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jpptp.client.Cidr;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.NetworkPlan;

/** The addresses and routes of one tunnel on a {@link MemoryHost}. */
final class MemoryNetwork implements HostNetwork {
    private final MemoryHost host;
    private final HostLog log;
    private final Deque<String> made = new ArrayDeque<>();

    MemoryNetwork(MemoryHost host, HostLog log) {
        this.host = host;
        this.log = log;
    }

    @Override
    public void apply(NetworkPlan plan) throws HostChangeException {
        Map<String, Step> wanted = lines(plan);
        List<String> there = host.state();
        made.removeIf(line -> !there.contains(line)); // such as with the interface before
        for (Map.Entry<String, Step> line : wanted.entrySet()) {
            if (!made.contains(line.getKey())) {
                make(line.getValue(), line.getKey());
            }
        }
        for (String line : List.copyOf(made)) {
            if (!wanted.containsKey(line)) {
                made.remove(line);
                host.remove(line);
            }
        }
    }

    @Override
    public void reach(List<Inet4Address> servers) throws HostChangeException {
        if (!made.isEmpty()) {
            boolean refused = host.isRefused(Step.REACH);
            for (Inet4Address server : servers) {
                host.note("reach " + server.getHostAddress() + (refused ? " refused" : ""));
                String line = pin(server);
                if (!made.contains(line)) {
                    make(Step.PIN_ROUTE, line);
                }
            }
        }
    }

    @Override
    public Set<Part> restore() throws HostChangeException {
        Set<Part> restored = EnumSet.noneOf(Part.class);
        List<String> before = host.state();
        for (String line : List.copyOf(made)) {
            if (!before.contains(line)) {
                host.add(line);
                restored.add(part(line));
            }
        }
        return restored.contains(Part.INTERFACE) ? EnumSet.of(Part.INTERFACE) : restored;
    }

    /** Nobody takes the MTU away but with the interface. */
    private static Part part(String line) {
        return switch (line.split(" ", 2)[0]) {
            case "mtu" -> Part.INTERFACE;
            case "route" -> Part.ROUTES;
            case "address" -> Part.ADDRESSES;
            default -> Part.LINK;
        };
    }

    private static String pin(Inet4Address server) {
        return "route " + server.getHostAddress() + " dev eth0";
    }

    private static Map<String, Step> lines(NetworkPlan plan) {
        String interfaceName = plan.interfaceName();
        Map<String, Step> lines = new LinkedHashMap<>();
        lines.put(pin(plan.server()), Step.PIN_ROUTE);
        lines.put("mtu " + plan.mtu() + " dev " + interfaceName, Step.SET_MTU);
        String peer = plan.remote() == null ? "" : " peer " + plan.remote().getHostAddress();
        lines.put("address " + plan.local().getHostAddress() + peer + " dev " + interfaceName, Step.ADD_ADDRESS);
        lines.put("up dev " + interfaceName, Step.LINK_UP);
        for (Cidr route : plan.routes()) {
            lines.put("route " + route + " dev " + interfaceName, Step.ADD_ROUTE);
        }
        return lines;
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
        for (String line : made) {
            if (host.isKept(line)) {
                log.warn("This host refused to take back \"" + line + "\".");
            } else {
                host.remove(line);
            }
        }
        made.clear();
    }
}
