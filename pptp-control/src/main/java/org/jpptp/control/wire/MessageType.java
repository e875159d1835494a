package org.jpptp.control.wire;

import org.jspecify.annotations.Nullable;

/** The fifteen control messages of RFC 2637 §1.4: code, name and the one length that each may have. */
public enum MessageType {
    START_CONTROL_CONNECTION_REQUEST(1, 156, "Start-Control-Connection-Request"),
    START_CONTROL_CONNECTION_REPLY(2, 156, "Start-Control-Connection-Reply"),
    STOP_CONTROL_CONNECTION_REQUEST(3, 16, "Stop-Control-Connection-Request"),
    STOP_CONTROL_CONNECTION_REPLY(4, 16, "Stop-Control-Connection-Reply"),
    ECHO_REQUEST(5, 16, "Echo-Request"),
    ECHO_REPLY(6, 20, "Echo-Reply"),
    OUTGOING_CALL_REQUEST(7, 168, "Outgoing-Call-Request"),
    OUTGOING_CALL_REPLY(8, 32, "Outgoing-Call-Reply"),
    INCOMING_CALL_REQUEST(9, 220, "Incoming-Call-Request"),
    INCOMING_CALL_REPLY(10, 24, "Incoming-Call-Reply"),
    INCOMING_CALL_CONNECTED(11, 28, "Incoming-Call-Connected"),
    CALL_CLEAR_REQUEST(12, 16, "Call-Clear-Request"),
    CALL_DISCONNECT_NOTIFY(13, 148, "Call-Disconnect-Notify"),
    WAN_ERROR_NOTIFY(14, 40, "WAN-Error-Notify"),
    SET_LINK_INFO(15, 24, "Set-Link-Info");

    private static final MessageType[] BY_CODE = values();

    private final int code;
    private final int length;
    private final String rfcName;

    MessageType(int code, int length, String rfcName) {
        this.code = code;
        this.length = length;
        this.rfcName = rfcName;
    }

    /** The type with this Control Message Type, or null when the RFC knows none. */
    public static @Nullable MessageType of(int code) {
        return code >= 1 && code <= BY_CODE.length ? BY_CODE[code - 1] : null;
    }

    /** The value of the Control Message Type field. */
    public int code() {
        return code;
    }

    /** Octets of the whole message, header included. */
    public int length() {
        return length;
    }

    /** The name that the RFC and protocol analysers use. */
    public String rfcName() {
        return rfcName;
    }
}
