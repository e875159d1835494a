package org.jpptp.client.net.linux;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jpptp.client.Offload;
import org.jpptp.client.host.linux.LinuxLoop;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.tun.TunDevice;

/** A process of its own that stops before its n-th change, or at its end, and waits to be killed. */
public final class CrashingTunnel {
    private CrashingTunnel() {}

    /** Arguments: where it lives, the journals, n, the namespace of the interface or {@code -}, and perhaps another server. */
    public static void main(String[] arguments) throws Exception {
        NetworkNamespace.enter(arguments[0]);
        int last = Integer.parseInt(arguments[2]);
        AtomicInteger changes = new AtomicInteger();
        TunDevice tun = new LinuxLoop().openTun("pptp0", Offload.USO);
        LinuxHostNetwork network = new LinuxHostNetwork(Path.of(arguments[1]), "pptp0", line -> {
            if (changes.incrementAndGet() == last) {
                stop("before " + line);
            }
        });
        NetworkPlan plan = Plans.withAddresses("10.9.0.2", "10.9.0.1", null, Plans.of(tun.name(), "10.0.0.0/8"));
        network.apply(Plans.within(arguments[3].equals("-") ? null : arguments[3], plan));
        if (arguments.length > 4) {
            network.apply(Plans.to(arguments[4], Plans.withAddresses("10.9.7.7", null, null, plan)));
        }
        network.close();
        stop("end");
    }

    private static void stop(String where) {
        System.out.println(where);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
