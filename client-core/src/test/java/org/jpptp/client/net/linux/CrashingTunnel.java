package org.jpptp.client.net.linux;

import java.net.Inet4Address;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jpptp.client.Cidr;
import org.jpptp.client.Offload;
import org.jpptp.client.host.linux.LinuxLoop;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.tun.TunDevice;

/** A process of its own that stops before its n-th change, or at its end, and waits to be killed. */
public final class CrashingTunnel {
    private CrashingTunnel() {}

    /** Arguments: where it lives, the journals, n, and the namespace of the interface or {@code -}. */
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
        network.apply(new NetworkPlan(
                tun.name(),
                arguments[3].equals("-") ? null : arguments[3],
                1400,
                address("10.9.0.2"),
                address("10.9.0.1"),
                address("203.0.113.7"),
                List.of(Cidr.parse("10.0.0.0/8").orElseThrow())));
        network.close();
        stop("end");
    }

    private static Inet4Address address(String text) {
        return Cidr.parse(text).orElseThrow().address();
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
