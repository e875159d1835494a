package org.jpptp.client.explain.log;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.diagnosis.LogDiagnosis;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.StartControlConnectionRequest;
import org.jspecify.annotations.Nullable;

/**
 * RouterOS with the topics {@code pptp,debug,packet}: the packet's name in one line, its options or fields below; and
 * what it says without them, of which the topic is {@code pptp,ppp,info}.
 */
final class RouterOsDialect implements Dialect {
    private static final String PROGRAM = "RouterOS";
    private static final String REJECTION = " authentication failed";
    private static final Pattern PACKET = Pattern.compile(
            "\\b(sent|rcvd) (LCP|CCP|IPCP|CHAP|PAP|IPV6CP|EAP) (\\w{1,20})" + "(?: id=(0x[0-9a-fA-F]{1,8}))?(.*)");
    /** Words of the topics that stand in front of a packet. */
    private static final List<String> TOPICS = List.of("debug", "packet", "ppp", "pptp");

    private static final Pattern OPTION = Pattern.compile("^[^<]{0,120}+(<[^<>]*+>(?:\\s*+<[^<>]*+>)*+)\\s*+$");
    private static final Pattern WORDS = Pattern.compile("\\bdebug,packet\\s+([A-Z][\\w ,'-]{2,80})$");
    private static final Pattern CONTROL = Pattern.compile(
            "\\bpptp,debug,packet\\s.{0,80}?\\b(sent|rcvd) ([A-Z][a-z]{1,20}-[A-Z][A-Za-z-]{3,40}) (?:from|to) ");
    private static final Pattern FIELD =
            Pattern.compile("\\bpptp,debug,packet\\s+([a-z][a-z-]{2,30})=([^\\p{Cntrl}]{0,80})$");
    private static final Pattern REMOTE =
            Pattern.compile("(?:connecting|connect) to (\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})");
    private static final Pattern BEGINS = Pattern.compile(
            "\\bpptp\\S{0,40}info\\s.{0,120}?(?:TCP connection established from|: initializing\\.\\.\\.$)");
    private static final Pattern STATE = Pattern.compile(
            "\\bpptp[^:]{0,120}: (?:[^:]{1,60}: )?(authenticated|connected|disconnected|using encoding - [\\w ]{1,40}"
                    + "|user \\S{1,60} authentication failed(?: - ([a-z ]{3,60}))?"
                    + "|terminating\\.\\.\\.(?: - ([a-z ]{3,60}))?)$");
    /** The same without topics, as it is quoted. */
    private static final Pattern REJECTED = Pattern.compile(
            "^(?:[^<]{0,40} )?<[\\w-]{1,60}>: (user \\S{1,60} authentication failed(?: - ([a-z ]{3,60}))?)$");
    /** The names of fields, and ours. */
    private static final Map<String, String> FIELDS = Map.of(
            "framing-capabilities", "framing",
            "bearer-capabilities", "bearer",
            "maximum-channels", "max-channels",
            "firmware-revision", "firmware",
            "host-name", "host",
            "vendor-name", "vendor",
            "result-code", "result",
            "error-code", "error",
            "cause-code", "cause");

    private final LogCalls calls;
    private @Nullable StringBuilder packet;
    private @Nullable StringBuilder message;
    private Side from = Side.CLIENT;
    private long at;
    private long nanos = Moment.NO_TIME;
    /** Whether packets are shown, which tell more than the words do. */
    private boolean shown;
    /** Who lets in whom: this router, where it was asked for a control connection. */
    private Side judge = Side.SERVER;

    RouterOsDialect(LogCalls calls) {
        this.calls = calls;
    }

    @Override
    public boolean line(long number, String line) {
        if (line.indexOf('[') >= 0 && (line.contains("sent [") || line.contains("rcvd ["))) {
            return false;
        }
        boolean mayBegin = line.contains("sent ") || line.contains("rcvd ");
        Matcher begins = PACKET.matcher(mayBegin ? line : "");
        if (begins.find() && Dialect.holdsAny(line.substring(0, begins.start()), TOPICS)) {
            begin(number, line, begins.group(1));
            packet = new StringBuilder(begins.group(2))
                    .append(' ')
                    .append(begins.group(3))
                    .append(begins.group(4) == null ? "" : " id=" + begins.group(4))
                    .append(' ')
                    .append(begins.group(5));
            return true;
        }
        return control(number, line) || option(line) || words(number, line);
    }

