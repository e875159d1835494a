package org.jpptp.client.session;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jpptp.client.ClientConfig;
import org.jpptp.control.ControlConfig;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.IpcpSettings;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppTiming;

/**
 * What a {@link Session} is told before it starts.
 *
 * @param client what the user asked for
 * @param server the address that TCP connected to
 * @param control our side of the control connection
 * @param timing timers of the PPP link
 * @param greSilence how long an accepted call may go without one GRE packet before GRE counts as blocked
 * @param unreachableGrace how long GRE may still come after ICMP said protocol-unreachable: a server may open its
 *     socket late
 * @param closing how long the LCP Terminate exchange may take when we end the link
 * @param interactive whether somebody answers {@link SessionEdge#askSecret}
 * @param answering how long that may take
 */
public record SessionConfig(
        ClientConfig client,
        Inet4Address server,
        ControlConfig control,
        PppTiming timing,
        Duration greSilence,
        Duration unreachableGrace,
        Duration closing,
        boolean interactive,
        Duration answering) {
    private static final Inet4Address ANY = any();

    /** The link: any address, and the server's name servers. */
    PppConfig link() {
        return new PppConfig(
                client.mtu(),
                "",
                new AuthRole.Authenticatee(client.credentials(), client.auth(), interactive),
                client.mppe(),
                new IpcpSettings(ANY, ANY, true, List.of(), List.of()),
                client.ipv6(),
                timing);
    }

    private static Inet4Address any() {
        try {
            return (Inet4Address) InetAddress.getByAddress(new byte[4]);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The defaults of the command, with nobody to be asked. */
    public static SessionConfig standard(ClientConfig client, Inet4Address server, String hostName) {
        return standard(client, server, hostName, false);
    }

    /** The defaults of the command. An orderly end stays below 5 s: 2 s for LCP, then two messages of 1 s each. */
    public static SessionConfig standard(
            ClientConfig client, Inet4Address server, String hostName, boolean interactive) {
        return new SessionConfig(
                client,
                server,
                ControlConfig.standard(hostName),
                PppTiming.DEFAULT,
                Duration.ofSeconds(9),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                interactive,
                Duration.ofMinutes(2));
    }
}
