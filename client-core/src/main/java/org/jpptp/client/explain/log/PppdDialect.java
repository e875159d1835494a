package org.jpptp.client.explain.log;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.diagnosis.LogDiagnosis;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Side;
import org.jspecify.annotations.Nullable;

/**
 * pppd with {@code debug}, and who took its notation over. With syslog's head or without, and with lines that a letter has
 * broken.
 */
final class PppdDialect implements Dialect {
    private static final String PROGRAM = "pppd";
    private static final Pattern PACKET = Pattern.compile("\\b(sent|rcvd|send|recv) \\[(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern BEGINS = Pattern.compile("\\b(Using interface|Connect:|pppd [\\d.]+ started)");
    private static final Pattern REMOTE = Pattern.compile("\\bpty \\W?.{0,80}?pptp (\\S{1,255})");
    private static final Pattern SAID = Pattern.compile("(MPPE \\S{1,20} state(?:less|ful) compression enabled"
            + "|MPPE required[\\w, \\[\\]]*|LCP: timeout sending [\\w-]+"
            + "|CCP: timeout sending [\\w-]+|IPCP: timeout sending [\\w-]+"
            + "|Peer refused to [\\w ]+|peer refused to [\\w ]+|No auth is possible|Connection terminated"
            + "|LCP terminated by peer[^\\n]*|Protocol-Reject for [^\\n]*|Peer not responding|Modem hangup|Serial link appears to be disconnected"
            + "|Could not determine \\w{1,20} IP address|(?:PAP|CHAP|EAP) authentication (?:succeeded|failed)[^\\n]*"
            + "|Failed to authenticate ourselves to peer|Refusing MPPE stateful mode[^\\n]*"
            + "|MS-CHAP authentication failed: [^\\n]*"
            + "|local +IP address [\\d.]+|Terminating on signal \\d+|Exit\\.)");
    private static final Pattern TERMINATED = Pattern.compile("LCP terminated by peer(?: \\(([^\"]*)\\))?");
    private static final Pattern FAILED =
            Pattern.compile("(?:MS-)?(?:CHAP|PAP) authentication failed(?::? \"?([^\"\\n]*)\"?)?");
    private static final Pattern REJECTED = Pattern.compile(
            "Protocol-Reject for (?:'[^']{0,60}'|unsupported protocol '?[^']{0,60}'?) \\(?0x([0-9a-f]{4})\\)?");
    private static final Pattern UNANSWERED = Pattern.compile("\\b(No response to (\\d{1,4}) echo-requests)");
    private static final Pattern NO_PROOF =
            Pattern.compile("\\bPeer \\S{1,255} failed (?:CHAP|PAP|EAP) authentication");
    private static final Pattern NO_ADDRESSES = Pattern.compile("\\bIPCP terminated by peer(?: \\(([^\"\\n]*)\\))?");
    private static final Pattern SERVES = Pattern.compile("\\bCTRL: Client \\S+ control connection started");
    /** One of them is in each line that says something without a packet. */
    private static final List<String> MARKS = List.of(
            "pty ",
            "Using interface",
            "Connect",
            "pppd ",
            "CTRL: ",
            "MPPE ",
            "CP: timeout",
            "refused to ",
            "No auth",
            "terminated by peer",
            "Reject for",
            "not responding",
            "Modem hangup",
            "Serial link",
            "Could not",
            "authentication",
            "authenticate ",
            "local ",
            "Terminating on",
            "No response to",
            "Exit.");

    private static final int MOST_JOINED = 8;

    private final LogCalls calls;
    private @Nullable StringBuilder pending;
    private Side from = Side.CLIENT;
    private long at;
    private long nanos;
    private int joined;
    /** Whether packets are shown, which tell more than the words do. */
    private boolean shown;
    /** Whether pptpd started it: then its peer is the client. */
    private boolean serves;

    private boolean up;

    PppdDialect(LogCalls calls) {
        this.calls = calls;
    }

    @Override
    public boolean line(long number, String line) {
        Matcher packet = PACKET.matcher(line.contains(" [") ? line : "");
        if (packet.find()) {
            flush();
            shown = true;
            from = packet.group(1).toLowerCase(Locale.ROOT).startsWith("sen") ? Side.CLIENT : Side.SERVER;
            at = number;
            nanos = LogTime.of(line);
            pending = new StringBuilder(packet.group(2).strip());
            joined = 0;
            complete();
            return true;
        }
        StringBuilder begun = pending;
        if (begun != null && joined < MOST_JOINED && !line.isBlank()) {
            joined++;
            begun.append(' ').append(line.strip());
            complete();
            return true;
        }
        return words(number, line);
    }

    private boolean words(long number, String line) {
        if (!Dialect.holdsAny(line, MARKS)) {
            return false;
        }
        Matcher remote = REMOTE.matcher(line);
        if (remote.find()) {
            calls.begin();
            calls.server(remote.group(1));
            return true;
        }
        boolean serving = SERVES.matcher(line).find();
        if (serving || BEGINS.matcher(line).find()) {
            serves |= serving;
            up = false;
            if (serving) {
                calls.begin();
            } else {
                calls.beginLink();
            }
            return true;
        }
        if (told(number, line)) {
            return true;
        }
        Matcher said = SAID.matcher(line);
        if (said.find()) {
            words(number, LogTime.of(line), said.group(1), line);
            return true;
        }
        return false;
    }

    /** Words that are a verdict, or tell of a packet that is not shown without {@code debug}. */
    private boolean told(long number, String line) {
        Matcher unanswered = UNANSWERED.matcher(line);
        if (unanswered.find() && !shown) {
            up = false;
            calls.says(PROGRAM, number, LogTime.of(line), unanswered.group(1), LogDiagnosis.lost(unanswered.group(2)));
            return true;
        }
        if (NO_PROOF.matcher(line).find()) {
            calls.told(PROGRAM, number, LogTime.of(line), PacketParser.parse("CHAP Failure \"\""));
            return true;
        }
        Matcher refused = NO_ADDRESSES.matcher(line);
        if (refused.find()) {
            String why = refused.group(1) == null ? "" : refused.group(1);
            calls.told(PROGRAM, number, LogTime.of(line), PacketParser.parse("IPCP TermReq id=0x0 \"" + why + "\""));
            return true;
        }
        return false;
    }

    /** Without {@code debug} pppd says only what came of it: of some words the packet is known that they tell of. */
    private void words(long number, long time, String text, String line) {
        Matcher terminated = TERMINATED.matcher(line);
        Matcher failed = FAILED.matcher(line);
        Matcher rejected = REJECTED.matcher(line);
        boolean broke = text.equals("Modem hangup") && up;
        boolean ends = broke || text.startsWith("Terminating") || text.startsWith("Connection terminated");
        up = (up || text.startsWith("local ")) && !ends;
        if (terminated.find()) {
            String said = terminated.group(1) == null ? "" : terminated.group(1);
            Fact.Packet goodbye = PacketParser.parse("LCP TermReq id=0x0 \"" + said + "\"");
            calls.told(PROGRAM, number, time, serves ? Side.CLIENT : Side.SERVER, goodbye);
            if (serves && !shown && !up) {
                calls.verdict(
                        said.startsWith("MPPE required") ? LogDiagnosis.leftWithoutEncryption() : LogDiagnosis.left());
            }
            up = false;
        } else if (text.contains("authentication succeeded")) {
            calls.told(
                    PROGRAM, number, time, PacketParser.parse(text.startsWith("PAP") ? "PAP AuthAck" : "CHAP Success"));
        } else if (failed.find()) {
            String said = failed.group(1) == null ? "" : failed.group(1);
            calls.told(
                    PROGRAM,
                    number,
                    time,
                    PacketParser.parse((text.startsWith("PAP") ? "PAP AuthNak \"" : "CHAP Failure \"") + said + "\""));
        } else if (rejected.find()) {
            String hex = rejected.group(1);
            calls.told(
                    PROGRAM,
                    number,
                    time,
                    PacketParser.parse("LCP ProtRej id=0x0 " + hex.substring(0, 2) + " " + hex.substring(2)));
        } else if (broke) {
            calls.tells(PROGRAM, number, time, text);
        } else {
            calls.add(PROGRAM, number, time, Side.CLIENT, new Fact.Words(text));
        }
        if (text.startsWith("Connection terminated") || text.startsWith("Exit")) {
            calls.over();
        }
    }

    /** A packet ends with its bracket, which text in quotes may have too. */
    private void complete() {
        StringBuilder begun = pending;
        if (begun == null) {
            return;
        }
        boolean quoted = false;
        for (int i = 0; i < begun.length(); i++) {
            char c = begun.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ']' && !quoted) {
                take(begun.substring(0, i));
                return;
            }
        }
    }

    private void take(String text) {
        pending = null;
        Fact.Packet packet = PacketParser.parse(text);
        if (packet != null) {
            calls.add(PROGRAM, at, nanos, from, packet);
        }
    }

    /** What began and never ended is taken as it is. */
    private void flush() {
        StringBuilder begun = pending;
        if (begun != null) {
            take(begun.toString());
        }
    }

    @Override
    public void end() {
        flush();
    }
}