    private void begin(long number, String line, String way) {
        end();
        from = way.toLowerCase(Locale.ROOT).equals("sent") ? Side.CLIENT : Side.SERVER;
        at = number;
        nanos = LogTime.of(line);
        shown = true;
    }

    private boolean control(long number, String line) {
        if (!line.contains("pptp,debug,packet")) {
            return false;
        }
        Matcher begins = CONTROL.matcher(line);
        if (begins.find()) {
            begin(number, line, begins.group(1));
            message = new StringBuilder(begins.group(2));
            return true;
        }
        StringBuilder open = message;
        Matcher field = FIELD.matcher(line);
        if (open == null || !field.find() || open.length() > 2000) {
            return false;
        }
        String name = FIELDS.getOrDefault(field.group(1), field.group(1));
        boolean text = name.equals("host") || name.equals("vendor");
        String value = field.group(2).strip().replace("\"", "");
        if (text || !value.isEmpty()) {
            open.append(' ').append(name).append('=').append(text ? "\"" + value + "\"" : value.replace(" ", ""));
        }
        return true;
    }

    private boolean option(String line) {
        StringBuilder open = packet;
        if (open == null || open.length() > 2000) {
            return false;
        }
        Matcher option = OPTION.matcher(line);
        if (option.find()) {
            open.append(' ').append(option.group(1));
            return true;
        }
        Matcher words = WORDS.matcher(line);
        boolean reason = open.indexOf("TermReq") >= 0 && open.indexOf("\"") < 0 && words.find();
        if (reason) {
            open.append('"').append(words.group(1)).append('"');
        }
        return reason;
    }

    private boolean words(long number, String line) {
        String said = line.stripTrailing();
        if (!line.contains("pptp")) {
            Matcher rejected = REJECTED.matcher(line.contains(REJECTION) ? said : "");
            boolean isOurs = rejected.find();
            if (isOurs) {
                end();
                rejected(number, LogTime.of(line), rejected.group(1), rejected.group(2));
            }
            return isOurs;
        }
        Matcher remote = REMOTE.matcher(line);
        if (remote.find()) {
            begins();
            calls.server(remote.group(1));
            return true;
        }
        if (BEGINS.matcher(line).find()) {
            begins();
            return true;
        }
        Matcher state = STATE.matcher(said);
        if (!state.find()) {
            return false;
        }
        end();
        if (state.group(1).contains(REJECTION)) {
            rejected(number, LogTime.of(line), state.group(1), state.group(2));
        } else {
            state(number, LogTime.of(line), state.group(1), state.group(3));
        }
        return true;
    }

    private void rejected(long number, long time, String text, @Nullable String why) {
        if (why != null && why.startsWith("radius timeout")) {
            calls.says(PROGRAM, number, time, text, LogDiagnosis.noRadiusForRouterOs());
        } else {
            calls.told(PROGRAM, number, time, judge, PacketParser.parse("CHAP Failure \"\""));
        }
    }

    private void begins() {
        end();
        calls.begin();
        judge = Side.SERVER;
    }

    private void state(long number, long time, String text, @Nullable String why) {
        if (text.equals("authenticated")) {
            calls.told(PROGRAM, number, time, judge, PacketParser.parse("CHAP Success"));
        } else if (text.equals("disconnected")) {
            calls.over();
        } else if (why != null && !shown && why.contains("failed to authenticate")) {
            calls.says(PROGRAM, number, time, text, LogDiagnosis.rejectedByTheServerOfRouterOs());
        } else if (why != null && !shown && why.contains("not responding")) {
            calls.says(PROGRAM, number, time, text, LogDiagnosis.silentToRouterOs());
        } else {
            calls.tells(PROGRAM, number, time, text);
        }
    }

    @Override
    public void end() {
        StringBuilder open = packet;
        packet = null;
        Fact.Packet whole = open == null ? null : PacketParser.parse(open.toString());
        if (whole != null) {
            calls.add(PROGRAM, at, nanos, from, whole);
        }
        StringBuilder asked = message;
        message = null;
        ControlMessage control = asked == null ? null : ControlParser.parse(asked.toString());
        if (control != null) {
            boolean serves = control instanceof StartControlConnectionRequest && from == Side.SERVER;
            judge = serves ? Side.CLIENT : judge;
            calls.add(PROGRAM, at, nanos, from, new Fact.Control(control));
        }
    }
}
