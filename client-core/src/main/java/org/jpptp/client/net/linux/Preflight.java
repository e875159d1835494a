package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jpptp.client.Failure;
import org.jpptp.client.HookSettings;
import org.jpptp.client.Ipv6;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.Routing;
import org.jpptp.client.diagnosis.HookDiagnosis;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.diagnosis.HostDiagnosis.Capability;
import org.jpptp.client.diagnosis.NameDiagnosis;
import org.jpptp.client.hook.linux.HookFile;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.NameService;
import org.jpptp.client.net.User;
import org.jpptp.client.tun.InterfaceName;
import org.jpptp.gre.io.Errno;

/**
 * Looks, before a password is asked for and the server hears of us, for what would keep a tunnel from coming up here. It
 * changes nothing, and needs no native library.
 */
public final class Preflight {
    private final Path device;
    private final List<Path> programs;
    private final Path journals;
    private final Path lasting;

    /** On this machine. */
    public Preflight() {
        this(Path.of("/dev/net/tun"), HostCommands.PLACES, LinuxHostNetwork.JOURNALS, LinuxHostNetwork.LASTING);
    }

    Preflight(Path device, List<Path> programs, Path journals) {
        this(device, programs, journals, journals);
    }

    Preflight(Path device, List<Path> programs, Path journals, Path lasting) {
        this.device = device;
        this.programs = programs;
        this.journals = journals;
        this.lasting = lasting;
    }

    /** What is in the way, empty for nothing. */
    public Optional<Failure> obstacle(NetworkSettings wanted) {
        Set<Capability> needed = EnumSet.copyOf(Privileges.OF_A_TUNNEL);
        if (wanted.namespace() != null) {
            needed.add(Capability.CAP_SYS_ADMIN);
        }
        Optional<Failure> unprivileged = Privileges.missing(needed);
        return unprivileged.isPresent() ? unprivileged : ofTheHost(wanted);
    }

    /** The same for who may do everything. */
    Optional<Failure> ofTheHost(NetworkSettings wanted) {
        try {
            String name = wanted.interfaceName();
            if (name != null && !InterfaceName.isValid(name)) {
                throw new HostChangeException(HostDiagnosis.badInterfaceName(name));
            }
            openTheDevice();
            HostCommands host = IpCommand.find(programs, line -> {}).host();
            if (wanted.namespace() == null && isClosed(wanted.routing()) && !host.has(HostCommands.Program.NFT)) {
                throw new HostChangeException(HostDiagnosis.noNftCommand(programs));
            }
            if (wanted.namespace() != null) {
                NetworkNamespace.path(wanted.namespace());
            }
            Optional<Failure> heeded = wanted.ipv6() == Ipv6.NONE ? Optional.empty() : advice(wanted);
            if (heeded.isPresent()) {
                return heeded;
            }
            new JournalFolder(journals).probe();
            if (wanted.proxy() != null) {
                return InnerNamespace.obstacle(wanted.proxy(), host);
            }
            Optional<Failure> hook = hooks(wanted.hooks());
            if (hook.isPresent()) {
                return hook;
            }
            return wanted.names().isWanted() ? resolver(wanted) : Optional.empty();
        } catch (HostChangeException e) {
            return Optional.of(e.failure());
        } catch (IOException e) {
            return Optional.of(HostDiagnosis.noJournal(journals, JournalPlace.reason(e), JournalPlace.user()));
        }
    }

    /** The namespace of a proxy is not there yet; what is read-only here is so there, too. */
    private static Optional<Failure> advice(NetworkSettings wanted) throws HostChangeException {
        String name = wanted.interfaceName();
        return wanted.namespace() == null
                ? RouteAdvice.obstacle(name)
                : NetworkNamespace.change(wanted.namespace(), () -> RouteAdvice.obstacle(name));
    }

    private static Optional<Failure> hooks(HookSettings hooks) {
        return Stream.of(HookSettings.Moment.values())
                .flatMap(moment -> hooks.at(moment).flatMap(program -> hook(moment, program)).stream())
                .findFirst();
    }

    /** Why a program would not be run at a moment, empty where it would. */
    public static Optional<Failure> hook(HookSettings.Moment moment, Path program) {
        return new HookFile(JournalPlace.uid())
                .objection(program)
                .map(why -> Files.isRegularFile(program) && Files.isExecutable(program)
                        ? HookDiagnosis.notRun(moment, program, why)
                        : HookDiagnosis.noProgram(moment, program, why));
    }

    private Optional<Failure> resolver(NetworkSettings wanted) {
        NameService service = NameServices.of(NameServices.Facts.read(), wanted.namespace());
        if (JournalPlace.user() != User.ROOT && NameServices.isRootsAlone(service)) {
            return Optional.of(NameDiagnosis.rootsAlone(service));
        }
        Optional<Failure> obstacle =
                NameServices.obstacle(service, new HostCommands(programs, line -> {}), List.of(journals, lasting));
        if (obstacle.isEmpty() && service == NameService.FILE) {
            try {
                new JournalFolder(lasting).probe();
            } catch (IOException e) {
                return Optional.of(HostDiagnosis.noJournal(lasting, JournalPlace.reason(e), JournalPlace.user()));
            }
        }
        return obstacle;
    }

    private static boolean isClosed(Routing routing) {
        return routing.isFull() || routing.afterwards() == Routing.Afterwards.LOCKDOWN;
    }

    private void openTheDevice() throws HostChangeException {
        try (var opened = Files.newByteChannel(device, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assert opened.isOpen();
        } catch (IOException e) {
            // What is not understood is left to the real opening, which knows the errno.
            Optional<Errno> errno = errno(e);
            if (errno.isPresent()) {
                throw new HostChangeException(HostDiagnosis.tunNotOpened(
                        device.toString(), errno.get().code()));
            }
        }
    }

    private static Optional<Errno> errno(IOException e) {
        if (e instanceof AccessDeniedException) {
            return Optional.of(Errno.EACCES);
        }
        if (e instanceof NoSuchFileException) {
            return Optional.of(Errno.ENOENT);
        }
        String reason = e instanceof FileSystemException refused ? refused.getReason() : null;
        return Stream.of(Errno.EPERM, Errno.ENXIO, Errno.ENODEV)
                .filter(errno -> errno.words().equals(reason))
                .findFirst();
    }
}
