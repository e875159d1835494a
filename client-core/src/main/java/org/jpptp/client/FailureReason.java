package org.jpptp.client;

/**
 * Every way in which a tunnel fails that a script may want to act on differently. Exit codes are stable: they are part
 * of the command's interface (jpptp(1)).
 */
public enum FailureReason {
    /** A defect of ours. */
    INTERNAL(1, 0),
    /** Arguments that contradict each other or cannot be understood. */
    USAGE(2, 0),
    /** Not root, or a capability is missing. */
    NO_PRIVILEGE(3, 0),
    /** No TUN device: /dev/net/tun is absent, or the interface cannot be made. */
    NO_TUN(4, 0),
    /** The host refused an address, a route or another change, or to take the output. */
    HOST_CHANGE_REFUSED(5, 0),
    /** No directory takes the native libraries, or they cannot be loaded from there. */
    NO_LIBRARIES(6, 0),
    /** The file to explain cannot be read, or holds nothing of PPTP. */
    NOTHING_TO_EXPLAIN(9, 0),
    /** The server's name does not resolve to an IPv4 address. */
    NAME_NOT_FOUND(10, 868),
    /** Nothing listens on the server's TCP port. */
    REFUSED(11, 800),
    /** TCP to the server got no answer, or the network said that there is no way. */
    TIMED_OUT(12, 800),
    /** The server refused the control connection, or does not speak PPTP. */
    CONTROL_REFUSED(13, 800),
    /** The server refused the call. */
    CALL_REFUSED(14, 800),
    /** The call was accepted, and no GRE packet came. */
    GRE_BLOCKED(15, 806),
    /** ICMP says that the far end takes no GRE. */
    GRE_UNREACHABLE(16, 807),
    /** LCP was not answered, or never converged. */
    LINK_NEGOTIATION_FAILED(17, 734),
    /** The server insists on an authentication method that policy refuses. */
    AUTH_METHOD_REFUSED(18, 919),
    /** Name or password are wrong. */
    CREDENTIALS_REJECTED(19, 691),
    /** The account may not dial in now. */
    ACCOUNT_RESTRICTED(20, 649),
    /** The server did not prove that it knows the password. */
    SERVER_PROOF_WRONG(21, 778),
    /** The server refuses the encryption that policy requires, or requires what policy does not allow. */
    ENCRYPTION_REFUSED(22, 742),
    /** Encryption was agreed on, but the server's keys are missing or wrong. */
    KEYS_WRONG(23, 742),
    /** No usable addresses were agreed on. */
    ADDRESSES_REFUSED(24, 720),
    /** The server ended the tunnel. */
    ENDED_BY_SERVER(25, 629),
    /** The peer fell silent, TCP broke, or somebody took the interface away. */
    LINK_LOST(26, 829),
    /** The tunnel was not up within --timeout. */
    NOT_UP_IN_TIME(27, 718),
    /** Whether the server's name has an address could not be found out: no name server answered for it. */
    NAME_UNANSWERED(28, 868),
    /** Stopped by a signal before the tunnel was up. */
    INTERRUPTED(130, 0);

    private final int exitCode;
    private final int windowsError;

    FailureReason(int exitCode, int windowsError) {
        this.exitCode = exitCode;
        this.windowsError = windowsError;
    }

    /** The process's exit code. */
    public int exitCode() {
        return exitCode;
    }

    /** The number that Windows shows for the same failure, 0 where it has none. */
    public int windowsError() {
        return windowsError;
    }
}
