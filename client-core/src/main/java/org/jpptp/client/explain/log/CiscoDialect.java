package org.jpptp.client.explain.log;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.diagnosis.LogDiagnosis;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/** Cisco IOS with {@code debug ppp negotiation}: options stand below their packet, each with its octets. */
final class CiscoDialect implements Dialect {
    private static final String PROGRAM = "Cisco IOS";
    private static final Pattern PACKET = Pattern.compile(
            "(?<=\\S )(LCP|CCP|IPCP|CHAP|MS-CHAP|MS-CHAP-V2|PAP|IPV6CP|EAP): ?([IO]) ?([A-Z][A-Z-]{1,15})"
                    + "(?: \\[\\w{1,20}\\])? ?(?:id (\\d{1,9}))?(?: [Ll]en (\\d{1,9}))?"
                    + "(?:.*?(?:from|(?:msg|MSG) is) \"([^\"]*)\"?)?");
    /** Who has called whom: a router that calls is the client. */
    private static final Pattern DIRECTION = Pattern.compile(
            "\\bPPP: (?:Treating connection as a (callin|callout)|No remote authentication for (call-out))");

    /** A request is sent again; so many in a row, and nobody answers. */
    private static final Pattern UNANSWERED = Pattern.compile("\\b(LCP: TIMEout: State REQsent)");

    private static final int SILENCE = 5;
    /** What it has nothing to prove itself with. */
    private static final Pattern UNABLE = Pattern.compile("\\b(?:MS-)?CHAP(?:-V2)?: (Unable to authenticate for peer)");
    /** One of them is in each line that it writes of PPP. */
    private static final List<String> MARKS = List.of("P: ", "P:O", "P:I", "V2: ", "PPP DISC");

    private static final Pattern DOWN = Pattern.compile("\\bPPP: Phase is DOWN\\b");
    private static final Pattern NO_AAA = Pattern.compile("\\bPPP DISC: (AAA Server did not respond)");
    private static final Pattern OPTION = Pattern.compile("\\(0x([0-9A-Fa-f]{4,})\\)");
    private static final int SHORTEST_RESPONSE = 49;

    private final LogCalls calls;
    private @Nullable ByteBuf data;
    private int protocol;
    private int code;
    private int id;
    private Side from = Side.CLIENT;
    private long at;
    private long nanos = Moment.NO_TIME;
    private boolean caller;
    private int timeouts;

    CiscoDialect(LogCalls calls) {
        this.calls = calls;
    }

    @Override
    public boolean line(long number, String line) {
        boolean mayBe = Dialect.holdsAny(line, MARKS);
        Matcher packet = PACKET.matcher(mayBe ? line : "");
        if (packet.find()) {
            end();
            begin(number, line, packet);
            if (code == ControlPacket.PROTOCOL_REJECT) {
                octets(line);
            }
            return true;
        }
        return octets(line) || (mayBe && said(number, line));
    }

    /** Why the router went, which the packets do not show. */
    private boolean said(long number, String line) {
        Matcher unasked = NO_AAA.matcher(line);
        if (unasked.find()) {
            end();
            calls.says(PROGRAM, number, LogTime.of(line), unasked.group(1), LogDiagnosis.unasked());
            return true;
        }
        Matcher unable = UNABLE.matcher(line);
        if (unable.find()) {
            end();
            calls.says(PROGRAM, number, LogTime.of(line), unable.group(1), LogDiagnosis.nothingToProveWith());
            return true;
        }
        if (DOWN.matcher(line).find()) {
            end();
            timeouts = 0;
            calls.over();
            return true;
        }
        return directs(line) || waits(number, line);
    }

    private boolean directs(String line) {
        Matcher direction = DIRECTION.matcher(line);
        if (!direction.find()) {
            return false;
        }
        end();
        timeouts = 0;
        caller = !"callin".equals(direction.group(1));
        return true;
    }

    private boolean waits(long number, String line) {
        Matcher unanswered = UNANSWERED.matcher(line);
        if (!unanswered.find()) {
            return false;
        }
        end();
        timeouts++;
        if (timeouts == SILENCE) {
            calls.tells(PROGRAM, number, LogTime.of(line), unanswered.group(1));
        }
        return true;
    }

    private boolean octets(String line) {
        ByteBuf open = data;
        Matcher option = OPTION.matcher(line);
        if (open == null
                || !line.contains("(0x")
                || !option.find()
                || option.group(1).length() % 2 != 0
                || open.readableBytes() > 1024) {
            return false;
        }
        String hex = option.group(1);
        for (int i = 0; i + 1 < hex.length(); i += 2) {
            open.writeByte(Integer.parseInt(hex.substring(i, i + 2), 16));
        }
        return true;
    }

    private void begin(long number, String line, Matcher packet) {
        String name = packet.group(1);
        int known = PacketParser.protocol(name.startsWith("MS-CHAP") ? "CHAP" : name);
        int what = code(packet.group(3));
        if (known < 0 || what < 0) {
            return;
        }
        protocol = known;
        code = what;
        id = number(packet.group(4)) & 0xff;
        // The router is the server, unless it calls, or is asked for a proof.
        boolean sent = packet.group(2).equals("O");
        from = sent == caller ? Side.CLIENT : Side.SERVER;
        timeouts = sent ? timeouts : 0;
        at = number;
        nanos = LogTime.of(line);
        ByteBuf begun = Unpooled.buffer();
        String text = packet.group(6) == null ? "" : packet.group(6);
        if (protocol == PppProtocol.CHAP && code <= 2) {
            int value = value(number(packet.group(5)) - text.length() - 5);
            begun.writeByte(value).writeZero(value);
        } else if (protocol == PppProtocol.PAP) {
            begun.writeByte(Math.min(255, text.length()));
        }
        begun.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        if (protocol == PppProtocol.PAP && code == 1) {
            begun.writeByte(0);
        }
        data = begun;
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** The lengths that CHAP's values have; the log does not show them. */
    private int value(int told) {
        if (code == 2) {
            return told == 16 ? 16 : SHORTEST_RESPONSE;
        }
        return told == 8 ? 8 : 16;
    }

    private static int code(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "CONFREQ" -> ControlPacket.CONFIGURE_REQUEST;
            case "CONFACK" -> ControlPacket.CONFIGURE_ACK;
            case "CONFNAK" -> ControlPacket.CONFIGURE_NAK;
            case "CONFREJ" -> ControlPacket.CONFIGURE_REJECT;
            case "TERMREQ" -> ControlPacket.TERMINATE_REQUEST;
            case "TERMACK" -> ControlPacket.TERMINATE_ACK;
            case "CODEREJ" -> ControlPacket.CODE_REJECT;
            case "PROTREJ" -> ControlPacket.PROTOCOL_REJECT;
            case "ECHOREQ" -> ControlPacket.ECHO_REQUEST;
            case "ECHOREP" -> ControlPacket.ECHO_REPLY;
            case "IDENTIFY" -> ControlPacket.IDENTIFICATION;
            case "CHALLENGE", "AUTH-REQ" -> 1;
            case "RESPONSE", "AUTH-ACK" -> 2;
            case "SUCCESS", "AUTH-NAK" -> 3;
            case "FAILURE" -> 4;
            default -> -1;
        };
    }

    @Override
    public void end() {
        ByteBuf open = data;
        data = null;
        if (open != null) {
            calls.add(
                    PROGRAM,
                    at,
                    nanos,
                    from,
                    new Fact.Packet(protocol, ControlPacket.encode(code, id, ByteBufUtil.getBytes(open))));
        }
    }
}
