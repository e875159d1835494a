package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;

/**
 * The setting with which the kernel heeds a packet's mark when it looks whether its sender could be reached at all
 * ({@code src_valid_mark}): without it, a host that is strict about this drops what the server sends as soon as everything
 * else goes through the tunnel. Line: {@code sysctl net.ipv4.conf.all.src_valid_mark 0}.
 */
record SysctlChange() implements Change {
    static final String KIND = "sysctl";
    /** In whatever network namespace the calling thread is. */
    private static final Path FILE = Path.of("/proc/sys/net/ipv4/conf/all/src_valid_mark");

    private static final String LINE = KIND + " net.ipv4.conf.all.src_valid_mark 0";

    static Optional<SysctlChange> parse(String line) {
        return line.equals(LINE) ? Optional.of(new SysctlChange()) : Optional.empty();
    }

    /** Whether it is not on yet; a host that does not tell has no such setting. */
    static boolean isOff() {
        return value().equals("0");
    }

    @Override
    public String line() {
        return LINE;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void make(HostCommands host) throws HostChangeException {
        host.trace("[#] sysctl net.ipv4.conf.all.src_valid_mark=1");
        try {
            write("1");
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    @Override
    public boolean undo(HostCommands host) {
        if (!value().equals("1")) {
            return true; // others have changed it meanwhile, or we were killed before it was made
        }
        host.trace("[#] sysctl net.ipv4.conf.all.src_valid_mark=0");
        try {
            write("0");
            return true;
        } catch (IOException e) {
            host.trace(refusal(e).failure().sentence());
            return false;
        }
    }

    private static void write(String value) throws IOException {
        Files.writeString(FILE, value + "\n", StandardCharsets.US_ASCII);
    }

    private static String value() {
        try {
            return Files.readString(FILE, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static HostChangeException refusal(IOException e) {
        return new HostChangeException(HostDiagnosis.settingNotChanged(FILE, JournalPlace.reason(e)));
    }
}
