package org.jpptp.client.diagnosis;

import org.jpptp.ppp.AddressFailure;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.PppFailure;

/** The numbers that Windows has for failures of a link where they are finer than those of the reasons. */
final class WindowsErrors {
    /** "The connection was terminated by the remote computer before it could be completed." */
    static final int ENDED_EARLY = 628;
    /** "The remote computer did not respond in a timely manner." */
    private static final int SILENT = 718;
    /** What comes of it when no network protocol comes up: "no PPP control protocols". */
    private static final int NO_NETWORK = 720;
    /** "The remote PPP peer is not responding." */
    private static final int NO_RESPONSE = 721;
    /** "The PPP negotiation is not converging." */
    private static final int NOT_CONVERGING = 732;
    /** "The requested address was rejected by the server." */
    private static final int ADDRESS_REJECTED = 735;
    /** "The remote computer terminated the control protocol." */
    private static final int PROTOCOL_ENDED = 736;
    /** "Loopback was detected." */
    private static final int LOOPED = 737;
    /** "The server did not assign an address." */
    private static final int NO_ADDRESS = 738;

    private WindowsErrors() {}

    /** Returns 0 where the verdict has a number of its own, or that of its reason will do. */
    static int of(PppFailure failure) {
        return switch (failure.cause()) {
            case LCP_TIMEOUT -> NO_RESPONSE;
            case LCP_NOT_CONVERGING -> NOT_CONVERGING;
            case LOOPED -> LOOPED;
            case AUTH_TIMEOUT, NETWORK_TIMEOUT -> SILENT;
            case PEER_TERMINATED -> ended(failure);
            case ADDRESSES_REFUSED -> addresses(failure);
            default -> 0;
        };
    }

    private static int ended(PppFailure failure) {
        LinkFailure.Reached reached =
                failure instanceof LinkFailure.PeerTerminated ended ? ended.reached() : LinkFailure.Reached.UP;
        return switch (reached) {
            case AUTHENTICATING -> ENDED_EARLY;
            case ENCRYPTING, ADDRESSING -> NO_NETWORK;
            case ESTABLISHING, UP -> 0;
        };
    }

    private static int addresses(PppFailure failure) {
        if (failure instanceof AddressFailure.IpcpRefused) {
            return PROTOCOL_ENDED;
        }
        if (failure instanceof AddressFailure.IpcpNotConverging) {
            return NOT_CONVERGING;
        }
        return failure instanceof AddressFailure.AddressesRefused refused
                ? switch (refused.how()) {
                    case IPCP_REJECTED -> NO_NETWORK;
                    case REQUEST_REJECTED -> ADDRESS_REJECTED;
                    case NONE_NAMED -> NO_ADDRESS;
                }
                : 0;
    }
}
