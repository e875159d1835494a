package org.jpptp.cli.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.file.NotWrittenException;
import org.jpptp.cli.file.SystemReason;
import org.jpptp.cli.file.Unwritten;
import org.jpptp.cli.file.WholeFile;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.SocketClient;
import org.jpptp.cli.socket.SocketPlace.Found;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.Version;
import org.jpptp.cli.view.DoctorView;
import org.jpptp.cli.view.Style;
import org.jpptp.client.anonymous.Pseudonyms;
import org.jpptp.client.diagnosis.MachineDiagnosis;
import org.jspecify.annotations.Nullable;

/**
 * All that somebody needs who is to find a fault, as one text: sections that begin with {@code ==}, the trace last. No password
 * is in it, and nothing that one could be found by.
 */
public final class BugReport {
    /** The first line, by which a reader knows it; the number counts up when sections change their meaning. */
    private static final String HEAD = "jpptp bugreport 1";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern TRACE_OF = Pattern.compile("^jpptp \\S+ trace of (\\S+?)(?::\\d+)? at ");
    private static final Pattern FIELD = Pattern.compile("\"(server|host|user|name|hostName)\":\"([^\"\\\\]+)\"");

    /** With a domain, between which and the user is a backslash, written twice. */
    private static final Pattern USER = Pattern.compile("\"(?:user|name)\":\"([^\"\\\\]+)\\\\\\\\([^\"\\\\]+)\"");

    /** Where files are kept, which options name. */
    private static final Pattern HOME = Pattern.compile("/home/([^/\\s\"\\\\]+)");

    private final TunnelRunner runner;
    private final Running running;

    public BugReport(TunnelRunner runner, Running running) {
        this.runner = runner;
        this.running = running;
    }

    /**
     * What it is about.
     *
     * @param name empty where there is no tunnel
     * @param status of one that runs; null for none
     * @param traces the oldest first
     */
    public record Subject(
            Optional<TunnelName> name, @Nullable JsonObject status, List<Trace> traces) {
        public Subject {
            traces = List.copyOf(traces);
        }

        private static Subject without(Optional<TunnelName> name, String why) {
            return new Subject(name, null, List.of(new Trace("", List.of("(" + why + ")"))));
        }

        /** Whether nothing is known of the tunnel. */
        public boolean isUnknown() {
            return status == null && traces.isEmpty();
        }
    }

    /**
     * What happened in one run of it.
     *
     * @param when how old that is, in words; empty where it is none
     * @param lines never none
     */
    public record Trace(String when, List<String> lines) {
        public Trace {
            lines = List.copyOf(lines);
        }
    }

    /** A name that is to be replaced. */
    public record Known(Pseudonyms.Kind kind, String name) {
        /** What the value of a profile's key names; empty for nothing. */
        public static List<Known> of(String key, String value) {
            return switch (key) {
                case "server" -> List.of(new Known(Pseudonyms.Kind.HOST, value.replaceFirst(":\\d+$", "")));
                case "user" -> List.of(new Known(Pseudonyms.Kind.USER, value));
                case "domain", "dns-domain" -> List.of(new Known(Pseudonyms.Kind.DOMAIN, value));
                default -> List.of();
            };
        }
    }

    /** The tunnel that is named, or the one that runs, or the one that failed last, or the one that ended last. */
    public Subject subject(Optional<TunnelName> wanted) {
        LastTrace last = new LastTrace(runner.sockets());
        try {
            Optional<TunnelName> name = wanted.isPresent() ? wanted : only();
            Optional<Subject> alive = name.isPresent() ? alive(name.get()) : Optional.empty();
            if (alive.isPresent()) {
                return alive.get();
            }
            Optional<TunnelName> over = name.isPresent() ? name : last.newest();
            return new Subject(over, null, over.isPresent() ? kept(last.of(over.get())) : List.of());
        } catch (Running.NoAnswer e) {
            return Subject.without(wanted, e.failure().sentence().strip());
        } catch (IOException e) {
            return Subject.without(wanted, "the trace cannot be read: " + SystemReason.of(e));
        }
    }

    private Optional<TunnelName> only() throws Running.NoAnswer {
        List<TunnelName> alive = new ArrayList<>();
        for (TunnelName name : running.names()) {
            if (running.look(name) == Found.ALIVE) {
                alive.add(name);
            }
        }
        return alive.size() == 1 ? Optional.of(alive.get(0)) : Optional.empty();
    }

