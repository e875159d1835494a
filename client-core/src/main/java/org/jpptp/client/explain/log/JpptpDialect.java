package org.jpptp.client.explain.log;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.FailureReason;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.OwnVerdict;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.OutgoingCallReply;
import org.jspecify.annotations.Nullable;

/**
 * Our own traces: what {@code --log} writes, what {@code -v} shows, and what is at the end of a bug report. In all of them a line
 * begins with seconds since the start.
 */
final class JpptpDialect implements Dialect {
    private static final String PROGRAM = "jpptp";
    private static final Pattern HEAD =
            Pattern.compile("^jpptp \\S{1,60} trace of (\\S{1,300}?)(?::\\d{1,5})? at (\\S{1,40})$");
    private static final Pattern REPORT = Pattern.compile("^jpptp bugreport \\d{1,3}$");
    private static final Pattern SECTION = Pattern.compile("^== (\\w+)");
    private static final Pattern LINE = Pattern.compile("^ {0,8}(\\d{1,9})\\.(\\d{3}) (.*)$");
    private static final Pattern PACKET = Pattern.compile("^(sent|rcvd) \\[(.*)\\]$");
    private static final Pattern CONNECTING = Pattern.compile("^# connecting to (\\d+\\.\\d+\\.\\d+\\.\\d+):\\d+");
    private static final Pattern MISSED = Pattern.compile(
            "^# (\\d+\\.\\d+\\.\\d+\\.\\d+) (refused it|did not answer within|cannot be reached|failed: )");
    private static final Pattern ICMP = Pattern.compile(
            "^# ICMP type (\\d{1,3}) code (\\d{1,3}) about our GRE packets from (\\d+\\.\\d+\\.\\d+\\.\\d+)$");
    private static final Pattern END = Pattern.compile("^x ([A-Z_]{1,40}) (\\d{1,5}) (?:up|never): (.*)$");
    private static final Pattern REMEDY = Pattern.compile("^x remedy: (.*)$");
    private static final int LONGEST_SENTENCE = 2000;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final LogCalls calls;
    /** In a report, but not in its trace. */
    private boolean elsewhere;

    private boolean ours;
    /** Whether a connection was asked for, and whether anything went over it. */
    private boolean asked;

    private boolean talked;
    /** The server's id of the call, which its own packets do not carry; −1 before there is one. */
    private int called = -1;

    private long base;
    private @Nullable OwnVerdict told;

    JpptpDialect(LogCalls calls) {
        this.calls = calls;
    }

    @Override
    public boolean line(long number, String line) {
        Matcher head = HEAD.matcher(line.startsWith("jpptp ") ? line : "");
        if (head.matches()) {
            begin(head.group(1), head.group(2));
            return true;
        }
        if (line.startsWith("jpptp ") && REPORT.matcher(line).matches()) {
            elsewhere = true;
            return true;
        }
        Matcher section = SECTION.matcher(line.startsWith("== ") ? line : "");
        if (section.find()) {
            elsewhere = elsewhere || ours;
            return elsewhere;
        }
        Matcher timed = LINE.matcher(ours || line.contains(" [") ? line : "");
        if (!timed.matches()) {
            return elsewhere;
        }
        String text = timed.group(3);
        Matcher packet = PACKET.matcher(text);
        if (!ours && !packet.matches()) {
            return elsewhere;
        }
        long millis = Long.parseLong(timed.group(1)) * 1000 + Long.parseLong(timed.group(2));
        said(number, base + millis * NANOS_PER_MILLI, text);
        return true;
    }

    private void begin(String server, String at) {
        flush();
        calls.begin();
        calls.server(server);
        ours = true;
        asked = false;
        talked = false;
        elsewhere = false;
        try {
            base = Instant.parse(at).getEpochSecond() * 1_000_000_000L;
        } catch (DateTimeException | ArithmeticException e) {
            base = 0;
        }
    }

    private void said(long number, long nanos, String text) {
        Matcher packet = PACKET.matcher(text);
        if (packet.matches()) {
            Side from = packet.group(1).equals("sent") ? Side.CLIENT : Side.SERVER;
            packet(number, nanos, from, packet.group(2));
            return;
        }
        Matcher missed = MISSED.matcher(text);
        Matcher icmp = ICMP.matcher(text);
        if (missed.find()) {
            calls.add(PROGRAM, number, nanos, Side.SERVER, new Fact.Transport(step(missed.group(2)), missed.group(1)));
        } else if (CONNECTING.matcher(text).find()) {
            if (talked) {
                flush();
                calls.begin();
                talked = false;
            }
            asked = true;
            calls.add(PROGRAM, number, nanos, Side.CLIENT, new Fact.Transport(Fact.Transport.Step.ASKED, ""));
        } else if (icmp.matches()) {
            address(icmp.group(3))
                    .ifPresent(offender -> calls.add(
                            PROGRAM,
                            number,
                            nanos,
                            Side.CLIENT,
                            new Fact.Icmp(
                                    Integer.parseInt(icmp.group(1)),
                                    Integer.parseInt(icmp.group(2)),
                                    offender,
                                    called)));
        } else {
            end(number, nanos, text);
        }
    }

    private static Fact.Transport.Step step(String words) {
        return switch (words) {
            case "refused it" -> Fact.Transport.Step.REFUSED;
            case "did not answer within" -> Fact.Transport.Step.TIMED_OUT;
            default -> Fact.Transport.Step.UNREACHABLE;
        };
    }

    private static Optional<Inet4Address> address(String literal) {
        try {
            return Optional.of((Inet4Address) InetAddress.getByName(literal));
        } catch (UnknownHostException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private void packet(long number, long nanos, Side from, String text) {
        if (asked && !talked) {
            calls.add(PROGRAM, number, nanos, Side.SERVER, new Fact.Transport(Fact.Transport.Step.OPENED, ""));
        }
        asked = false;
        talked = true;
        ControlMessage message = ControlParser.parse(text);
        if (message != null) {
            called = message instanceof OutgoingCallReply reply ? reply.callId() : called;
            calls.add(PROGRAM, number, nanos, from, new Fact.Control(message));
            return;
        }
        Fact.Packet packet = PacketParser.parse(text);
        if (packet != null) {
            calls.add(PROGRAM, number, nanos, from, packet);
        }
    }

    /** The client knew more than its trace has: its own verdict holds. */
    private void end(long number, long nanos, String text) {
        Matcher end = END.matcher(text);
        Matcher remedy = REMEDY.matcher(text);
        if (end.matches()) {
            told = verdict(end);
            calls.add(PROGRAM, number, nanos, Side.CLIENT, new Fact.Words(clean(end.group(3))));
        } else if (remedy.matches() && told != null) {
            told = told.advising(clean(remedy.group(1)));
        } else if (text.equals("x ended by its user")) {
            calls.over();
        }
    }

    private static @Nullable OwnVerdict verdict(Matcher end) {
        for (FailureReason reason : FailureReason.values()) {
            if (reason.name().equals(end.group(1))) {
                return new OwnVerdict(reason.name(), Integer.parseInt(end.group(2)), clean(end.group(3)), "");
            }
        }
        return null;
    }

    private static String clean(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_SENTENCE)).replaceAll("\\p{Cntrl}", "?");
    }

    private void flush() {
        if (told != null) {
            calls.verdict(told);
            told = null;
        }
    }

    @Override
    public void end() {
        flush();
    }
}
