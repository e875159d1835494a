package org.jpptp.client.diagnosis;

import java.util.Locale;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ProxySettings;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.client.proxy.Refusal;
import org.jpptp.gre.io.Errno;
import org.jpptp.ppp.text.PeerText;

/** The proxy in words: why it cannot be there, and what its clients are told. */
public final class ProxyDiagnosis {
    /** A warning. */
    public static final String NO_NAME_SERVER =
            "The server names no name server: the proxy knows addresses only, unless an option names one.";

    private static final String NO_NAMESPACE = "No network namespace can be made for the proxy: ";

    private ProxyDiagnosis() {}

    /** A warning: the proxy is open to more than this host's own programs. */
    public static String open(ProxySettings proxy) {
        return "Whoever reaches " + proxy + " can use the proxy, and with it the tunnel: it asks for no password.";
    }

    /** The address is taken, or not this host's. */
    public static Failure notListening(ProxySettings proxy, String reason) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The proxy cannot listen at " + proxy + ": " + lower(reason) + ".",
                Remedy.of("Choose another address or port with ")
                        .set(Setting.PROXY, "PORT")
                        .say("."));
    }

    /** A command that makes the namespace, or leads into it, is missing. */
    public static Failure noCommand(String program) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                NO_NAMESPACE + "the command " + program + " is not installed.",
                "Install the package util-linux.");
    }

    /** Whether somebody keeps this process from system calls. */
    public enum Filter {
        NONE,
        /** seccomp(2), which services of systemd and containers have. */
        SYSTEM_CALLS
    }

    /**
     * The kernel makes no namespace for this user.
     *
     * @param seen a clause, printable
     */
    public static Failure noNamespace(String seen, Filter filter) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                NO_NAMESPACE + seen + ".",
                filter == Filter.NONE
                        ? "Allow user namespaces (sysctl user.max_user_namespaces,"
                                + " kernel.apparmor_restrict_unprivileged_userns)."
                        : "A filter of system calls is on this process: a service's unit needs"
                                + " RestrictNamespaces=user net and SystemCallFilter=capset, a container another seccomp"
                                + " profile.");
    }

    /** The process of the proxy has not begun, or has ended. */
    public static Failure gone(String seen) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The process of the proxy does not do what it was told: " + seen + ".",
                Remedy.of("Connect again, with ").set(Setting.VERBOSE, "2").say(", which shows what it says."));
    }

    /** The program cannot be run in the tunnel's namespace: a system call said so. */
    public static Failure notEntered(int errno) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The program cannot be run in the tunnel's namespace: execve said " + Errno.describe(errno) + ".",
                "Install util-linux, which has nsenter and unshare.");
    }

    /** A program that is to be run in the tunnel is a file that cannot be run. */
    public static String notRunnable(String word) {
        return "\"" + PeerText.escape(word) + "\" cannot be run: it is no program, or not this user's to run.";
    }

    /** A program that is to be run in the tunnel is not there. */
    public static String noProgram(String word) {
        return "There is no program \"" + PeerText.escape(word) + "\""
                + (word.indexOf('/') < 0 ? " in the directories of PATH." : ".");
    }

    private static String lower(String reason) {
        return reason.isEmpty()
                ? "no reason was given"
                : reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
    }

    /** What a client is told in HTTP. */
    public static String refused(Refusal why) {
        return switch (why) {
            case MALFORMED -> "This is a proxy: it takes CONNECT, and requests for http: in absolute form.";
            case UNSUPPORTED -> "This proxy does not do that.";
            case NAME_NOT_FOUND -> "The name servers of the tunnel know no such name.";
            case NAMES_SILENT -> "The name servers of the tunnel do not answer.";
            case NETWORK_UNREACHABLE -> "Nothing in the tunnel leads there.";
            case HOST_UNREACHABLE -> "The network behind the tunnel has no way to that host.";
            case CONNECTION_REFUSED -> "The host takes no connection at that port.";
            case TIMED_OUT -> "The host does not answer through the tunnel.";
            case TOO_MANY -> "This proxy serves as many as it can already.";
            case FAILED -> "The connection through the tunnel failed.";
        };
    }
}
