package org.jpptp.client.net.linux;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;

/**
 * Name servers for all of NetworkManager, by a file of its configuration that a boot removes, and a word to read it. Line:
 * {@code networkmanager LINK}. To give them to the interface alone would let NetworkManager take addresses and routes away
 * that it has not set.
 *
 * @param link the tunnel's interface
 * @param servers whom to ask about every name; empty when read from a journal
 * @param domains that are searched, or that {@code inside} are asked about; empty when read from a journal
 * @param inside whom to ask about the domains only; empty for nobody, and when read from a journal
 */
record NetworkManagerChange(String link, List<Inet4Address> servers, List<String> domains, List<Inet4Address> inside)
        implements Change {
    static final String KIND = "networkmanager";

    private static final Path DIRECTORY = Path.of("/run/NetworkManager/conf.d");
    private static final List<String> READ = List.of("general", "reload", "conf");
    private static final Pattern LINE = Pattern.compile(KIND + " (" + FilterChange.LINK + ")");

    NetworkManagerChange {
        servers = List.copyOf(servers);
        domains = List.copyOf(domains);
        inside = List.copyOf(inside);
    }

    static Optional<NetworkManagerChange> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(new NetworkManagerChange(matcher.group(1), List.of(), List.of(), List.of()))
                : Optional.empty();
    }

    @Override
    public String line() {
        return KIND + " " + link;
    }

    @Override
    public boolean outlivesNamespace() {
        return true;
    }

    @Override
    public void make(HostCommands host) throws HostChangeException {
        host.trace("[#] write " + file());
        try {
            Files.createDirectories(DIRECTORY);
            new HostFile(0644, 0, content()).replace(file());
        } catch (IOException e) {
            throw refusal(e);
        }
        host.make(HostCommands.Program.NMCLI, READ);
    }

    /** In the format of NetworkManager.conf(5): a section for each domain, and one for all others. */
    String content() {
        StringBuilder text = new StringBuilder("# Written by jpptp for the tunnel " + link + ".\n[global-dns]\n");
        if (inside.isEmpty() && !domains.isEmpty()) {
            text.append("searches=").append(String.join(",", domains)).append('\n');
        }
        text.append("[global-dns-domain-*]\nservers=").append(list(servers)).append('\n');
        if (!inside.isEmpty()) {
            domains.forEach(domain -> text.append("[global-dns-domain-")
                    .append(domain)
                    .append("]\nservers=")
                    .append(list(inside))
                    .append('\n'));
        }
        return text.toString();
    }

    @Override
    public boolean undo(HostCommands host) {
        try {
            HostFile.clean(file());
            if (!Files.exists(file())) {
                return true;
            }
            host.trace("[#] remove " + file());
            Files.delete(file());
        } catch (IOException e) {
            host.trace(refusal(e).failure().sentence());
            return false;
        }
        // One that is not running will not find the file when it starts.
        return host.remove(HostCommands.Program.NMCLI, READ)
                || !host.query(HostCommands.Program.NMCLI, List.of("-t", "-f", "RUNNING", "general"))
                        .output()
                        .startsWith("running");
    }

    private Path file() {
        return DIRECTORY.resolve("jpptp-" + link + ".conf");
    }

    private HostChangeException refusal(IOException e) {
        return new HostChangeException(HostDiagnosis.fileNotChanged(file(), JournalPlace.reason(e)));
    }

    private static String list(List<Inet4Address> addresses) {
        return addresses.stream().map(Inet4Address::getHostAddress).collect(Collectors.joining(","));
    }
}
