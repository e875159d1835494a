package org.jpptp.cli.option;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.argument.Operand;
import org.jpptp.cli.secret.PasswordSource;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Identity;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.Timing;
import org.jpptp.ppp.AuthMethod;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options of {@code connect}. Values are texts here, so that {@link #check} can answer each bad one with a sentence
 * of ours.
 */
public final class ConnectOptions {
    /** What the help puts over the options of each mixin, once where several have the same. */
    public static final Map<String, String> HEADINGS = headings();

    /** The name of the mixin that only says how one run is shown. */
    public static final String OUTPUT = "output";

    private final Operand server = Operand.required(
            "SERVER", "Name or IPv4 address of the server, with :PORT if not 1723; or the name of a profile.");

    private final UserOptions user = new UserOptions();

    private final PolicyOptions policy = new PolicyOptions();

    private final RoutingOptions routing = new RoutingOptions();

    private final NetworkOptions network = new NetworkOptions();

    private final NameOptions names = new NameOptions();

    private final ProxyOptions proxy = new ProxyOptions();

    private final HookOptions hooks = new HookOptions();

    private final TimingOptions timing = new TimingOptions();

    private final ReconnectOptions reconnect = new ReconnectOptions();

    private final RecordOptions records = new RecordOptions();

    public final OutputOptions output = new OutputOptions();

    private @Nullable CommandSpec spec;

    /** What parses them, one and the same each time. */
    public CommandSpec spec() {
        CommandSpec known = spec;
        if (known == null) {
            known = Arguments.of(server);
            known.addMixin("user", user.spec());
            known.addMixin("policy", policy.spec());
            known.addMixin("routing", routing.spec());
            known.addMixin("network", network.spec());
            known.addMixin("names", names.spec());
            known.addMixin("proxy", proxy.spec());
            known.addMixin("hooks", hooks.spec());
            known.addMixin("timing", timing.spec());
            known.addMixin("reconnect", reconnect.spec());
            known.addMixin("records", records.spec());
            known.addMixin(OUTPUT, output.spec());
            spec = known;
        }
        return known;
    }

    /** The SERVER argument, which may be the name of a profile. */
    public String target() {
        return server.text();
    }

    /** The server, in place of the name of a profile that has it. */
    public void setTarget(String name) {
        server.set(name);
    }

    /** Whether a user is named. */
    public boolean hasUser() {
        return user.user.isGiven();
    }

    /** What is asked for, all but the passwords. */
    public record Checked(
            ServerSettings server,
            UserOptions.Checked user,
            PolicySettings policy,
            NetworkSettings network,
            Timing timing,
            ReconnectSettings reconnect,
            RecordOptions.Checked records,
            Verbosity verbosity) {
        /** What the tunnel is called where nobody has named it. */
        public TunnelName derivedName() {
            return TunnelName.derived(network.interfaceName(), server.host());
        }

        /** The same for another user. */
        public Checked with(UserOptions.Checked other) {
            return new Checked(server, other, policy, network, timing, reconnect, records, verbosity);
        }

        /** The same with the password. */
        public ClientConfig config(Identity identity) {
            return new ClientConfig(server, identity, policy, network, timing, reconnect);
        }
    }

    /**
     * Understands everything, and contacts and reads nothing.
     *
     * @param elsewhere where the password is if no option says so
     * @throws UsageException for the first argument that is wrong
     */
    public Checked check(Streams streams, Optional<PasswordSource> elsewhere) {
        ServerSettings to = ServerAddress.parse(target());
        UserOptions.Checked as = user.check(streams, elsewhere);
        PolicySettings allowed = policy.check();
        NetworkSettings host =
                network.check(routing.check()).with(names.check()).with(hooks.check());
        ReconnectSettings again = reconnect.check();
        RecordOptions.Checked recorded = records.check();
        Checked checked = new Checked(
                to,
                as,
                allowed,
                proxy.check(host, names.dns.values(), again),
                timing.check(),
                again,
                recorded,
                output.verbosity(recorded));
        if (checked.user().newPassword() != null
                && checked.policy().auth().stream().noneMatch(ConnectOptions::changesPasswords)) {
            throw new UsageException("--change-password works with MS-CHAP only, and --auth leaves it out.");
        }
        return checked;
    }

    private static Map<String, String> headings() {
        Map<String, String> headings = new LinkedHashMap<>();
        headings.put("user", "User");
        headings.put("policy", "What may be agreed on");
        headings.put("routing", "Network");
        headings.put("network", "Network");
        headings.put("names", "Network");
        headings.put("proxy", "Network");
        headings.put("hooks", "Network");
        headings.put("timing", "Network");
        headings.put("reconnect", "Reconnection");
        headings.put("records", "Records");
        headings.put(OUTPUT, "Output");
        return headings;
    }

    /** RFC 2759 §7, RFC 2433 §9. */
    private static boolean changesPasswords(AuthMethod method) {
        return method.yieldsKeys();
    }
}
