package org.jpptp.client.explain.log;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.control.wire.CallClearRequest;
import org.jpptp.control.wire.CallDisconnectNotify;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.EchoReply;
import org.jpptp.control.wire.EchoRequest;
import org.jpptp.control.wire.IncomingCallConnected;
import org.jpptp.control.wire.IncomingCallReply;
import org.jpptp.control.wire.IncomingCallRequest;
import org.jpptp.control.wire.MessageType;
import org.jpptp.control.wire.OutgoingCallReply;
import org.jpptp.control.wire.OutgoingCallRequest;
import org.jpptp.control.wire.SetLinkInfo;
import org.jpptp.control.wire.StartControlConnectionReply;
import org.jpptp.control.wire.StartControlConnectionRequest;
import org.jpptp.control.wire.StopControlConnectionReply;
import org.jpptp.control.wire.StopControlConnectionRequest;
import org.jpptp.control.wire.WanErrorNotify;
import org.jspecify.annotations.Nullable;

/** Puts a message of the control connection together again from our own notation, {@code Call-Clear-Request call-id=7}. */
final class ControlParser {
    private static final Pattern NAME = Pattern.compile("^([A-Z][A-Za-z-]+)(?= |$)");
    private static final Pattern FIELD = Pattern.compile(" ([a-z-]{1,40}+)=");
    private static final Pattern WORD = Pattern.compile("[^ \"]{1,40}+");
    private static final int LONGEST = 64;

    private final Map<String, String> fields = new HashMap<>();

    private ControlParser(String text) {
        Matcher matcher = FIELD.matcher(text);
        Matcher word = WORD.matcher(text);
        int at = 0;
        while (matcher.find(at)) {
            at = matcher.end();
            if (text.startsWith("\"", at)) {
                int close = Quoted.end(text, at + 1);
                if (close < 0) {
                    return;
                }
                fields.putIfAbsent(matcher.group(1), text.substring(at, close + 1));
                at = close;
            } else if (word.region(at, text.length()).lookingAt()) {
                fields.putIfAbsent(matcher.group(1), word.group());
                at = word.end();
            }
        }
    }

    /** Null for what is no message. */
    static @Nullable ControlMessage parse(String text) {
        Matcher name = NAME.matcher(text);
        if (!name.find()) {
            return null;
        }
        for (int code = 1; MessageType.of(code) != null; code++) {
            MessageType type = MessageType.of(code);
            if (type != null && type.rfcName().equals(name.group(1))) {
                return new ControlParser(text).message(type);
            }
        }
        return null;
    }

    private ControlMessage message(MessageType type) {
        return switch (type) {
            case START_CONTROL_CONNECTION_REQUEST ->
                new StartControlConnectionRequest(
                        version(),
                        number("framing"),
                        number("bearer"),
                        small("max-channels"),
                        small("firmware"),
                        text("host"),
                        text("vendor"));
            case START_CONTROL_CONNECTION_REPLY ->
                new StartControlConnectionReply(
                        version(),
                        small("result"),
                        small("error"),
                        number("framing"),
                        number("bearer"),
                        small("max-channels"),
                        small("firmware"),
                        text("host"),
                        text("vendor"));
            case STOP_CONTROL_CONNECTION_REQUEST -> new StopControlConnectionRequest(small("reason"));
            case STOP_CONTROL_CONNECTION_REPLY -> new StopControlConnectionReply(small("result"), small("error"));
            case ECHO_REQUEST -> new EchoRequest(number("id"));
            case ECHO_REPLY -> new EchoReply(number("id"), small("result"), small("error"));
            case OUTGOING_CALL_REQUEST ->
                new OutgoingCallRequest(
                        small("call-id"),
                        small("serial"),
                        number("min-bps"),
                        number("max-bps"),
                        number("bearer"),
                        number("framing"),
                        small("window"),
                        small("delay"),
                        text("phone"),
                        text("subaddress"));
            case OUTGOING_CALL_REPLY ->
                new OutgoingCallReply(
                        small("call-id"),
                        small("peer-call-id"),
                        small("result"),
                        small("error"),
                        small("cause"),
                        number("speed"),
                        small("window"),
                        small("delay"),
                        number("channel"));
            case INCOMING_CALL_REQUEST ->
                new IncomingCallRequest(
                        small("call-id"),
                        small("serial"),
                        number("bearer"),
                        number("channel"),
                        text("dialed"),
                        text("dialing"),
                        text("subaddress"));
            case INCOMING_CALL_REPLY ->
                new IncomingCallReply(
                        small("call-id"),
                        small("peer-call-id"),
                        small("result"),
                        small("error"),
                        small("window"),
                        small("delay"));
            case INCOMING_CALL_CONNECTED ->
                new IncomingCallConnected(
                        small("peer-call-id"), number("speed"), small("window"), small("delay"), number("framing"));
            case CALL_CLEAR_REQUEST -> new CallClearRequest(small("call-id"));
            case CALL_DISCONNECT_NOTIFY ->
                new CallDisconnectNotify(
                        small("call-id"), small("result"), small("error"), small("cause"), text("statistics"));
            case WAN_ERROR_NOTIFY ->
                new WanErrorNotify(
                        small("peer-call-id"),
                        number("crc"),
                        number("framing"),
                        number("hardware-overruns"),
                        number("buffer-overruns"),
                        number("time-outs"),
                        number("alignment"));
            case SET_LINK_INFO -> new SetLinkInfo(small("peer-call-id"), number("send-accm"), number("receive-accm"));
        };
    }

    /** In 32 bits; 0 for what is none. */
    private long number(String name) {
        try {
            long value = Long.decode(fields.getOrDefault(name, "0"));
            return value < 0 || value > 0xFFFFFFFFL ? 0 : value;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private int small(String name) {
        long value = number(name);
        return value > 0xFFFF ? 0 : (int) value;
    }

    private int version() {
        String[] parts = fields.getOrDefault("version", "1.0").split("\\.", -1);
        try {
            return parts.length == 2
                    ? ((Integer.parseInt(parts[0]) & 0xFF) << 8) | (Integer.parseInt(parts[1]) & 0xFF)
                    : 0x0100;
        } catch (NumberFormatException e) {
            return 0x0100;
        }
    }

    private String text(String name) {
        String quoted = fields.getOrDefault(name, "\"\"");
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < quoted.length() - 1 && text.length() < LONGEST; i++) {
            char c = quoted.charAt(i);
            if (c == '\\'
                    && i + 3 < quoted.length()
                    && quoted.substring(i, i + 4).matches("\\\\x[0-9a-f]{2}")) {
                text.append((char) Integer.parseInt(quoted.substring(i + 2, i + 4), 16));
                i += 3;
            } else if (c == '\\' && i + 1 < quoted.length() - 1) {
                i++;
                text.append(quoted.charAt(i));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
