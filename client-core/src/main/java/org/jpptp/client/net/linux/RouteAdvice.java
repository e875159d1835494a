package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.gre.io.Errno;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel takes of what is said on an interface about ways by IPv6: on a tunnel's nothing. A Router Advertisement (RFC
 * 4861 §4.2) gives a host addresses, networks on the link, a default route and an MTU, a Redirect (§4.5) another next hop, and
 * the other end of a tunnel is a server that nobody has asked for one of these. With the first setting off the rest of what an
 * advertisement could do is off as well, and no Router Solicitation is sent.
 *
 * <p>An interface has these settings anew, with the values that the kernel gives, when it is made, when it comes to another
 * network namespace, and when its MTU is large enough for IPv6 again. All this is about the network namespace of the calling
 * thread.
 */
public final class RouteAdvice {
    private static final Path SETTINGS = Path.of("/proc/sys/net/ipv6/conf");
    /** What a new interface has the settings of, in the place of an interface. */
    private static final String NEW_INTERFACE = "default";
    /** In the place of interfaces: one of such a name has no settings, and the kernel has no IPv6 for it. */
    private static final Set<String> NO_INTERFACES = Set.of("all", NEW_INTERFACE);

    static final String OFF = "0";

    private RouteAdvice() {}

    /** What may be heeded, each a setting of its own. */
    enum Kind {
        ADVERTISEMENTS("accept_ra"),
        REDIRECTS("accept_redirects");

        private final String setting;

        Kind(String setting) {
            this.setting = setting;
        }

        /** The name of its setting. */
        @Override
        public String toString() {
            return setting;
        }
    }

    /**
     * Has an interface heed none, for the rest of its time.
     *
     * @param trace receives each change before it is made
     * @throws HostChangeException where the host refuses it
     */
    public static void refuse(String interfaceName, Consumer<String> trace) throws HostChangeException {
        for (Kind kind : heeded(interfaceName)) {
            set(interfaceName, kind, OFF, trace);
        }
    }

    /** What an interface heeds; nothing where it has no IPv6. */
    static List<Kind> heeded(String interfaceName) {
        return NO_INTERFACES.contains(interfaceName) ? List.of() : on(interfaceName);
    }

    private static List<Kind> on(String interfaceName) {
        return Stream.of(Kind.values())
                .filter(kind -> !value(interfaceName, kind).isEmpty())
                .filter(kind -> !value(interfaceName, kind).equals(OFF))
                .toList();
    }

    /**
     * What is in the way of {@link #refuse}; nothing is changed.
     *
     * @param interfaceName of an interface that is there or is to be made, null for no certain one
     */
    static Optional<Failure> obstacle(@Nullable String interfaceName) {
        String there = interfaceName != null && Files.exists(file(interfaceName, Kind.ADVERTISEMENTS))
                ? interfaceName
                : NEW_INTERFACE;
        for (Kind kind : on(there)) {
            Path file = file(there, kind);
            try (FileChannel opened = FileChannel.open(file, StandardOpenOption.WRITE)) {
                assert opened.isOpen();
            } catch (FileSystemException e) {
                if (Errno.EROFS.words().equals(e.getReason())) {
                    return Optional.of(HostDiagnosis.adviceNotRefused(file, Errno.EROFS.words()));
                }
            } catch (IOException e) {
                // What is not understood is left to the change itself.
            }
        }
        return Optional.empty();
    }

    /** The value of a setting; empty where there is none. */
    static String value(String interfaceName, Kind kind) {
        try {
            return Files.readString(file(interfaceName, kind), StandardCharsets.US_ASCII)
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Gives it another, and traces it in words of sysctl(8), for which a name of an interface may have dots. */
    static void set(String interfaceName, Kind kind, String value, Consumer<String> trace) throws HostChangeException {
        trace.accept("[#] sysctl net/ipv6/conf/" + interfaceName + "/" + kind + "=" + value);
        Path file = file(interfaceName, kind);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap((value + "\n").getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new HostChangeException(HostDiagnosis.adviceNotRefused(file, JournalPlace.reason(e)));
        }
    }

    private static Path file(String interfaceName, Kind kind) {
        return SETTINGS.resolve(interfaceName).resolve(kind.toString());
    }
}
