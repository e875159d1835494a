package org.jpptp.client.explain.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.diagnosis.LogDiagnosis;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;

/**
 * mpd, the daemon of FreeBSD, pfSense and OPNsense: a packet's name in one line, its options below, each in a line of its
 * own. The name of the link in brackets may be missing.
 */
final class MpdDialect implements Dialect {
    private static final String PROGRAM = "mpd";
    private static final Pattern CONFIGURES = Pattern.compile("\\b(LCP|CCP|IPCP|IPV6CP): "
            + "(Send(?:Config(?:Req|Ack|Nak|Rej)|Terminate(?:Req|Ack))"
            + "|rec'd (?:Configure (?:Request|Ack|Nak|Reject)|Terminate (?:Request|Ack)|Protocol Reject)) #(\\d{1,5})");
    private static final Pattern PROVES =
            Pattern.compile("\\b(CHAP|PAP|EAP): (sending|rec'd) (CHALLENGE|RESPONSE|SUCCESS|FAILURE|REQUEST|ACK|NAK)\\b"
                    + "(?: #(\\d{1,5}))?(?:[^\\n]{0,40}\\btype: ([\\w-]{1,20}))?");
    private static final Pattern OPTION = Pattern.compile(
            "(?<![\\w.\"])(ACFCOMP|PROTOCOMP|MRU|MAGICNUM|AUTHPROTO|CALLBACK|ACCMAP|IPADDR|COMPPROTO|PRIDNS"
                    + "|SECDNS|PRINBNS|SECNBNS|MPPC|0x[0-9a-fA-F]{8})(?=[\\s:]|$):?\\s*+([^\\n]{0,80})$");
    private static final Pattern TEXT =
            Pattern.compile("(?<![\\w.])(?:MESG: (\\S[^\\n]{0,200})|Name: \"([^\"\\n]{0,200}))");
    private static final Pattern OWN_NAME =
            Pattern.compile("\\b(?:CHAP|PAP|EAP): [Uu]sing authname \"([^\"\\n]{0,200})");
    private static final Pattern REJECTED = Pattern.compile("\\bLCP: protocol (\\w{1,12}) was rejected");
    private static final Pattern WANTS =
            Pattern.compile("\\bLCP: auth: peer wants (\\w{1,12})(?:, I want (PAP|CHAP|EAP))?");
    private static final Pattern AUTHORIZED = Pattern.compile("\\bLCP: authorization successful");
    private static final Pattern BEGINS =
            Pattern.compile("\\bLCP: Up event|\\b[Ll]ink: UP event|Accepting PPTP connection");
    private static final Pattern ENDS = Pattern.compile("\\bLCP: Down event|\\b[Ll]ink: DOWN event");
    private static final Pattern NO_ECHO = Pattern.compile("\\bLCP: no reply to (\\d{1,4}) echo request");
    private static final Pattern LOST = Pattern.compile("\\bLCP: (peer not responding to echo requests)");
    /** Any other event: what follows does not belong to the packet above. */
    private static final Pattern EVENT =
            Pattern.compile("\\b(?:LCP|CCP|IPCP|IPV6CP|ECP|CHAP|PAP|EAP|AUTH|[Ll]ink|Bundle|IFACE|L2TP|PPTP|PPPoE): ");

    /** One of them is in each line that is no detail of the packet above. */
    private static final List<String> MARKS =
            List.of("CP: ", "AP: ", "ink: ", "PPTP", "AUTH: ", "Bundle: ", "IFACE: ", "L2TP: ", "PPPoE: ");

    private static final Map<String, String> PROTOCOLS =
            Map.of("CCP", "80 fd", "IPCP", "80 21", "IPV6CP", "80 57", "ECP", "80 53");
    private static final int MOST = 24;

    private final LogCalls calls;
    private final List<String> details = new ArrayList<>();
    private String packet = "";
    private String said = "";
    private String name = "";
    private String ownName = "";
    private String echoes = "";
    /** What the peer wants as a proof: then it lets us in, whatever we want of it besides. Empty for nothing. */
    private String wanted = "";
    /** What we want as a proof. */
    private String wants = "";

    private Side from = Side.CLIENT;
    private long at;
    private long nanos = Moment.NO_TIME;

    MpdDialect(LogCalls calls) {
        this.calls = calls;
    }

    @Override
    public boolean line(long number, String line) {
        if (!Dialect.holdsAny(line, MARKS)) {
            return detail(line);
        }
        Matcher configures = CONFIGURES.matcher(line);
        if (configures.find()) {
            String what = configures.group(2);
            begin(number, line, what.startsWith("Send") ? Side.CLIENT : Side.SERVER);
            packet = configures.group(1) + " " + code(what) + " id=" + configures.group(3);
            return true;
        }
        Matcher proves = PROVES.matcher(line);
        if (proves.find()) {
            proof(number, line, proves);
            return true;
        }
        return detail(line) || link(number, line);
    }

    private void begin(long number, String line, Side side) {
        end();
        from = side;
        at = number;
        nanos = LogTime.of(line);
    }

    private static String code(String what) {
        return switch (what) {
            case "SendConfigReq", "rec'd Configure Request" -> "ConfReq";
            case "SendConfigAck", "rec'd Configure Ack" -> "ConfAck";
            case "SendConfigNak", "rec'd Configure Nak" -> "ConfNak";
            case "SendConfigRej", "rec'd Configure Reject" -> "ConfRej";
            case "SendTerminateReq", "rec'd Terminate Request" -> "TermReq";
            case "SendTerminateAck", "rec'd Terminate Ack" -> "TermAck";
            default -> "ProtRej";
        };
    }