    /** Empty where it has ended, be it between two questions. */
    private Optional<Subject> alive(TunnelName name) throws Running.NoAnswer, IOException {
        Optional<SocketClient> connected = running.connect(name);
        if (connected.isEmpty()) {
            return Optional.empty();
        }
        try (SocketClient client = connected.get()) {
            Optional<JsonObject> status = running.ask(name, client, "status", PATIENCE);
            Optional<JsonObject> trace = running.ask(name, client, "trace", PATIENCE);
            return trace.map(answer -> new Subject(
                    Optional.of(name), status.orElse(null), List.of(new Trace("it runs", answer.texts("trace")))));
        }
    }

    private static List<Trace> kept(List<LastTrace.Kept> kept) {
        return kept.stream()
                .map(last -> new Trace(
                        (last.end() == LastTrace.End.FAILED ? "it failed at " : "its user ended it at ")
                                + last.time().toInstant().truncatedTo(ChronoUnit.SECONDS),
                        last.lines()))
                .toList();
    }

    /**
     * All of it.
     *
     * @param profile its values, a line each; empty for none
     */
    public List<String> lines(Subject subject, List<String> profile) {
        List<String> lines = new ArrayList<>();
        lines.add(HEAD);
        lines.add("program: " + Version.line());
        lines.add(
                "java: " + property("java.version") + ", " + property("java.vm.name") + ", " + property("java.vendor"));
        lines.add("system: " + property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        lines.add("written: " + Instant.now().truncatedTo(ChronoUnit.SECONDS));
        section(lines, "doctor", doctor());
        String of = subject.name().map(name -> " " + name.text()).orElse("");
        if (!profile.isEmpty()) {
            section(lines, "profile" + of, profile);
        }
        if (subject.status() != null) {
            section(lines, "status" + of, List.of(subject.status().toString()));
        }
        if (subject.traces().isEmpty()) {
            section(lines, "trace" + of, List.of("(no such tunnel runs, and none has run since this machine started)"));
        }
        for (Trace trace : subject.traces()) {
            section(lines, "trace" + of + (trace.when().isEmpty() ? "" : ": " + trace.when()), trace.lines());
        }
        return lines;
    }

    private static void section(List<String> report, String title, List<String> lines) {
        report.add("");
        report.add("== " + title);
        report.addAll(lines);
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private List<String> doctor() {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(octets, true, StandardCharsets.UTF_8);
        new DoctorView(out, Style.PLAIN)
                .show(runner.machine().map(MachineDiagnosis::of).orElse(List.of()));
        return octets.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** The same with those replaced whom it names. */
    public static List<String> anonymous(List<String> lines, List<Known> known) {
        Pseudonyms names = Recording.known("", "");
        known.forEach(each -> names.learn(each.kind(), each.name()));
        for (String line : lines) {
            learn(names, TRACE_OF.matcher(line), 1);
            learn(names, FIELD.matcher(line), 2);
            for (Matcher home = HOME.matcher(line); home.find(); ) {
                names.learn(Pseudonyms.Kind.USER, home.group(1));
            }
            for (Matcher user = USER.matcher(line); user.find(); ) {
                names.learn(Pseudonyms.Kind.DOMAIN, user.group(1));
                names.learn(Pseudonyms.Kind.USER, user.group(2));
            }
            String unused = names.text(line); // names that come to light late are replaced early, too
        }
        return lines.stream().map(names::text).toList();
    }

    private static void learn(Pseudonyms names, Matcher found, int group) {
        while (found.find()) {
            boolean user = group == 2 && found.group(1).equals("user");
            names.learn(user ? Pseudonyms.Kind.USER : Pseudonyms.Kind.HOST, found.group(group));
        }
    }

    /**
     * Into a file of its user's only.
     *
     * @throws UsageException where there is one already
     * @throws NotWrittenException where it cannot be written
     */
    public static void write(Path file, List<String> lines) {
        try (WholeFile whole = WholeFile.beside(file)) {
            whole.out().write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
            whole.putNew();
        } catch (FileAlreadyExistsException e) {
            throw Unwritten.there(file, "--output");
        } catch (IOException e) {
            throw Unwritten.because("The file " + file, file, e);
        }
    }
}
