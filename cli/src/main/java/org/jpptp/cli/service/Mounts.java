package org.jpptp.cli.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The file systems that this process sees, as {@code /proc/self/mountinfo} lists them (proc(5)): from one that is mounted
 * noexec the kernel lets no library be loaded.
 */
record Mounts(List<Mount> all) {
    private static final int MOUNT_POINT = 4;
    private static final int OPTIONS = 5;

    /** One of them; where several have the same point, the last is on top. */
    private record Mount(Path point, List<String> options) {}

    Mounts {
        all = List.copyOf(all);
    }

    /** Those of this moment; none where the kernel does not tell. */
    static Mounts read() {
        try {
            return parse(Files.readString(Path.of("/proc/self/mountinfo")));
        } catch (IOException e) {
            return new Mounts(List.of());
        }
    }

    static Mounts parse(String mountinfo) {
        List<Mount> mounts = new ArrayList<>();
        for (String line : mountinfo.split("\n", -1)) {
            String[] fields = line.split(" ", -1);
            if (fields.length > OPTIONS && fields[MOUNT_POINT].startsWith("/")) {
                mounts.add(new Mount(
                        Path.of(unescaped(fields[MOUNT_POINT])), Arrays.asList(fields[OPTIONS].split(",", -1))));
            }
        }
        return new Mounts(mounts);
    }

    /** Blanks and the like are octal. */
    private static String unescaped(String field) {
        return field.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    }

    /** Whether no library is loaded from there; the place need not exist. */
    boolean isNoexec(Path place) {
        Path real = real(place.toAbsolutePath());
        Mount under = null;
        for (Mount mount : all) {
            if (real.startsWith(mount.point())
                    && (under == null
                            || mount.point().getNameCount() >= under.point().getNameCount())) {
                under = mount;
            }
        }
        return under != null && under.options().contains("noexec");
    }

    /** Without links, as far as it exists. */
    private static Path real(Path place) {
        try {
            return place.toRealPath();
        } catch (IOException e) {
            Path parent = place.getParent();
            return parent == null ? place : real(parent).resolve(place.getFileName());
        }
    }
}
