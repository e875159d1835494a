package org.jpptp.lab.tunnels;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The clients' process. Each line of its standard input is a number of tunnels, answered by the milliseconds until all of
 * them were up, or {@code memory}, answered by the KiB that it occupies after a full garbage collection, or {@code processor},
 * answered by the nanoseconds that it has used, in the kernel too.
 */
final class TunnelsClient {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final int COLLECTIONS = 3;

    private TunnelsClient() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (TunnelFleet fleet = new TunnelFleet()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(
                        switch (line) {
                            case "memory" -> residentKib();
                            case "processor" -> processorNanos();
                            default -> grow(fleet, Integer.parseInt(line));
                        });
            }
        }
    }

    private static long grow(TunnelFleet fleet, int tunnels) throws InterruptedException {
        long begin = System.nanoTime();
        fleet.grow(tunnels);
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static long residentKib() throws IOException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/self/status")));
        return resident.find() ? Long.parseLong(resident.group(1)) : -1;
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
