package org.jpptp.client.diagnosis;

import java.net.Inet4Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.client.net.User;
import org.jpptp.gre.io.Errno;

/** What it means to a user that this host refuses something: the errno alone means something else at each step. */
public final class HostDiagnosis {
    /** Root may be told that, too: in a container its rights are those that whoever started it has left it. */
    private static final String AS_ROOT = "Run it as root, with sudo; in a container, have that allowed to root, too.";

    /** Which those who start containers leave out. */
    private static final String PREFIX = "CAP_";

    private HostDiagnosis() {}

    /** What a tunnel needs of the kernel (capabilities(7)). */
    public enum Capability {
        CAP_NET_ADMIN("the TUN interface, addresses and routes"),
        CAP_NET_RAW("GRE"),
        CAP_SYS_ADMIN("the network namespace");

        private final String use;

        Capability(String use) {
            this.use = use;
        }
    }

    /**
     * The process may not do what a tunnel needs.
     *
     * @param missing one at least
     */
    public static Failure unprivileged(Set<Capability> missing) {
        return Failure.of(
                FailureReason.NO_PRIVILEGE,
                "This process lacks "
                        + missing.stream()
                                .map(capability -> capability + " (for " + capability.use + ")")
                                .collect(Collectors.joining(" and "))
                        + ".",
                "Run it as root, with sudo, or give it "
                        + (missing.size() == 1 ? "this capability as an ambient one" : "these as ambient capabilities")
                        + ". To a container, docker and podman give "
                        + missing.stream()
                                .map(capability -> capability.name().substring(PREFIX.length()))
                                .collect(Collectors.joining(" and "))
                        + " by their option cap-add.");
    }

    /** A raw socket was refused by the system call that is named. */
    public static Failure noGreSocket(Inet4Address server, String call, int errno) {
        Optional<Failure> limit = LimitDiagnosis.reached("A raw GRE socket cannot be opened", errno);
        if (limit.isPresent()) {
            return limit.get();
        }
        String seen = call + " said " + Errno.describe(errno);
        return forbidden(errno)
                ? Failure.of(
                        FailureReason.NO_PRIVILEGE,
                        "A raw GRE socket needs the capability CAP_NET_RAW: " + seen + ".",
                        AS_ROOT)
                : Failure.of(
                        FailureReason.TIMED_OUT,
                        "No GRE socket to " + server.getHostAddress() + " could be opened: " + seen + ".",
                        "Check the route to the server.");
    }

    /** Linux would not take the name for an interface. */
    public static Failure badInterfaceName(String name) {
        return Failure.of(
                FailureReason.NO_TUN,
                "An interface cannot be called \"" + name.replaceAll("[^ -~]", "?") + "\".",
                "Choose a name of 1 to 15 letters, digits and . _ - + = ~ @, not beginning with -.");
    }

    /** {@code open(2)} of the TUN device said so. */
    public static Failure tunNotOpened(String device, int errno) {
        Optional<Failure> limit = LimitDiagnosis.reached(device + " cannot be opened", errno);
        if (limit.isPresent()) {
            return limit.get();
        }
        String sentence = device + " cannot be opened: " + Errno.describe(errno) + ".";
        if (forbidden(errno)) {
            return Failure.of(
                    FailureReason.NO_PRIVILEGE,
                    sentence,
                    "Run it as root, with sudo. To a container, docker and podman give the device by their option device.");
        }
        if (errno == Errno.ENOENT.code() || errno == Errno.ENXIO.code() || errno == Errno.ENODEV.code()) {
            return Failure.of(
                    FailureReason.NO_TUN,
                    sentence,
                    "Load the driver with \"modprobe tun\". In a container, give it the device " + device + ".");
        }
        return Failure.of(FailureReason.NO_TUN, sentence, "");
    }

    /** {@code ioctl(TUNSETIFF)} said so. */
    public static Failure interfaceNotMade(String name, int errno) {
        Optional<Failure> limit = LimitDiagnosis.reached("The TUN interface " + name + " cannot be made", errno);
        if (limit.isPresent()) {
            return limit.get();
        }
        String sentence = "The TUN interface " + name + " cannot be made: " + Errno.describe(errno) + ".";
        if (errno == Errno.EPERM.code()) {
            return Failure.of(FailureReason.NO_PRIVILEGE, sentence, AS_ROOT);
        }
        if (errno == Errno.EBUSY.code()) {
            return Failure.of(
                    FailureReason.NO_TUN,
                    sentence,
                    "Another program is using " + name + ": end it, or choose another name.");
        }
        if (errno == Errno.EINVAL.code() || errno == Errno.EEXIST.code()) {
            return Failure.of(
                    FailureReason.NO_TUN,
                    sentence,
                    "An interface of another kind has that name already: choose another name.");
        }
        return Failure.of(FailureReason.NO_TUN, sentence, "");
    }

