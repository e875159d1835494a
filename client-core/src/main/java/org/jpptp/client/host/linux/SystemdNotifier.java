package org.jpptp.client.host.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.host.ServiceManager;
import org.jpptp.gre.io.Libc;

/**
 * systemd, which is told by datagrams at the socket that it names (sd_notify(3)). Each goes out through a socket of its own,
 * since the other end may have been made anew.
 *
 * <p>Programs that this one runs do not get the variables: their environment is made anew.
 */
final class SystemdNotifier implements ServiceManager {
    private static final int FAMILY_OCTETS = 2;
    /** What {@code sun_path} holds (unix(7)). */
    private static final int MOST_PATH_OCTETS = 108;

    private static final long NEVER = 0;
    /** Far longer than anybody waits for a sign of life, in microseconds. */
    private static final int MOST_DIGITS = 15;

    private final byte[] path;
    private final long watchdogNanos;

    private SystemdNotifier(byte[] path, long watchdogNanos) {
        this.path = path;
        this.watchdogNanos = watchdogNanos;
    }

    /** The one that this process's environment names; empty where there is none, or not of a kind that is known here. */
    static Optional<SystemdNotifier> of(Map<String, String> environment, long pid) {
        String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        byte[] path = socket.getBytes(StandardCharsets.UTF_8);
        boolean isFile = socket.startsWith("/") && path.length < MOST_PATH_OCTETS;
        boolean isAbstract = socket.startsWith("@") && socket.length() > 1 && path.length <= MOST_PATH_OCTETS;
        if (isAbstract) {
            path[0] = 0;
        }
        return isFile || isAbstract
                ? Optional.of(new SystemdNotifier(path, watchdogNanos(environment, pid)))
                : Optional.empty();
    }

    private static long watchdogNanos(Map<String, String> environment, long pid) {
        String microseconds = environment.getOrDefault("WATCHDOG_USEC", "");
        String watched = environment.getOrDefault("WATCHDOG_PID", "");
        boolean isOurs = watched.isEmpty() || watched.equals(Long.toString(pid));
        return isOurs && microseconds.matches("[0-9]{1," + MOST_DIGITS + "}")
                ? TimeUnit.MICROSECONDS.toNanos(Long.parseLong(microseconds))
                : NEVER;
    }

    /**
     * Lets systemd know that this loop turns, twice as often as it wants to hear it. When the loop hangs or the process is
     * stopped, systemd does not hear it.
     */
    void watch(EventLoop loop) {
        if (watchdogNanos > 1) {
            ScheduledFuture<?> unused =
                    loop.scheduleAtFixedRate(() -> send("WATCHDOG=1"), 0, watchdogNanos / 2, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void ready() {
        send("READY=1");
    }

    @Override
    public void status(String text) {
        send("STATUS=" + text.replace('\n', ' '));
    }

    @Override
    public void stopping() {
        send("STOPPING=1");
    }

    private void send(String message) {
        byte[] octets = message.getBytes(StandardCharsets.UTF_8);
        int socket = Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC | Libc.SOCK_NONBLOCK, 0);
        if (socket < 0) {
            return;
        }
        try (Memory address = new Memory(FAMILY_OCTETS + MOST_PATH_OCTETS);
                Memory sent = new Memory(octets.length)) {
            address.clear();
            address.setShort(0, (short) Libc.AF_UNIX);
            address.write(FAMILY_OCTETS, path, 0, path.length);
            sent.write(0, octets, 0, octets.length);
            if (Libc.connect(socket, address, FAMILY_OCTETS + path.length) == 0) {
                long unused = Libc.write(socket, Pointer.nativeValue(sent), octets.length);
            }
        } finally {
            Libc.close(socket);
        }
    }
}
