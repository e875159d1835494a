package org.jpptp.lab.bench;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jpptp.client.Offload;
import org.jpptp.client.ServerSettings;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.server.SingleUser;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;

/**
 * The far end of the tunnels of {@code lab/bench/integrity}; serves one client until it is killed.
 *
 * <pre>IntegrityServer ADDRESS LOCAL CLIENT OFFLOAD 128|56|40|none stateless|stateful [mppc]</pre>
 *
 * It listens on ADDRESS; LOCAL and CLIENT are the inner addresses, OFFLOAD is one of {@link Offload} in small letters. It
 * prints "ready" once it listens.
 */
public final class IntegrityServer {
    private IntegrityServer() {}

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress address = new InetSocketAddress(arguments[0], ServerSettings.DEFAULT_PORT);
        Inet4Address local = (Inet4Address) InetAddress.getByName(arguments[1]);
        Inet4Address client = (Inet4Address) InetAddress.getByName(arguments[2]);
        ServerConfig config = ServerConfig.standard(
                        new SingleUser(BenchServer.USER, BenchServer.PASSWORD, 0), local, List.of(client))
                .with(Personalities.OURS.but().speaksIpv6().build())
                .with(Offload.valueOf(arguments[3].toUpperCase(Locale.ROOT)))
                .with(policy(
                        arguments[4], arguments[5], Arrays.asList(arguments).contains("mppc")));
        EmbeddedServer server = EmbeddedServer.start(config, address, line -> {});
        System.out.println("ready on port " + server.port());
        new CountDownLatch(1).await();
    }

    private static MppePolicy policy(String strength, String mode, boolean mppc) {
        boolean encrypts = !strength.equals("none");
        return new MppePolicy(
                encrypts,
                encrypts ? EnumSet.of(MppeStrength.valueOf("BITS_" + strength)) : Set.of(),
                EnumSet.of(MppeMode.valueOf(mode.toUpperCase(Locale.ROOT))),
                mppc);
    }
}
