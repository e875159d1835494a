package org.jpptp.client.explain.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.diagnosis.LoggedVerdict;
import org.jpptp.client.diagnosis.WindowsLogDiagnosis;
import org.jpptp.client.explain.evidence.Moment;
import org.jspecify.annotations.Nullable;

/**
 * The event log of Windows, as text, XML or a table: what its client ({@code RasClient}) and its server
 * ({@code RemoteAccess}, formerly {@code Router}) say of a connection that failed. There are no packets, so their word
 * holds. Letters break the sentences.
 */
final class WindowsEventDialect implements Dialect {
    private static final String CLIENT = "RasClient";
    private static final String SERVER = "Windows";
    private static final Pattern EVENT = Pattern.compile(
            "\\bEvent ?ID.{0,30}?\\b20[0-2]\\d\\d\\b|\\bin the Point to Point Protocol module on port\\b|\\bCoId=\\{",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FAILED =
            Pattern.compile("\\bdialed a connection named .{0,200}? (?:which|that) has failed\\."
                    + " The error code returned on failure is (\\d{3,5})\\b");
    private static final Pattern CONNECTION = Pattern.compile("\\bCoId=\\{([0-9A-Fa-f-]{1,40})\\}");
    private static final Pattern OTHER =
            Pattern.compile("\\bWAN Miniport \\((?:IKEv2|L2TP|SSTP)\\)|\\bVpnStrategy ?= ?(?:IKEv2|L2TP|SSTP)");
    private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]{0,200}>");
    /** Lines of an event between its number and its words. */
    private static final int HEAD = 20;
    /** Lines that a sentence is broken into. */
    private static final int WIDEST = 5;

    private static final int LONGEST = 1000;
    private static final int MOST = 200;

    /** A connection that failed. */
    private record Failed(
            String program,
            long number,
            WindowsWords.Told told,
            @Nullable String connection) {}

    private final LogCalls calls;
    private final Deque<String> sentence = new ArrayDeque<>();
    private final List<Failed> failed = new ArrayList<>();
    /** Connections of other protocols: the newest event may be the first, so they are known at the end only. */
    private final Set<String> others = new HashSet<>();

    private int left;

    WindowsEventDialect(LogCalls calls) {
        this.calls = calls;
    }

    @Override
    public boolean line(long number, String line) {
        // Most lines of most logs are about something else.
        if (mayBegin(line) && EVENT.matcher(line).find()) {
            sentence.clear();
            left = HEAD;
        } else if (left > 0) {
            left--;
        } else if (!isOfTheClient(line) && sentence.isEmpty()) {
            return false;
        }
        String plain = TAG.matcher(line).replaceAll(" ").strip();
        if (plain.isEmpty()) {
            return false;
        }
        sentence.addLast(plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain);
        if (sentence.size() > WIDEST) {
            sentence.removeFirst();
        }
        boolean near = left > 0 || sentence.stream().anyMatch(WindowsEventDialect::isOfTheClient);
        if (!near) {
            sentence.clear();
        }
        return near && said(number, String.join(" ", sentence).replaceAll("\\s+", " "));
    }

    private static boolean isOfTheClient(String part) {
        return part.contains("dialed a") || part.contains("CoId");
    }

    /** A search in haste for what {@link #EVENT} has in each of its forms. */
    private static boolean mayBegin(String line) {
        return line.contains("vent") || line.contains("VENT") || line.contains("oint to ") || line.contains("CoId");
    }

    private boolean said(long number, String text) {
        Matcher connection = CONNECTION.matcher(text);
        String id = connection.find() ? connection.group(1) : null;
        if (id != null && OTHER.matcher(text).find() && others.size() < MOST) {
            others.add(id);
        }
        Matcher client = FAILED.matcher(text);
        if (client.find()) {
            int error = Integer.parseInt(client.group(1));
            took(new Failed(CLIENT, number, new WindowsWords.Told(error, "error " + error), id));
            return true;
        }
        Optional<WindowsWords.Told> told = left > 0 ? WindowsWords.in(text) : Optional.empty();
        told.ifPresent(known -> took(new Failed(SERVER, number, known, id)));
        return told.isPresent();
    }

    private void took(Failed one) {
        sentence.clear();
        left = 0;
        if (failed.size() < MOST) {
            failed.add(one);
        }
    }

    @Override
    public void end() {
        for (Failed one : failed) {
            Optional<LoggedVerdict> verdict = WindowsLogDiagnosis.of(one.told().error());
            if (verdict.isPresent() && !others.contains(String.valueOf(one.connection()))) {
                calls.begin();
                calls.says(
                        one.program(), one.number(), Moment.NO_TIME, one.told().words(), verdict.get());
            }
        }
        failed.clear();
    }
}
