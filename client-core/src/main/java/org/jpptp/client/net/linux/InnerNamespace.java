package org.jpptp.client.net.linux;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jpptp.client.Failure;
import org.jpptp.client.ProxySettings;
import org.jpptp.client.diagnosis.HostDiagnosis.Capability;
import org.jpptp.client.diagnosis.ProxyDiagnosis;
import org.jpptp.client.net.HostChangeException;

/**
 * A network namespace without a name, which a process has to itself and which ends with the last process in it. It belongs to a
 * user namespace of its own, so that whoever makes it needs no capability, and the process has every capability there and
 * none here (user_namespaces(7)).
 */
public final class InnerNamespace {
    private InnerNamespace() {}

    /**
     * The words before a command that is to run in one.
     *
     * @throws HostChangeException where there is no unshare(1)
     */
    public static List<String> prefix() throws HostChangeException {
        Path program = HostCommands.find(HostCommands.PLACES, HostCommands.Program.UNSHARE)
                .orElseThrow(() -> new HostChangeException(ProxyDiagnosis.noCommand("unshare")));
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(kind(JournalPlace.uid()));
        return words;
    }

    /**
     * Root keeps no number there: to have 0 there, too, would need CAP_SETFCAP here. Others keep theirs, so that what they run
     * in it later has it as well.
     */
    private static List<String> kind(int uid) {
        List<String> words = new ArrayList<>(List.of("--user", "--net", "--keep-caps"));
        if (uid != 0) {
            words.add("--map-current-user");
        }
        return words;
    }

    /** Why there cannot be one, or nobody can listen for it here; empty where nothing is in the way. */
    static Optional<Failure> obstacle(ProxySettings proxy, HostCommands host) {
        if (!host.has(HostCommands.Program.UNSHARE)) {
            return Optional.of(ProxyDiagnosis.noCommand("unshare"));
        }
        List<String> trial = new ArrayList<>(kind(JournalPlace.uid()));
        trial.add("true");
        CommandResult result = host.query(HostCommands.Program.UNSHARE, trial);
        if (!result.isSuccess()) {
            String said = IpCommand.printable(result.output().strip());
            return Optional.of(ProxyDiagnosis.noNamespace(
                    said, said.contains("Operation not permitted") ? Privileges.filter() : ProxyDiagnosis.Filter.NONE));
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(proxy.listening());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(ProxyDiagnosis.notListening(proxy, reason(e)));
        }
    }

    /**
     * A file of one's own over /etc/resolv.conf, and nothing where this host's resolvers answer past it. The first argument is the
     * text of the file, the second and third who to be at last, both empty for no other than before; then comes the program.
     */
    private static final String NAMES = """
            set -eu
            text=$1 uid=$2 gid=$3
            shift 3
            file=$(readlink -f /etc/resolv.conf) || file=/etc/resolv.conf
            mount -t tmpfs -o mode=755 jpptp /tmp
            printf '%s' "$text" >/tmp/resolv.conf
            for other in /run/systemd/resolve /run/nscd /var/run/nscd /run/avahi-daemon; do
              [ ! -d "$other" ] || mount -t tmpfs -o mode=755 jpptp "$other"
            done
            [ -e "$file" ] || : >"$file"
            mount --bind /tmp/resolv.conf "$file"
            umount /tmp
            [ -z "$uid" ] || exec unshare --user --map-user="$uid" --map-group="$gid" -- "$@"
            exec "$@"
            """;

    /**
     * The words that run a command in the namespace of a process, where it finds no resolver but these.
     *
     * @param pid the process
     * @throws HostChangeException where a program for it is missing, or the privilege
     */
    public static List<String> entering(long pid, List<Inet4Address> resolvers, List<String> command)
            throws HostChangeException {
        int uid = JournalPlace.uid();
        if (uid == 0) {
            Optional<Failure> missing = Privileges.missing(EnumSet.of(Capability.CAP_SYS_ADMIN));
            if (missing.isPresent()) {
                throw new HostChangeException(missing.get());
            }
        }
        Path nsenter = HostCommands.find(HostCommands.PLACES, HostCommands.Program.NSENTER)
                .orElseThrow(() -> new HostChangeException(ProxyDiagnosis.noCommand("nsenter")));
        return entering(nsenter.toString(), uid, JournalPlace.gid(), pid, resolvers, command);
    }

    /** The same for a user: who is not root has the privilege for it only in a user namespace, and leaves that again. */
    static List<String> entering(
            String nsenter, int uid, int gid, long pid, List<Inet4Address> resolvers, List<String> command) {
        List<String> words = new ArrayList<>(List.of(nsenter, "--target", Long.toString(pid), "--net"));
        if (uid != 0) {
            words.addAll(List.of("--user", "--preserve-credentials"));
        }
        words.addAll(List.of("--", "unshare", "--mount", "--propagation", "slave"));
        if (uid != 0) {
            words.addAll(List.of("--user", "--map-root-user"));
        }
        words.addAll(List.of("--", "sh", "-c", NAMES, "jpptp", text(resolvers)));
        words.addAll(uid == 0 ? List.of("", "") : List.of(Integer.toString(uid), Integer.toString(gid)));
        words.addAll(command);
        return words;
    }

    private static String text(List<Inet4Address> resolvers) {
        StringBuilder text = new StringBuilder("# Of a tunnel of jpptp, for this program and what it starts.\n");
        resolvers.forEach(
                each -> text.append("nameserver ").append(each.getHostAddress()).append('\n'));
        return text.toString();
    }

    /** What the system said, without what Java puts before or behind it. */
    public static String reason(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return IpCommand.printable(message.replaceFirst(" \\(Bind failed\\)", "")
                .replaceFirst("^bind\\(\\.\\.\\) failed(?: with error\\(-?\\d+\\))?: ", ""));
    }

    /**
     * A file name that nobody has, in the directory of this user's tunnels.
     *
     * @throws HostChangeException where nothing can be written there
     */
    public static Path rendezvous(Path directory) throws HostChangeException {
        try {
            new JournalFolder(directory).probe();
            Path file = Files.createTempFile(directory, "proxy-", ".inner");
            Files.delete(file);
            return file;
        } catch (IOException e) {
            throw UndoJournal.refusal(directory, e);
        }
    }
}
