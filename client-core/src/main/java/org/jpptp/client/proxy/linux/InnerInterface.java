package org.jpptp.client.proxy.linux;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jpptp.client.Ipv6;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.linux.CommandResult;
import org.jpptp.client.net.linux.IpCommand;
import org.jpptp.client.net.linux.RouteAdvice;
import org.jpptp.client.proxy.InnerLine.Plan;
import org.jspecify.annotations.Nullable;

/** Makes the tunnel's interface look as planned, in the namespace of this process, where everything goes through it. */
final class InnerInterface {
    private final Consumer<String> trace;
    private @Nullable IpCommand ip;
    private @Nullable Plan last;

    /** @param trace receives each command before it is run */
    InnerInterface(Consumer<String> trace) {
        this.trace = trace;
    }

    /** The next plan is for another interface. */
    void renew() {
        last = null;
    }

    void follow(Plan plan) throws HostChangeException {
        Plan before = last;
        if (before == null) {
            begin(plan);
        } else {
            change(before, plan);
        }
        last = plan;
    }

    private void begin(Plan plan) throws HostChangeException {
        ip = IpCommand.find(trace);
        run("link set dev lo up");
        // No link-local address but one that IPv6CP agreed on.
        run("link set dev " + plan.name() + " addrgenmode none");
        run("link set dev " + plan.name() + " mtu " + plan.mtu());
        refuseAdvice(plan);
        for (String address : addresses(plan)) {
            run("addr add " + address);
        }
        run("link set dev " + plan.name() + " up");
        run("route add default dev " + plan.name());
    }

    /** What is new comes first, what is gone last. */
    private void change(Plan before, Plan plan) throws HostChangeException {
        if (plan.mtu() != before.mtu()) {
            changeMtu(before, plan);
        }
        List<String> old = addresses(before);
        List<String> now = addresses(plan);
        for (String address : now) {
            if (!old.contains(address)) {
                run("addr add " + address);
            }
        }
        for (String address : old) {
            if (!now.contains(address)) {
                run("addr del " + address);
            }
        }
        run("route replace default dev " + plan.name());
    }

    /** With the least MTU for it the kernel begins with IPv6 anew; what the server sends is not to come in between. */
    private void changeMtu(Plan before, Plan plan) throws HostChangeException {
        boolean begins = before.mtu() < Ipv6.LEAST_MTU && plan.mtu() >= Ipv6.LEAST_MTU;
        if (begins) {
            run("link set dev " + plan.name() + " down");
        }
        run("link set dev " + plan.name() + " mtu " + plan.mtu());
        if (begins) {
            run("link set dev " + plan.name() + " addrgenmode none");
            refuseAdvice(plan);
            run("link set dev " + plan.name() + " up");
        }
    }

    /** Where that cannot be, no IPv6 may come in; without IPv6CP none does. */
    private void refuseAdvice(Plan plan) throws HostChangeException {
        try {
            RouteAdvice.refuse(plan.name(), trace);
        } catch (HostChangeException e) {
            if (plan.hasIpv6()) {
                throw e;
            }
            trace.accept(e.failure().sentence());
        }
    }

    private static List<String> addresses(Plan plan) {
        List<String> addresses = new ArrayList<>();
        String end = " dev " + plan.name();
        addresses.add(
                plan.hasRemote() ? plan.local() + " peer " + plan.remote() + "/32" + end : plan.local() + "/32" + end);
        if (plan.hasIpv6()) {
            addresses.add(plan.ipv6() + "/64" + end);
        }
        return addresses;
    }

    private void run(String command) throws HostChangeException {
        if (ip != null) {
            CommandResult result = ip.change(Arrays.asList(command.split(" ", -1)));
            if (!result.isSuccess()) {
                throw result.refusal();
            }
        }
    }
}
