package org.jpptp.client.hook;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jpptp.client.Cidr;
import org.jpptp.client.HookSettings.Moment;
import org.jpptp.client.net.NetworkPlan;

/**
 * How a hook is run: with the arguments and variables of pppd's scripts and the variables of vpnc-script (docs/hooks.md has
 * them all). Numbers, addresses and the name of our interface only; no text of a server's gets here.
 *
 * @param arguments behind the path
 * @param environment what it depends on the tunnel for
 */
public record HookCommand(List<String> arguments, Map<String, String> environment) {
    private static final String NO_ADDRESS = "0.0.0.0";
    /** Of a serial line, which there is none of. */
    private static final String SPEED = "0";

    public HookCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /**
     * What a tunnel has carried, which is told when it goes.
     *
     * @param time since it is up
     */
    public record Carried(Duration time, long octetsSent, long octetsReceived) {
        /** Of one that has just come up. */
        public static final Carried NOTHING = new Carried(Duration.ZERO, 0, 0);
    }

    /**
     * Of a tunnel.
     *
     * @param plan what this host looks like
     * @param carried is told where {@code moment} is the end
     */
    public static HookCommand of(Moment moment, NetworkPlan plan, Carried carried) {
        Map<String, String> environment = new LinkedHashMap<>();
        putPppd(environment, plan);
        if (moment == Moment.DOWN) {
            environment.put("CONNECT_TIME", Long.toString(carried.time().toSeconds()));
            environment.put("BYTES_SENT", Long.toString(carried.octetsSent()));
            environment.put("BYTES_RCVD", Long.toString(carried.octetsReceived()));
        }
        environment.put(
                "reason",
                switch (moment) {
                    case UP -> "connect";
                    case DOWN -> "disconnect";
                    case RECONNECT -> "reconnect";
                });
        putVpnc(environment, plan);
        Inet4Address remote = plan.remote();
        return new HookCommand(
                List.of(
                        plan.interfaceName(),
                        plan.server().getHostAddress(),
                        SPEED,
                        plan.local().getHostAddress(),
                        remote == null ? NO_ADDRESS : remote.getHostAddress(),
                        ""),
                environment);
    }

    private static void putPppd(Map<String, String> environment, NetworkPlan plan) {
        environment.put("DEVICE", plan.server().getHostAddress());
        environment.put("IFNAME", plan.interfaceName());
        environment.put("IPLOCAL", plan.local().getHostAddress());
        Inet4Address remote = plan.remote();
        if (remote != null) {
            environment.put("IPREMOTE", remote.getHostAddress());
        }
        environment.put("SPEED", SPEED);
        putNumbered(environment, "DNS", plan.names().servers());
        putNumbered(environment, "WINS", plan.names().wins());
        if (isLeftToScripts(plan)) {
            environment.put("USEPEERDNS", "1");
        }
    }

    private static void putNumbered(Map<String, String> environment, String name, List<Inet4Address> addresses) {
        for (int i = 0; i < Math.min(2, addresses.size()); i++) {
            environment.put(name + (i + 1), addresses.get(i).getHostAddress());
        }
    }

    private static void putVpnc(Map<String, String> environment, NetworkPlan plan) {
        environment.put("VPNGATEWAY", plan.server().getHostAddress());
        environment.put("TUNDEV", plan.interfaceName());
        environment.put("INTERNAL_IP4_ADDRESS", plan.local().getHostAddress());
        environment.put("INTERNAL_IP4_MTU", Integer.toString(plan.mtu()));
        if (isLeftToScripts(plan)) {
            environment.put("INTERNAL_IP4_DNS", list(plan.names().servers()));
        }
        if (!plan.names().wins().isEmpty()) {
            environment.put("INTERNAL_IP4_NBNS", list(plan.names().wins()));
        }
        List<Cidr> networks = networks(plan);
        environment.put("CISCO_SPLIT_INC", Integer.toString(networks.size()));
        for (int i = 0; i < networks.size(); i++) {
            Cidr network = networks.get(i);
            String name = "CISCO_SPLIT_INC_" + i + "_";
            environment.put(name + "ADDR", network.address().getHostAddress());
            environment.put(name + "MASK", network.mask().getHostAddress());
            environment.put(name + "MASKLEN", Integer.toString(network.prefix()));
            for (String unused : List.of("PROTOCOL", "SPORT", "DPORT")) {
                environment.put(name + unused, "0");
            }
        }
    }

    /**
     * Never without a number of them: a script would take the default route then, which a full tunnel of ours leaves as it is.
     * It would, too, for whatever begins at 0.0.0.0.
     */
    private static List<Cidr> networks(NetworkPlan plan) {
        Set<Cidr> networks = new LinkedHashSet<>(plan.routes());
        networks.addAll(plan.names().routes());
        return new ArrayList<>(networks)
                .stream()
                        .filter(network -> !network.address().isAnyLocalAddress())
                        .toList();
    }

    /** Where we do not look names up there, a script may. */
    private static boolean isLeftToScripts(NetworkPlan plan) {
        return !plan.names().isApplied() && !plan.names().servers().isEmpty();
    }

    private static String list(List<Inet4Address> addresses) {
        return addresses.stream().map(Inet4Address::getHostAddress).collect(Collectors.joining(" "));
    }
}
