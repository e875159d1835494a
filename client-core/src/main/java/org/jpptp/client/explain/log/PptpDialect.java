package org.jpptp.client.explain.log;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.diagnosis.LogDiagnosis;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.control.wire.CallClearRequest;
import org.jpptp.control.wire.CallDisconnectNotify;
import org.jpptp.control.wire.OutgoingCallReply;
import org.jpptp.control.wire.OutgoingCallRequest;
import org.jpptp.control.wire.StartControlConnectionReply;
import org.jpptp.control.wire.StartControlConnectionRequest;
import org.jpptp.control.wire.StopControlConnectionRequest;

/** pptp-linux, with and without {@code --loglevel}: it names the messages of the control connection. */
final class PptpDialect implements Dialect {
    private static final String PROGRAM = "pptp-linux";
    private static final Pattern SENT = Pattern.compile("Sent control packet type is (\\d{1,5})\\b");
    private static final Pattern STARTED = Pattern.compile("Received Start Control Connection Reply");
    private static final Pattern CALLED = Pattern.compile("Outgoing call established|Received Outgoing Call Reply");
    private static final Pattern CODES = Pattern.compile(
            "Result code is (\\d{1,3})\\b.{0,120}?Error code is (\\d{1,3})(?:, Cause code is (\\d{1,5}))?");
    private static final Pattern ENDED =
            Pattern.compile("Received Call Disconnect Notify|Call disconnect notification received");
    private static final Pattern STOPPED = Pattern.compile("Received Stop Control Connection Request");
    private static final Pattern CLOSED = Pattern.compile("read returned zero, peer has closed");
    private static final Pattern NO_ECHO = Pattern.compile("closing control connection due to (missing echo reply)");
    private static final Pattern TCP = Pattern.compile(
            "(?:connect|Could not open control connection.{0,200}?): (Connection refused|Connection timed out|No route to host"
                    + "|Network is unreachable)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_NAME = Pattern.compile("(?:getaddrinfo\\(\\): |gethostbyname )([^\\n]{1,120})");
    /** What the C library says without a locale, as pptp has it, and pptp itself before that. */
    private static final Pattern NO_NAME_SERVER =
            Pattern.compile("Temporary failure in name resolution|name server error");

    private static final Pattern PLACE = Pattern.compile("(?:pptp\\[\\d+\\]: |anon |log\\[|warn\\[|fatal\\[)");
    private static final List<String> MARKS = List.of("pptp[", "anon ", "log[", "warn[", "fatal[");
    private static final Pattern PROCESS = Pattern.compile("\\bpptp\\[(\\d{1,9})\\]");
    private static final Pattern NO_GRE =
            Pattern.compile("(?:short read|read returned|recv).{0,120}Protocol not available");
    private static final Pattern NO_RIGHT = Pattern.compile("(Cannot bind GRE socket)");

    private final LogCalls calls;
    /** The process that has the control connection: what an older one still says is about another. */
    private String process = "";
    /** Whether it has left by itself. */
    private boolean left;

    PptpDialect(LogCalls calls) {
        this.calls = calls;
    }

    @Override
    public boolean line(long number, String line) {
        return Dialect.holdsAny(line, MARKS)
                && PLACE.matcher(line).find()
                && (unopened(number, line) || (isOfThisCall(line) && control(number, line)) || host(number, line));
    }

    private boolean unopened(long number, String line) {
        Matcher tcp = TCP.matcher(line);
        if (!tcp.find()) {
            return false;
        }
        Fact.Transport.Step step =
                switch (tcp.group(1).toLowerCase(Locale.ROOT)) {
                    case "connection refused" -> Fact.Transport.Step.REFUSED;
                    case "connection timed out" -> Fact.Transport.Step.TIMED_OUT;
                    default -> Fact.Transport.Step.UNREACHABLE;
                };
        calls.unopened(PROGRAM, number, LogTime.of(line), new Fact.Transport(step, tcp.group(1)));
        return true;
    }

    private boolean isOfThisCall(String line) {
        Matcher own = PROCESS.matcher(line);
        if (!own.find()) {
            return true;
        }
        Matcher sent = SENT.matcher(line);
        if (sent.find() && sent.group(1).equals("1")) {
            process = own.group(1);
        }
        return process.isEmpty() || process.equals(own.group(1));
    }

    /** What is said of the control connection. */
    private boolean control(long number, String line) {
        Matcher sent = SENT.matcher(line);
        if (sent.find()) {
            return sent(number, line, sent.group(1));
        }
        if (STARTED.matcher(line).find()) {
            add(
                    number,
                    line,
                    Side.SERVER,
                    new Fact.Control(new StartControlConnectionReply(0x0100, 1, 0, 3, 3, 0, 0, "", "")));
            return true;
        }
        if (CALLED.matcher(line).find()) {
            add(number, line, Side.SERVER, new Fact.Control(new OutgoingCallReply(0, 0, 1, 0, 0, 0, 0, 0, 0)));
            return true;
        }
        return codes(number, line) || ended(number, line);
    }

    /** The codes of what the line before has told. */
    private boolean codes(long number, String line) {
        Matcher codes = CODES.matcher(line);
        if (!codes.find()) {
            return false;
        }
        int result = Math.min(0xFF, Integer.parseInt(codes.group(1)));
        int error = Math.min(0xFF, Integer.parseInt(codes.group(2)));
        int cause = codes.group(3) == null ? 0 : Math.min(0xFFFF, Integer.parseInt(codes.group(3)));
        boolean ofTheEnd = calls.drop();
        add(
                number,
                line,
                Side.SERVER,
                new Fact.Control(
                        ofTheEnd
                                ? new CallDisconnectNotify(0, result, error, cause, "")
                                : new OutgoingCallReply(0, 0, result, error, cause, 0, 0, 0, 0)));
        return true;
    }

    private boolean ended(long number, String line) {
        if (ENDED.matcher(line).find()) {
            Fact end = new Fact.Control(new CallDisconnectNotify(0, 0, 0, 0, ""));
            calls.hold(PROGRAM, number, LogTime.of(line), Side.SERVER, end);
            return true;
        }
        if (STOPPED.matcher(line).find()) {
            add(number, line, Side.SERVER, new Fact.Control(new StopControlConnectionRequest(1)));
            if (calls.isEndOnly()) {
                calls.verdict(LogDiagnosis.stopped()); // pptp does not log the reason
            }
            return true;
        }
        if (CLOSED.matcher(line).find()) {
            add(number, line, Side.SERVER, new Fact.Transport(Fact.Transport.Step.CLOSED, ""));
            return true;
        }
        Matcher unanswered = NO_ECHO.matcher(line);
        if (unanswered.find() && !left) {
            calls.says(PROGRAM, number, LogTime.of(line), unanswered.group(1), LogDiagnosis.unansweredByControl());
            return true;
        }
        return false;
    }

    /** What has nothing to do with the server. */
    private boolean host(long number, String line) {
        Matcher unresolved = NO_NAME.matcher(line);
        if (unresolved.find()) {
            if (calls.isConnected()) {
                calls.begin();
            }
            if (!calls.isJudged()) {
                String said = unresolved.group(1).strip();
                calls.says(
                        PROGRAM,
                        number,
                        LogTime.of(line),
                        said,
                        NO_NAME_SERVER.matcher(said).find()
                                ? LogDiagnosis.unansweredName()
                                : LogDiagnosis.unresolved());
            }
            return true;
        }
        Matcher unbound = NO_RIGHT.matcher(line);
        if (unbound.find()) {
            calls.says(PROGRAM, number, LogTime.of(line), unbound.group(1), LogDiagnosis.noRawSocket());
            return true;
        }
        if (NO_GRE.matcher(line).find()) {
            add(number, line, Side.CLIENT, new Fact.Words("Protocol not available"));
            return true;
        }
        return false;
    }

    private boolean sent(long number, String line, String type) {
        switch (type) {
            case "1" -> {
                if (calls.isConnected()) {
                    calls.begin();
                }
                left = false;
                add(
                        number,
                        line,
                        Side.CLIENT,
                        new Fact.Control(new StartControlConnectionRequest(0x0100, 3, 3, 0, 0, "", "")));
            }
            case "12" -> {
                left = true;
                add(number, line, Side.CLIENT, new Fact.Control(new CallClearRequest(0)));
            }
            case "3" -> {
                left = true;
                add(number, line, Side.CLIENT, new Fact.Control(new StopControlConnectionRequest(1)));
            }
            case "7" ->
                add(
                        number,
                        line,
                        Side.CLIENT,
                        new Fact.Control(new OutgoingCallRequest(0, 0, 0, 0, 3, 3, 0, 0, "", "")));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void add(long number, String line, Side from, Fact fact) {
        calls.add(PROGRAM, number, LogTime.of(line), from, fact);
    }

    @Override
    public void end() {
        // Each line is whole.
    }
}
