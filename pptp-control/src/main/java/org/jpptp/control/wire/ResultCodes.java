package org.jpptp.control.wire;

/** The codes of RFC 2637 in words, one method per table of the RFC. */
public final class ResultCodes {
    /** Result of nearly every reply: it worked. */
    public static final int OK = 1;

    /** Result of every reply: see the error code. */
    public static final int GENERAL_ERROR = 2;

    /** Start-Control-Connection-Reply: there is one already. */
    public static final int START_ALREADY_EXISTS = 3;

    /** Start-Control-Connection-Reply: the requester's version is not spoken. */
    public static final int START_VERSION_UNSUPPORTED = 5;

    /** Stop-Control-Connection-Request: no particular reason. */
    public static final int STOP_NONE = 1;

    /** Stop-Control-Connection-Request: the peer's version is not spoken. */
    public static final int STOP_PROTOCOL = 2;

    /** Stop-Control-Connection-Request: the sender shuts down. */
    public static final int STOP_LOCAL_SHUTDOWN = 3;

    /** Outgoing-Call-Reply: administratively prohibited. */
    public static final int OUTGOING_DO_NOT_ACCEPT = 7;

    /** Incoming-Call-Reply: hang up. */
    public static final int INCOMING_DO_NOT_ACCEPT = 3;

    /** Call-Disconnect-Notify: administrative reasons. */
    public static final int DISCONNECT_ADMIN_SHUTDOWN = 3;

    /** Call-Disconnect-Notify: the answer to Call-Clear-Request. */
    public static final int DISCONNECT_REQUEST = 4;

    /** General error: no control connection yet. */
    public static final int ERROR_NOT_CONNECTED = 1;

    /** General error: a field is out of range. */
    public static final int ERROR_BAD_VALUE = 3;

    /** General error: not now. */
    public static final int ERROR_NO_RESOURCE = 4;

    private static final String UNKNOWN = "not a code of RFC 2637";

    private ResultCodes() {}

    /** The protocol version as people write it: 0x0100 is 1.0. */
    public static String version(int version) {
        return (version >>> 8) + "." + (version & 0xFF);
    }

    /** Start-Control-Connection-Reply, §2.2. Result 0 is not in the RFC; peers that send it mean success. */
    public static String start(int result) {
        return switch (result) {
            case 0 -> "taken as success";
            case OK -> "successful";
            case GENERAL_ERROR -> "general error";
            case START_ALREADY_EXISTS -> "a control connection exists already";
            case 4 -> "not authorized to establish a control connection";
            case START_VERSION_UNSUPPORTED -> "protocol version not supported";
            default -> UNKNOWN;
        };
    }

    /** Stop-Control-Connection-Request, §2.3. */
    public static String stopReason(int reason) {
        return switch (reason) {
            case STOP_NONE -> "no particular reason";
            case STOP_PROTOCOL -> "cannot support the peer's protocol version";
            case STOP_LOCAL_SHUTDOWN -> "being shut down";
            default -> UNKNOWN;
        };
    }

    /** Stop-Control-Connection-Reply, §2.4, and Echo-Reply, §2.6. */
    public static String simple(int result) {
        return switch (result) {
            case OK -> "OK";
            case GENERAL_ERROR -> "general error";
            default -> UNKNOWN;
        };
    }

    /** Outgoing-Call-Reply, §2.8. */
    public static String outgoingCall(int result) {
        return switch (result) {
            case OK -> "connected";
            case GENERAL_ERROR -> "general error";
            case 3 -> "no carrier";
            case 4 -> "busy";
            case 5 -> "no dial tone";
            case 6 -> "not established in time";
            case OUTGOING_DO_NOT_ACCEPT -> "administratively prohibited";
            default -> UNKNOWN;
        };
    }

    /** Incoming-Call-Reply, §2.10. */
    public static String incomingCall(int result) {
        return switch (result) {
            case OK -> "answer the call";
            case GENERAL_ERROR -> "general error";
            case INCOMING_DO_NOT_ACCEPT -> "do not accept";
            default -> UNKNOWN;
        };
    }

    /** Call-Disconnect-Notify, §2.13. */
    public static String disconnect(int result) {
        return switch (result) {
            case 1 -> "lost carrier";
            case GENERAL_ERROR -> "general error";
            case DISCONNECT_ADMIN_SHUTDOWN -> "administrative shutdown";
            case DISCONNECT_REQUEST -> "as requested by Call-Clear-Request";
            default -> UNKNOWN;
        };
    }

    /** General error codes, §2.16. */
    public static String error(int error) {
        return switch (error) {
            case 0 -> "none";
            case ERROR_NOT_CONNECTED -> "no control connection exists yet";
            case 2 -> "bad length or magic cookie";
            case ERROR_BAD_VALUE -> "a field is out of range or a reserved field is not zero";
            case ERROR_NO_RESOURCE -> "insufficient resources now";
            case 5 -> "call id invalid here";
            case 6 -> "vendor-specific error in the PAC";
            default -> UNKNOWN;
        };
    }

    /** Cause codes, §2.8 and §2.13: those of ITU-T Q.931 (Q.850) that servers are seen to send. */
    public static String cause(int cause) {
        return switch (cause) {
            case 0 -> "none";
            case 1 -> "unallocated number";
            case 3 -> "no route to destination";
            case 16 -> "normal call clearing";
            case 17 -> "user busy";
            case 18 -> "no user responding";
            case 19 -> "no answer from user";
            case 21 -> "call rejected";
            case 22 -> "number changed";
            case 27 -> "destination out of order";
            case 28 -> "invalid number format";
            case 29 -> "facility rejected";
            case 31 -> "normal, unspecified";
            case 34 -> "no circuit available";
            case 38 -> "network out of order";
            case 41 -> "temporary failure";
            case 42 -> "switching equipment congestion";
            case 44 -> "requested circuit not available";
            case 47 -> "resource unavailable, unspecified";
            case 57 -> "bearer capability not authorized";
            case 58 -> "bearer capability not available now";
            case 63 -> "service not available, unspecified";
            case 65 -> "bearer capability not implemented";
            case 79 -> "service not implemented, unspecified";
            case 88 -> "incompatible destination";
            case 102 -> "recovery on timer expiry";
            case 111 -> "protocol error, unspecified";
            case 127 -> "interworking, unspecified";
            default -> "not a cause we know";
        };
    }

    /** Error and cause behind a result, as far as they are set: {@code , error 4 (...), cause 17 (...)}. */
    public static String details(int error, int cause) {
        StringBuilder details = new StringBuilder();
        if (error != 0) {
            details.append(", error ")
                    .append(error)
                    .append(" (")
                    .append(error(error))
                    .append(')');
        }
        if (cause != 0) {
            details.append(", cause ")
                    .append(cause)
                    .append(" (")
                    .append(cause(cause))
                    .append(')');
        }
        return details.toString();
    }
}