    private void proof(long number, String line, Matcher proves) {
        String protocol = proves.group(1);
        String what = proves.group(3);
        boolean sends = proves.group(2).equals("sending");
        boolean answers = what.equals("RESPONSE") || (protocol.equals("PAP") && what.equals("REQUEST"));
        boolean asks = sends != answers;
        begin(number, line, sends ? Side.CLIENT : Side.SERVER);
        if (asks && !wanted.isEmpty()) {
            return;
        }
        String id = proves.group(4) == null ? "0" : proves.group(4);
        String type = proves.group(5) == null ? "" : " " + proves.group(5);
        packet = protocol + " " + (protocol.equals("PAP") ? "Auth" + (what.equals("REQUEST") ? "Req" : what) : what)
                + " id=" + id + type;
        name = sends && answers ? ownName : "";
    }

    /** What belongs to the packet above. */
    private boolean detail(String line) {
        Matcher own = OWN_NAME.matcher(line.contains("authname") ? line : "");
        if (own.find()) {
            ownName = own.group(1);
            return true;
        }
        if (packet.isEmpty()) {
            return false;
        }
        Matcher text = TEXT.matcher(line);
        if (text.find()) {
            said = text.group(1) == null ? said : text.group(1).stripTrailing();
            name = text.group(2) == null ? name : text.group(2);
            return true;
        }
        Matcher rejected = REJECTED.matcher(line);
        if (rejected.find() && details.size() < MOST) {
            details.add(PROTOCOLS.getOrDefault(rejected.group(1), ""));
            return true;
        }
        Matcher option = OPTION.matcher(line.stripTrailing());
        if (option.find() && details.size() < MOST) {
            details.add(option(option.group(1), option.group(2)));
            return true;
        }
        return false;
    }

    private static String option(String name, String value) {
        String first = value.split("[\\s,]", 2)[0];
        return switch (name) {
            case "ACFCOMP" -> "<accomp>";
            case "PROTOCOMP" -> "<pcomp>";
            case "MRU" -> "<mru " + first + ">";
            case "MAGICNUM" -> "<magic " + (first.startsWith("0x") ? "" : "0x") + first + ">";
            case "AUTHPROTO" -> "<auth " + value.replace("MSOFT", "MS-").replaceAll("[<>]", "") + ">";
            case "CALLBACK" -> "<callback>";
            case "ACCMAP" -> "<asyncmap " + (first.startsWith("0x") ? "" : "0x") + first + ">";
            case "IPADDR" -> "<addr " + first + ">";
            case "COMPPROTO" -> "<compress VJ>";
            case "PRIDNS" -> "<ms-dns1 " + first + ">";
            case "SECDNS" -> "<ms-dns2 " + first + ">";
            case "PRINBNS" -> "<ms-wins " + first + ">";
            // Which bits it asks for stands in the line below.
            case "SECNBNS", "MPPC" -> "";
            default -> value.contains("MPP") ? "<mppe " + name + ">" : "";
        };
    }

    /** What becomes of the link. */
    private boolean link(long number, String line) {
        Matcher auth = WANTS.matcher(line);
        if (auth.find()) {
            end();
            wanted = auth.group(1).equals("nothing") ? "" : auth.group(1);
            wants = auth.group(2) == null ? "" : auth.group(2);
            return true;
        }
        if (AUTHORIZED.matcher(line).find()) {
            end();
            authorized(number, LogTime.of(line));
            return true;
        }
        if (BEGINS.matcher(line).find()) {
            end();
            wanted = "";
            wants = "";
            echoes = "";
            calls.begin();
            return true;
        }
        if (ENDS.matcher(line).find()) {
            end();
            calls.over();
            return true;
        }
        return silence(number, line);
    }

    /** It may be that the packet is not shown which says so. */
    private void authorized(long number, long time) {
        String protocol = wanted.isEmpty() ? wants : wanted;
        if (!protocol.isEmpty()) {
            Side judge = wanted.isEmpty() ? Side.CLIENT : Side.SERVER;
            String how = protocol.equals("PAP") ? "PAP AuthAck" : protocol + " Success";
            calls.told(PROGRAM, number, time, judge, PacketParser.parse(how));
        }
    }

    private boolean silence(long number, String line) {
        Matcher silent = NO_ECHO.matcher(line);
        if (silent.find()) {
            echoes = silent.group(1);
            return true;
        }
        Matcher lost = LOST.matcher(line);
        if (lost.find() && !echoes.isEmpty()) {
            end();
            calls.says(PROGRAM, number, LogTime.of(line), lost.group(1), LogDiagnosis.lost(echoes));
            return true;
        }
        if (EVENT.matcher(line).find()) {
            end();
        }
        return false;
    }

    @Override
    public void end() {
        Fact.Packet whole = packet.isEmpty() ? null : PacketParser.parse(packet + " " + rest());
        packet = "";
        said = "";
        name = "";
        details.clear();
        if (whole != null) {
            calls.add(PROGRAM, at, nanos, from, whole);
        }
    }

    /** What stands behind the packet's name, as pppd writes it. */
    private String rest() {
        if (packet.startsWith("CHAP CHALLENGE") || packet.startsWith("CHAP RESPONSE")) {
            return "<xx>, name = " + quoted(name);
        }
        if (packet.startsWith("PAP AuthReq")) {
            return "user=" + quoted(name);
        }
        if (packet.contains(" TermReq") || packet.startsWith("CHAP") || packet.startsWith("PAP")) {
            return said.isEmpty() ? "" : quoted(said);
        }
        return packet.endsWith("Identity") ? quoted(name) : String.join(" ", details);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
