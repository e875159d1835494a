package org.jpptp.client.explain.log;

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
    private static final Pattern SENT = Pattern.compile("Sent control packet type is (\\d+)");
    private static final Pattern STARTED = Pattern.compile("Received Start Control Connection Reply");
    private static final Pattern CALLED = Pattern.compile("Outgoing call established|Received Outgoing Call Reply");
    private static final Pattern REFUSED_CALL = Pattern.compile(
            "Result code is (\\d+)[^\\n]*Error code is (\\d+)" + "|Our outgoing call request .*?(\\d+)");
    private static final Pattern ENDED =
            Pattern.compile("Received Call Disconnect Notify|Call disconnect notification received");
    private static final Pattern STOPPED = Pattern.compile("Received Stop Control Connection Request");
    private static final Pattern TCP = Pattern.compile(
            "(?:connect|Could not open control connection[^\\n]*?): (Connection refused|Connection timed out|No route to host"
                    + "|Network is unreachable)");
    private static final Pattern NO_NAME = Pattern.compile("(?:getaddrinfo\\(\\): |gethostbyname )([^\\n]{1,120})");
    private static final Pattern PLACE = Pattern.compile("(?:pptp\\[\\d+\\]: |anon |log\\[|warn\\[|fatal\\[)");
    private static final Pattern NO_GRE =
            Pattern.compile("(?:short read|read returned|recv)[^\\n]*Protocol not available");

    private final LogCalls calls;

    PptpDialect(LogCalls calls) {
        this.calls = calls;
    }

    @Override
    public boolean line(long number, String line) {
        if (!PLACE.matcher(line).find()) {
            return false;
        }
        Matcher tcp = TCP.matcher(line);
        Matcher sent = SENT.matcher(line);
        if (tcp.find()) {
            Fact.Transport.Step step =
                    switch (tcp.group(1)) {
                        case "Connection refused" -> Fact.Transport.Step.REFUSED;
                        case "Connection timed out" -> Fact.Transport.Step.TIMED_OUT;
                        default -> Fact.Transport.Step.UNREACHABLE;
                    };
            add(number, line, Side.SERVER, new Fact.Transport(step, tcp.group(1)));
            return true;
        }
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
        return ended(number, line);
    }

    private boolean ended(long number, String line) {
        Matcher refused = REFUSED_CALL.matcher(line);
        if (refused.find() && refused.group(1) != null) {
            int result = Integer.parseInt(refused.group(1).substring(0, 1));
            add(number, line, Side.SERVER, new Fact.Control(new OutgoingCallReply(0, 0, result, 0, 0, 0, 0, 0, 0)));
            return true;
        }
        if (ENDED.matcher(line).find()) {
            add(number, line, Side.SERVER, new Fact.Control(new CallDisconnectNotify(0, 0, 0, 0, "")));
            return true;
        }
        if (STOPPED.matcher(line).find()) {
            add(number, line, Side.SERVER, new Fact.Control(new StopControlConnectionRequest(1)));
            return true;
        }
        Matcher unresolved = NO_NAME.matcher(line);
        if (unresolved.find()) {
            calls.says(PROGRAM, number, LogTime.of(line), unresolved.group(1).strip(), LogDiagnosis.unresolved());
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
            case "1" ->
                add(
                        number,
                        line,
                        Side.CLIENT,
                        new Fact.Control(new StartControlConnectionRequest(0x0100, 3, 3, 0, 0, "", "")));
            case "12" -> add(number, line, Side.CLIENT, new Fact.Control(new CallClearRequest(0)));
            case "3" -> add(number, line, Side.CLIENT, new Fact.Control(new StopControlConnectionRequest(1)));
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
