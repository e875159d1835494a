package org.jpptp.cli.usage;

import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;

/** The exit codes, and what they mean. {@link Endings} has those of a command. */
public final class ExitCodes {
    /** The user ended a tunnel that was up, or asked for help. */
    public static final int SUCCESS = 0;

    private ExitCodes() {}

    /** What the process ends with. */
    public static int of(TunnelEvent.Ended ended) {
        if (ended.failure() != null) {
            return ended.failure().reason().exitCode();
        }
        return ended.wasUp() ? SUCCESS : FailureReason.INTERRUPTED.exitCode();
    }

    /** What a command ends with that fails so, in words that are true of most. */
    public static String meaning(FailureReason reason) {
        return switch (reason) {
            case INTERNAL -> "A defect of jpptp.";
            case USAGE -> "The arguments cannot be understood, or contradict each other.";
            case NO_PRIVILEGE -> "Not root, or a capability is missing.";
            case NO_TUN -> "There is no TUN device, or the interface cannot be made.";
            case HOST_CHANGE_REFUSED ->
                "The host refused an address, a route or another change, or to take the output or a file.";
            case NO_LIBRARIES -> "The program's native libraries cannot be unpacked, or not be loaded.";
            case NOTHING_TO_EXPLAIN -> "The file to explain cannot be read, or holds nothing of PPTP.";
            case NAME_NOT_FOUND -> "The server's name has no IPv4 address.";
            case REFUSED -> "Nothing listens on the server's TCP port.";
            case TIMED_OUT -> "TCP to the server was not answered.";
            case CONTROL_REFUSED -> "The server refused the control connection, or does not speak PPTP.";
            case CALL_REFUSED -> "The server refused the call.";
            case GRE_BLOCKED -> "The call was accepted, and no GRE packet came back.";
            case GRE_UNREACHABLE -> "The far end takes no GRE.";
            case LINK_NEGOTIATION_FAILED -> "LCP was not answered, or came to no agreement.";
            case AUTH_METHOD_REFUSED -> "The server insists on an authentication method that is not allowed.";
            case CREDENTIALS_REJECTED -> "User name or password are wrong.";
            case ACCOUNT_RESTRICTED -> "The account may not dial in now.";
            case SERVER_PROOF_WRONG -> "The server did not prove that it knows the password.";
            case ENCRYPTION_REFUSED ->
                "The server refuses the encryption that is required, or requires what is not allowed.";
            case KEYS_WRONG -> "The server's encryption keys are missing or wrong.";
            case ADDRESSES_REFUSED -> "No usable addresses were agreed on.";
            case ENDED_BY_SERVER -> "The server ended the tunnel.";
            case LINK_LOST ->
                "The server fell silent, the connection broke, encryption lost step, or the interface was taken away.";
            case NOT_UP_IN_TIME -> "The tunnel was not up within --timeout.";
            case NAME_UNANSWERED -> "Whether the server's name has an address is not known: no name server answered.";
            case INTERRUPTED -> "Stopped by a signal before the tunnel was up.";
        };
    }
}
