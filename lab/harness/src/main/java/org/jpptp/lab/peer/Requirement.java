package org.jpptp.lab.peer;

import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a test may need of the machine that it runs on. */
public enum Requirement {
    /** Network namespaces, raw sockets and TUN devices. */
    ROOT,
    /** {@link #ROOT}, and all that {@link RealPeer} boots. */
    REAL_PEER,
    /** {@link #REAL_PEER}, and a RADIUS server. */
    RADIUS,
    /** The dissector, and who captures for it. */
    TSHARK,
    /** {@link #ROOT}, and all that a {@link SystemdBox} boots and has installed. */
    BOX,
    /** {@link #ROOT}, and a browser. */
    CHROMIUM,
    /** The library of FreeRDP, which has an MPPC of its own. */
    MPPC_ORACLE;

    /** The file of {@link #MPPC_ORACLE}. */
    public static final String FREERDP = "libfreerdp2.so.2";

    /** The environment variable that, set to 1, makes a missing requirement a failure: for a gate that must not skip. */
    public static final String STRICT = "JPPTP_REQUIRE_REAL_PEER";

    /** What is missing, in words; empty when nothing is. */
    public String missing() {
        return switch (this) {
            case ROOT -> root();
            case REAL_PEER -> realPeer();
            case RADIUS -> {
                String first = realPeer();
                yield first.isEmpty() ? programs("freeradius") : first;
            }
            case TSHARK -> programs("tshark", "tcpdump");
            case BOX -> {
                String first = root();
                yield first.isEmpty() ? box() : first;
            }
            case CHROMIUM -> {
                String first = root();
                yield first.isEmpty() ? programs("chromium", "unshare") : first;
            }
            case MPPC_ORACLE -> library(FREERDP);
        };
    }

    private static String realPeer() {
        String first = root();
        return first.isEmpty()
                ? programs(
                        "linux.uml",
                        "gcc",
                        "pptpd",
                        "pppd",
                        "modprobe",
                        "setpriv",
                        "taskset",
                        "unshare",
                        "socat",
                        "perl",
                        "tc")
                : first;
    }

    private static String box() {
        if (!Files.isExecutable(Path.of("/lib/systemd/systemd"))) {
            return "systemd is not installed";
        }
        String absent = programs("unshare", "nsenter", "setpriv", "dpkg", "dbus-daemon", "pkcheck");
        return absent.isEmpty() && !SystemdBox.isFetched()
                ? "not downloaded: lab/box/packages (lab/box/fetch)"
                : absent;
    }

    private static String library(String name) {
        try {
            NativeLibrary.getInstance(name);
            return "";
        } catch (UnsatisfiedLinkError absent) {
            return "no " + name + " (Debian packages: lab/peer/packages)";
        }
    }

    private static String root() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "root is needed";
        }
        if (!Files.exists(Path.of("/dev/net/tun"))) {
            return "/dev/net/tun is missing";
        }
        return programs("ip", "nft", "bash", "xargs", "sysctl");
    }

    private static String programs(String... names) {
        List<String> absent = Stream.of(names).filter(name -> !installed(name)).toList();
        return absent.isEmpty()
                ? ""
                : "not installed: " + String.join(", ", absent) + " (Debian packages: lab/peer/packages)";
    }

    private static boolean installed(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin:/usr/bin:/bin";
        return Stream.of(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