    /** The interface of a tunnel that was up cannot be read any more. */
    public static Failure interfaceGone(String name, int errno) {
        return Failure.of(
                FailureReason.LINK_LOST,
                "The interface " + name + " was taken away while the tunnel was up: " + Errno.describe(errno) + ".",
                "Find out which program removed it, then connect again.");
    }

    /**
     * There is no network namespace of that name.
     *
     * @param names the namespaces that there are
     */
    public static Failure noNamespace(String name, List<String> names) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "There is no network namespace \"" + name + "\"; "
                        + (names.isEmpty() ? "there is none at all" : "there are: " + String.join(", ", names)) + ".",
                "Name another one, or make it with \"ip netns add\".");
    }

    /** {@code setns(2)} or what comes before it said so. */
    public static Failure namespaceClosed(String name, int errno) {
        Optional<Failure> limit = LimitDiagnosis.reached("The network namespace " + name + " cannot be entered", errno);
        if (limit.isPresent()) {
            return limit.get();
        }
        return Failure.of(
                forbidden(errno) ? FailureReason.NO_PRIVILEGE : FailureReason.HOST_CHANGE_REFUSED,
                "The network namespace " + name + " cannot be entered: " + Errno.describe(errno) + ".",
                forbidden(errno) ? AS_ROOT : "Make it anew with \"ip netns\".");
    }

    /**
     * There is no {@code ip} command.
     *
     * @param places where it was looked for
     */
    public static Failure noIpCommand(List<Path> places) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The command ip of iproute2 is in none of "
                        + places.stream().map(Path::toString).collect(Collectors.joining(", ")) + ".",
                "Install the package iproute2.");
    }

    /**
     * A command of the host failed.
     *
     * @param exit its status
     * @param output what it said, printable; empty for nothing
     */
    public static Failure refused(String command, int exit, String output) {
        Optional<Failure> limit = exit < 0
                ? LimitDiagnosis.reached("The command \"" + command + "\" could not be started", output)
                : Optional.empty();
        if (limit.isPresent()) {
            return limit.get();
        }
        boolean forbidden = output.contains("Operation not permitted");
        String seen = output.isEmpty() ? "exit status " + exit : output.replaceAll("\\.+$", "");
        String remedy = output.contains("File exists")
                ? "Leave it out: what is there already may be what this host is reached by."
                : "Run \"" + command + "\" by hand to see why.";
        return Failure.of(
                forbidden ? FailureReason.NO_PRIVILEGE : FailureReason.HOST_CHANGE_REFUSED,
                "The host refused \"" + command + "\": " + seen + ".",
                forbidden ? AS_ROOT : remedy);
    }

    /**
     * A file of the host does not take other content.
     *
     * @param why not, printable
     */
    public static Failure fileNotChanged(Path file, String why) {
        String what = "The file " + file + " cannot be changed";
        return LimitDiagnosis.reached(what, why)
                .orElseGet(() -> Failure.of(
                        FailureReason.HOST_CHANGE_REFUSED,
                        what + ": " + why + ".",
                        "Find out what else manages this file."));
    }

    /**
     * The directory of the undo journals does not take one.
     *
     * @param why not, printable
     */
    public static Failure noJournal(Path directory, String why, User user) {
        String what = "The undo journal in " + directory + " cannot be written";
        return LimitDiagnosis.reached(what, why)
                .orElseGet(() -> Failure.of(
                        FailureReason.HOST_CHANGE_REFUSED,
                        what + ": " + why + ".",
                        user == User.ROOT
                                ? "Make " + directory
                                        + " a directory of root's with mode 0700, where files can be written and have"
                                        + " room."
                                : "Set RUNTIME_DIRECTORY to a directory of your own, with mode 0700, that a boot"
                                        + " empties."));
    }

    /**
     * A warning: the host refused to be made as it was before.
     *
     * @param changes a line of the journal for each, at least one
     */
    public static String notTakenBack(List<String> changes, Path journal) {
        int others = changes.size() - 1;
        return "This host refused to take back \"" + changes.get(0) + "\""
                + (others == 0 ? "" : " and " + others + (others == 1 ? " other change" : " other changes"))
                + ". The next start tries it again, by the journal " + journal + ".";
    }

    /** A warning: a file that the tunnel had written was written by somebody else since. */
    public static String leftAsOthersMadeIt(Path file) {
        return "The file " + file
                + " was changed by others while the tunnel had it, and is left as it is: look whether it"
                + " still names the tunnel's name servers.";
    }

    /** A warning: of what a crash has left, more may be there than was taken back. */
    public static String damagedJournal(Path aside) {
        return "A journal of changes on this host had a line that is not understood. What stood before it was taken back;"
                + " the rest is in " + aside + ".";
    }

    /**
     * A warning: everything is taken back, but the next start will try it once more.
     *
     * @param why not, printable
     */
    public static String journalNotRemoved(Path journal, String why) {
        return "The journal " + journal + " could not be removed: " + why + ".";
    }

    /**
     * A setting of the kernel does not take another value.
     *
     * @param why not, printable
     */
    public static Failure settingNotChanged(Path file, String why) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The setting " + file + " cannot be changed: " + why + ".",
                "Set it to 1 at boot, by a file in /etc/sysctl.d.");
    }

    /**
     * A setting by which a server could change the host's ways for IPv6 cannot be switched off.
     *
     * @param why not, printable
     */
    public static Failure adviceNotRefused(Path file, String why) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The server could change this host's routes for IPv6: " + file + " cannot be switched off: " + why
                        + ".",
                Remedy.of(
                                "Set net.ipv6.conf.default.accept_ra and net.ipv6.conf.default.accept_redirects to 0, for a container at its"
                                        + " start, or go without ")
                        .set(Setting.IPV6)
                        .say("."));
    }

    /** Rules of others leave none in front of them. */
    public static Failure noRoomForRules(int first) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "This host has a routing rule of priority " + first
                        + " already, and the full tunnel's have to come first.",
                "Look at \"ip rule\" and give that rule another priority.");
    }

    /** All routing tables that tunnels may take are taken. */
    public static Failure noRoutingTable(int tables) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "There are " + tables + " full tunnels on this host already, and no routing table is left.",
                "End one of them.");
    }

    /**
     * The lockdown's file does not take what is to be there after a boot.
     *
     * @param why not, printable
     */
    public static Failure lockdownNotKept(Path file, String why) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The file " + file + ", which makes lockdown outlive a boot, cannot be changed: " + why + ".",
                "Run it as root, with that directory writable.");
    }

    /** A warning. */
    public static String lockdownEndsWithBoot(Path file) {
        return "Lockdown is on, but ends with a boot: enable jpptp-lockdown.service, or have \"nft -f " + file
                + "\" run before the network starts.";
    }

    /**
     * There is no {@code nft} command.
     *
     * @param places where it was looked for
     */
    public static Failure noNftCommand(List<Path> places) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "Closing this host needs the command nft of nftables, which is in none of "
                        + places.stream().map(Path::toString).collect(Collectors.joining(", ")) + ".",
                "Install the package nftables.");
    }

    /** The server's own address inside the tunnel is the classic loop; it is never what anybody wants. */
    public static Failure loop(Inet4Address server) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "A route to the server's own address " + server.getHostAddress()
                        + " through the tunnel would send the tunnel's packets into the tunnel.",
                "Leave this route out.");
    }

    /**
     * The host does not say how it reaches the server.
     *
     * @param answer of {@code ip route get}, printable
     */
    public static Failure routeNotUnderstood(Inet4Address server, String answer) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The answer of \"ip route get " + server.getHostAddress() + "\" is not understood: " + answer + ".",
                "Report it, with what \"ip -V\" says.");
    }

    /** The host reaches the server through the very interface that the tunnel is to have. */
    public static Failure routeThroughTunnel(Inet4Address server, String interfaceName) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The route to the server " + server.getHostAddress() + " leads through the tunnel interface "
                        + interfaceName + " itself.",
                "Remove that route.");
    }

    /** The interface to the server has a name that no command takes. */
    public static Failure unusualInterface(String name) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The route to the server leads through an interface with an unusual name: " + name + ".",
                "Rename the interface.");
    }

    private static boolean forbidden(int errno) {
        return errno == Errno.EPERM.code() || errno == Errno.EACCES.code();
    }
}
