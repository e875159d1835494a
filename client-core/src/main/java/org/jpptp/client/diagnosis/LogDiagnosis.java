package org.jpptp.client.diagnosis;

import org.jpptp.client.FailureReason;

/** Words for what other programs log of an end without showing its packets. */
public final class LogDiagnosis {
    private LogDiagnosis() {}

    /** A router that cannot ask its RADIUS server refuses as it does a wrong password. */
    public static LoggedVerdict unasked() {
        return new LoggedVerdict(
                FailureReason.ENDED_BY_SERVER,
                0,
                "The server could not check the password: its AAA server, mostly RADIUS, did not answer.",
                "See on the router whether its RADIUS server is reached, and whether both have the same key.");
    }

    /** A router that calls, and has no name and password for the way in which it is asked to prove itself. */
    public static LoggedVerdict nothingToProveWith() {
        return new LoggedVerdict(
                FailureReason.AUTH_METHOD_REFUSED,
                "The router has no name and password for the way of authentication that the server asks for.",
                "On Cisco IOS, on the dialer: ppp chap hostname and ppp chap password; for PAP, ppp pap sent-username.");
    }

    /** What is below pppd went away, with nothing said before. */
    public static LoggedVerdict broken() {
        return new LoggedVerdict(
                FailureReason.LINK_LOST,
                "The control connection below the tunnel ended while it was up, without a word of PPP.",
                "The log of pptp, or of the other side, has the reason: TCP that broke, or a server that went away.");
    }

    /** A server is left by a client that requires MPPE before it is there. */
    public static LoggedVerdict leftWithoutEncryption() {
        return new LoggedVerdict(
                FailureReason.ENCRYPTION_REFUSED,
                "The client ended the link: it requires MPPE, and has no keys for it, or no answer.",
                "Have the server ask for MS-CHAPv2 and MPPE: require-mschap-v2 and require-mppe-128.");
    }

    /** A server is left by a client before it is there. */
    public static LoggedVerdict left() {
        return new LoggedVerdict(
                FailureReason.INTERRUPTED,
                0,
                "The client ended the link before the tunnel was up.",
                "The log of the client has the reason.");
    }

    /**
     * pppd gives a link up whose echoes are not answered.
     *
     * @param echoes how many were not, as the log has it
     */
    public static LoggedVerdict lost(String echoes) {
        return new LoggedVerdict(
                FailureReason.LINK_LOST,
                "The link was lost: " + echoes + " LCP Echo-Requests in a row were not answered.",
                "Check the network between here and the server, then connect again.");
    }

    /** pptp does not find the server's address. */
    public static LoggedVerdict unresolved() {
        return new LoggedVerdict(
                FailureReason.NAME_NOT_FOUND,
                "The server's name does not resolve to an address.",
                "Check the name, and that the name servers are reached.");
    }

    /** pptp hears nothing of the server's address. */
    public static LoggedVerdict unansweredName() {
        return new LoggedVerdict(
                FailureReason.NAME_UNANSWERED,
                "The server's name could not be looked up: no name server answered.",
                "Check the network of that host and its name servers, or have the server's address in the place of its name.");
    }

    /** A RouterOS that is the client. */
    public static LoggedVerdict rejectedByTheServerOfRouterOs() {
        return new LoggedVerdict(
                FailureReason.CREDENTIALS_REJECTED,
                "RouterOS says that the server rejected its name or its password.",
                "Check user and password of the interface, and that they are those of an account of the server's.");
    }

    /** A RouterOS that is the server, and asks another who may come in. */
    public static LoggedVerdict noRadiusForRouterOs() {
        return new LoggedVerdict(
                FailureReason.ENDED_BY_SERVER,
                "RouterOS let nobody in, since its RADIUS server did not answer.",
                "Check that the RADIUS server runs, that RouterOS reaches it, and that both have the same secret.");
    }

    /** A RouterOS, client or server, waits in vain. */
    public static LoggedVerdict silentToRouterOs() {
        return new LoggedVerdict(
                FailureReason.LINK_LOST,
                "RouterOS says that the other side does not respond.",
                "Check the network between the two, and that GRE (IP protocol 47) passes both ways.");
    }

    /** pptp gives a tunnel up whose control connection is not answered. */
    public static LoggedVerdict unansweredByControl() {
        return new LoggedVerdict(
                FailureReason.LINK_LOST,
                "pptp gave the tunnel up: the server did not answer an Echo-Request of the control connection.",
                "Check the network to the server, and that the route to it does not lead into the tunnel.");
    }

    /** pptp is told to go, and not why. */
    public static LoggedVerdict stopped() {
        return new LoggedVerdict(
                FailureReason.ENDED_BY_SERVER,
                "The server ended the control connection. The log does not say why.",
                "Connect again; if it repeats, the server's log has the reason.");
    }

    /** pptp is not root. */
    public static LoggedVerdict noRawSocket() {
        return new LoggedVerdict(
                FailureReason.NO_PRIVILEGE,
                "pptp may not open a raw socket for GRE.",
                "Run it as root, or with the capability CAP_NET_RAW.");
    }
}
