package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.diagnosis.HostDiagnosis.Capability;

/** Tells before anything is begun whether the process may do what a tunnel needs. */
public final class Privileges {
    // linux/capability.h
    private static final int CAP_NET_ADMIN = 12;
    private static final int CAP_NET_RAW = 13;

    private static final Pattern EFFECTIVE = Pattern.compile("^CapEff:\\s*([0-9a-f]{1,16})$", Pattern.MULTILINE);

    private Privileges() {}

    /** What is missing; empty where nothing is, or where the kernel does not tell. */
    public static Optional<Failure> missing() {
        try {
            return missing(Files.readString(Path.of("/proc/self/status")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The same, from the text of {@code /proc/PID/status}. */
    static Optional<Failure> missing(String status) {
        Matcher matcher = EFFECTIVE.matcher(status);
        if (!matcher.find()) {
            return Optional.empty();
        }
        long effective = Long.parseUnsignedLong(matcher.group(1), 16);
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        if ((effective >>> CAP_NET_ADMIN & 1) == 0) {
            missing.add(Capability.CAP_NET_ADMIN);
        }
        if ((effective >>> CAP_NET_RAW & 1) == 0) {
            missing.add(Capability.CAP_NET_RAW);
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(HostDiagnosis.unprivileged(missing));
    }
}
