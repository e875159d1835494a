package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.jpptp.client.Routing.Lan;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.Lockdown;

/**
 * A table of packet filters of its own, {@code inet jpptp_lockdown}, and a file from which {@code nft} alone makes it again at boot,
 * before there is a network: the unit that does it needs no Java. It is in no journal, for no tunnel's end takes it back.
 */
public final class LinuxLockdown implements Lockdown {
    /** Where the unit looks for it. */
    public static final Path FILE = Path.of("/var/lib/jpptp/lockdown.nft");

    private static final List<Path> UNITS = List.of(
            Path.of("/etc/systemd/system/sysinit.target.wants/jpptp-lockdown.service"),
            Path.of("/usr/lib/systemd/system/sysinit.target.wants/jpptp-lockdown.service"));
    private static final String TABLE = "inet jpptp_lockdown";

    private final Path file;
    private final List<Path> units;
    private final List<Path> programs;
    private final HostLog log;

    /** On this machine, in the network namespace of the calling thread. */
    public LinuxLockdown(HostLog log) {
        this(FILE, UNITS, HostCommands.PLACES, log);
    }

    LinuxLockdown(Path file, List<Path> units, List<Path> programs, HostLog log) {
        this.file = file;
        this.units = units;
        this.programs = programs;
        this.log = log;
    }

    @Override
    public State state() {
        boolean isWanted = Files.exists(file);
        boolean isUnknown = !isWanted && !Files.notExists(file);
        HostCommands host = host();
        boolean isThere = false;
        boolean toLans = false;
        if (host.has(HostCommands.Program.NFT)) {
            CommandResult table =
                    host.query(HostCommands.Program.NFT, List.of("list", "table", "inet", "jpptp_lockdown"));
            if (!table.isSuccess() && !table.isGone()) {
                return State.HIDDEN;
            }
            isThere = table.isSuccess();
            toLans = table.output().contains(" ip daddr ");
        }
        if (!isThere) {
            return isUnknown ? State.HIDDEN : isWanted ? State.REMOVED : State.OFF;
        }
        if (!isWanted && !isUnknown) {
            return State.UNTIL_BOOT;
        }
        return toLans ? State.ON_BUT_LAN : State.ON;
    }

    @Override
    public Optional<String> on(Lan lan) throws HostChangeException {
        HostCommands host = host();
        if (!host.has(HostCommands.Program.NFT)) {
            throw new HostChangeException(HostDiagnosis.noNftCommand(programs));
        }
        List<HostLan> lans = lan == Lan.OPEN ? HostLan.of(IpCommand.find(programs, log::note)) : List.of();
        // In one step, also in the place of what is there already.
        String text = "table " + TABLE + "\ndelete table " + TABLE + "\ntable " + TABLE + " { "
                + FilterText.lockdown(lans).replace("; ", ";\n") + " }\n";
        Optional<Path> fresh = Optional.empty();
        try {
            Files.createDirectories(
                    parent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path written = Files.createTempFile(parent(), "lockdown-", ".new"); // mode 0600
            fresh = Optional.of(written);
            Files.writeString(written, text, StandardCharsets.US_ASCII);
            host.make(HostCommands.Program.NFT, List.of("-f", written.toString()));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw refusal(e);
        } finally {
            fresh.ifPresent(LinuxLockdown::discard);
        }
        return units.stream().anyMatch(Files::exists)
                ? Optional.empty()
                : Optional.of(HostDiagnosis.lockdownEndsWithBoot(file));
    }

    @Override
    public void off() throws HostChangeException {
        HostCommands host = host();
        CommandResult gone =
                host.change(HostCommands.Program.NFT, List.of("delete", "table", "inet", "jpptp_lockdown"));
        if (!gone.isSuccess() && !gone.isGone()) {
            throw gone.refusal();
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private HostCommands host() {
        return new HostCommands(programs, log::note);
    }

    private Path parent() {
        return file.resolveSibling("");
    }

    private HostChangeException refusal(IOException e) {
        return new HostChangeException(HostDiagnosis.lockdownNotKept(file, JournalPlace.reason(e)));
    }

    private static void discard(Path written) {
        try {
            Files.deleteIfExists(written);
        } catch (IOException e) {
            // It was moved, or it is of no use to anybody.
        }
    }
}
