package org.jpptp.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jpptp.cli.secret.PasswordSource;
import org.jpptp.client.Cidr;
import org.jpptp.client.ClientConfig;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.MppePolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The options of {@code connect}. Values are texts here, so that {@link #check} can answer each bad one with a sentence
 * of ours.
 */
final class ConnectOptions {
    private static final int MAX_TIMEOUT = 3600;

    @Parameters(paramLabel = "SERVER", description = "Name or IPv4 address of the server, with :PORT if not 1723.")
    String server = "";

    @Option(
            names = {"-u", "--user"},
            required = true,
            paramLabel = "NAME",
            description = "User name; DOMAIN\\NAME where the server has domains.")
    String user = "";

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "The same as -u 'DOMAIN\\NAME'.")
    @Nullable
    String domain;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "First line of FILE, which only its owner may read.")
    @Nullable
    String passwordFile;

    @Option(
            names = "--password-fd",
            paramLabel = "N",
            description = "First line of the open file descriptor N; 0 is standard input.")
    @Nullable
    String passwordFd;

    @Option(
            names = "--route",
            paramLabel = "CIDR",
            description = "Network to be reached through the tunnel, such as 10.0.0.0/8. May be repeated.")
    List<String> routes = new ArrayList<>();

    @Option(
            names = "--mtu",
            paramLabel = "OCTETS",
            description = "MTU of the interface, 576 to 1456. Default: " + ClientConfig.DEFAULT_MTU + ".")
    @Nullable
    String mtu;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long the tunnel may take to come up. Default: 60.")
    @Nullable
    String timeout;

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            description = "Name of the interface. Default: the first free of pptp0, pptp1, ...")
    @Nullable
    String interfaceName;

    @Option(
            names = "--namespace",
            paramLabel = "NETNS",
            description = "Network namespace for the interface; the outer connection stays in this one.")
    @Nullable
    String namespace;

    @Option(names = "--json", description = "One JSON object a line on standard output (docs/json-events.md).")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Tell nothing but failures.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show every control packet; -vv also timers and decisions, -vvv also octets.")
    boolean[] verbose = {};

    @Option(
            names = "--color",
            negatable = true,
            description = "Colors, or none. Default: on terminals, unless NO_COLOR is set.")
    @Nullable
    Boolean color;

    /** What is asked for, all but the password. */
    record Checked(
            ServerAddress server,
            String name,
            PasswordSource password,
            List<Cidr> routes,
            int mtu,
            @Nullable String interfaceName,
            @Nullable String namespace,
            Duration timeout,
            Verbosity verbosity) {
        ClientConfig config(Credentials credentials) {
            return new ClientConfig(
                    server.host(),
                    server.port(),
                    credentials,
                    EnumSet.of(AuthMethod.MSCHAPV2),
                    MppePolicy.REQUIRE_128_STATELESS,
                    mtu,
                    interfaceName,
                    namespace,
                    routes,
                    timeout);
        }
    }

    /**
     * Understands everything, and contacts and reads nothing.
     *
     * @throws UsageException for the first argument that is wrong
     */
    Checked check(Streams streams) {
        ServerAddress address = ServerAddress.parse(server);
        String name = name();
        List<Cidr> networks =
                routes.stream().map(ConnectOptions::route).distinct().toList();
        int octets = mtu == null ? ClientConfig.DEFAULT_MTU : Numbers.parse("--mtu", mtu, 576, 1456, "octets");
        Duration limit = timeout == null
                ? ClientConfig.DEFAULT_TIMEOUT
                : Duration.ofSeconds(Numbers.parse("--timeout", timeout, 1, MAX_TIMEOUT, "seconds"));
        checkInterface();
        checkNamespace();
        return new Checked(
                address, name, password(streams), networks, octets, interfaceName, namespace, limit, verbosity());
    }

    private String name() {
        if (user.isEmpty()) {
            throw new UsageException("--user is empty.");
        }
        if (domain != null && (domain.isEmpty() || domain.indexOf('\\') >= 0)) {
            throw new UsageException("--domain takes the name of a domain without a backslash.");
        }
        if (domain != null && user.indexOf('\\') >= 0) {
            throw new UsageException("--domain and --user both name a domain; give it once.");
        }
        String name = domain == null ? user : domain + "\\" + user;
        // RFC 2759 §4: at most 256 characters.
        if (name.length() > 256) {
            throw new UsageException("--user is longer than the 256 characters that MS-CHAPv2 takes.");
        }
        if (name.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
            throw new UsageException("--user holds characters that this locale cannot express, or that are no letters;"
                    + " for letters beyond ASCII set LC_ALL=C.UTF-8.");
        }
        return name;
    }

    private static Cidr route(String text) {
        return Cidr.parse(text)
                .orElseThrow(
                        () -> new UsageException("--route takes an IPv4 network such as 10.0.0.0/8, with no bit set"
                                + " behind the prefix, not '" + Numbers.shown(text) + "'."));
    }

    private PasswordSource password(Streams streams) {
        if (passwordFile != null && passwordFd != null) {
            throw new UsageException("--password-file and --password-fd exclude each other.");
        }
        if (passwordFile != null) {
            return PasswordSource.file(passwordFile);
        }
        if (passwordFd != null) {
            return PasswordSource.descriptor(Numbers.parse("--password-fd", passwordFd, 0, 65535, ""), streams.in());
        }
        String variable = streams.environment().get(PasswordSource.VARIABLE);
        return variable == null ? PasswordSource.prompt(streams::console) : PasswordSource.environment(variable);
    }

    private void checkInterface() {
        // What the kernel allows (dev_valid_name), less what would be a pattern or a sign that tools take amiss.
        if (interfaceName != null && !interfaceName.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}")) {
            throw new UsageException("--interface takes 1 to 15 letters, digits, dots, dashes and underscores, not '"
                    + Numbers.shown(interfaceName) + "'.");
        }
    }

    private void checkNamespace() {
        if (namespace != null && !namespace.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}")) {
            throw new UsageException("--namespace takes the name of a network namespace as 'ip netns' lists it, not '"
                    + Numbers.shown(namespace) + "'.");
        }
    }

    private Verbosity verbosity() {
        if (quiet && verbose.length > 0) {
            throw new UsageException("--quiet and --verbose exclude each other.");
        }
        return switch (verbose.length) {
            case 0 -> quiet ? Verbosity.QUIET : Verbosity.NORMAL;
            case 1 -> Verbosity.PACKETS;
            case 2 -> Verbosity.DECISIONS;
            case 3 -> Verbosity.OCTETS;
            default -> throw new UsageException("--verbose can be given three times at most.");
        };
    }
}
