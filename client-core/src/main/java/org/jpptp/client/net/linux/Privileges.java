package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.diagnosis.HostDiagnosis.Capability;
import org.jpptp.client.diagnosis.ProxyDiagnosis;

/** Tells before anything is begun whether the process may do what a tunnel needs. */
public final class Privileges {
    /** What every tunnel needs. */
    public static final Set<Capability> OF_A_TUNNEL =
            Collections.unmodifiableSet(EnumSet.of(Capability.CAP_NET_ADMIN, Capability.CAP_NET_RAW));

    private static final Pattern EFFECTIVE = Pattern.compile("^CapEff:\\s*([0-9a-f]{1,16})$", Pattern.MULTILINE);

    /** SECCOMP_MODE_FILTER of linux/seccomp.h. */
    private static final Pattern FILTERED = Pattern.compile("^Seccomp:\\s*2$", Pattern.MULTILINE);

    private Privileges() {}

    /**
     * What is missing; empty where nothing is, or where the kernel does not tell.
     *
     * @param needed for what is about to be done
     */
    public static Optional<Failure> missing(Set<Capability> needed) {
        try {
            return missing(Files.readString(Path.of("/proc/self/status")), needed);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The same, from the text of {@code /proc/PID/status}. */
    static Optional<Failure> missing(String status, Set<Capability> needed) {
        Matcher matcher = EFFECTIVE.matcher(status);
        if (!matcher.find()) {
            return Optional.empty();
        }
        long effective = Long.parseUnsignedLong(matcher.group(1), 16);
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        for (Capability capability : needed) {
            if ((effective >>> number(capability) & 1) == 0) {
                missing.add(capability);
            }
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(HostDiagnosis.unprivileged(missing));
    }

    /** What keeps this process from system calls; nothing where the kernel does not tell. */
    static ProxyDiagnosis.Filter filter() {
        try {
            return filter(Files.readString(Path.of("/proc/self/status")));
        } catch (IOException e) {
            return ProxyDiagnosis.Filter.NONE;
        }
    }

    /** The same, from the text of {@code /proc/PID/status}. */
    static ProxyDiagnosis.Filter filter(String status) {
        return FILTERED.matcher(status).find() ? ProxyDiagnosis.Filter.SYSTEM_CALLS : ProxyDiagnosis.Filter.NONE;
    }

    /** Of linux/capability.h. */
    private static int number(Capability capability) {
        return switch (capability) {
            case CAP_NET_ADMIN -> 12;
            case CAP_NET_RAW -> 13;
            case CAP_SYS_ADMIN -> 21;
        };
    }
}
