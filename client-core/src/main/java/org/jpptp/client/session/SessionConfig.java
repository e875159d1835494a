package org.jpptp.client.session;

import java.net.Inet4Address;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Ipv6;
import org.jpptp.control.ControlConfig;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.IpcpSettings;
import org.jpptp.ppp.PppConfig;

/**
 * What a {@link Session} is told before it starts.
 *
 * @param client what the user asked for
 * @param server the address that TCP connected to
 * @param control our side of the control connection
 * @param attendance whether there is a user to be asked
 */
public record SessionConfig(ClientConfig client, Inet4Address server, ControlConfig control, Attendance attendance) {
    /** Whether somebody answers {@link SessionEdge#askSecret}. */
    public enum Attendance {
        /** Nobody does: a password that the server does not take ends the tunnel. */
        UNATTENDED,
        /** A user can be asked for another password. */
        ATTENDED
    }

    /** The link: any address, and the server's name servers. */
    PppConfig link() {
        return new PppConfig(
                client.network().mtu(),
                "",
                new AuthRole.Authenticatee(
                        client.identity().credentials(), client.policy().auth(), attendance == Attendance.ATTENDED),
                client.policy().mppe(),
                IpcpSettings.client(),
                client.network().ipv6() != Ipv6.NONE,
                client.timing().ppp());
    }

    /**
     * With the control connection's defaults.
     *
     * @param hostName what the server is told of this host, empty for nothing
     */
    public static SessionConfig of(ClientConfig client, Inet4Address server, String hostName, Attendance attendance) {
        return new SessionConfig(client, server, ControlConfig.standard(hostName), attendance);
    }
}
