package org.jpptp.lab.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.linux.CommandResult;
import org.jpptp.client.net.linux.IpCommand;

/**
 * Two network namespaces joined by a veth pair: {@value #CLIENT_ADDRESS} in one, {@value #SERVER_ADDRESS} in the other
 * (TEST-NET-1 of RFC 5737). Nothing else can be reached from them. Both vanish with {@link #close}, and
 * those of a demo that was killed with the next.
 */
final class DemoNetwork implements AutoCloseable {
    static final String CLIENT_ADDRESS = "192.0.2.2";
    static final String SERVER_ADDRESS = "192.0.2.1";

    /** Where {@code ip netns} keeps the names. */
    private static final Path NAMES = Path.of("/run/netns");

    private static final Pattern OWNER = Pattern.compile("jpptp-demo-(?:client|server)-(\\d{1,18})");

    private final IpCommand ip;
    private final String client;
    private final String server;

    private DemoNetwork(IpCommand ip, long unique) {
        this.ip = ip;
        this.client = "jpptp-demo-client-" + unique;
        this.server = "jpptp-demo-server-" + unique;
    }

    /**
     * Makes them.
     *
     * @param unique tells demos that run at the same time apart: the process id
     */
    static DemoNetwork make(long unique, Consumer<String> trace) throws HostChangeException {
        DemoNetwork network = new DemoNetwork(IpCommand.find(trace), unique);
        try {
            network.make();
            return network;
        } catch (HostChangeException e) {
            network.close();
            throw e;
        }
    }

    private void make() throws HostChangeException {
        namesOfTheDead().forEach(this::delete);
        ip("netns", "add", client);
        ip("netns", "add", server);
        ip("-n", client, "link", "add", "uplink", "type", "veth", "peer", "name", "uplink", "netns", server);
        for (String namespace : List.of(client, server)) {
            String address = namespace.equals(client) ? CLIENT_ADDRESS : SERVER_ADDRESS;
            ip("-n", namespace, "link", "set", "lo", "up");
            ip("-n", namespace, "addr", "add", address + "/30", "dev", "uplink");
            ip("-n", namespace, "link", "set", "uplink", "up");
        }
    }

    /** The namespace of the client. */
    String client() {
        return client;
    }

    /** The namespace of the server. */
    String server() {
        return server;
    }

    private void ip(String... arguments) throws HostChangeException {
        CommandResult result = ip.change(List.of(arguments));
        if (!result.isSuccess()) {
            throw result.refusal();
        }
    }

    @Override
    public void close() {
        delete(client);
        delete(server);
    }

    private void delete(String namespace) {
        ip.change(List.of("netns", "del", namespace));
    }

    /** The namespaces of demos that were killed: whose processes are no more. */
    private static List<String> namesOfTheDead() {
        try (Stream<Path> names = Files.list(NAMES)) {
            return names.map(path -> path.getFileName().toString())
                    .filter(DemoNetwork::isOfTheDead)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            // Where none can be listed, none has to be removed before this demo begins.
            return List.of();
        }
    }

    private static boolean isOfTheDead(String name) {
        Matcher owner = OWNER.matcher(name);
        return owner.matches()
                && ProcessHandle.of(Long.parseLong(owner.group(1))).isEmpty();
    }
}
