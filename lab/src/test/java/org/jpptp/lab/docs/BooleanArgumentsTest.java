package org.jpptp.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No call is given {@code true} or {@code false} beside another argument, where nobody sees what it is true of: an enum, a
 * factory method or a step of a builder says it. Only a factory method itself may, in the file that declares the type.
 */
class BooleanArgumentsTest {
    private static final Path ROOT = Path.of("..");

    /** Methods and constructors of the JDK and of libraries, which we cannot name otherwise. */
    private static final Set<String> THEIRS = Set.of(
            "PrintStream",
            "PrintWriter",
            "DefaultThreadFactory",
            "compareAndSet",
            "setSoLinger",
            "option", // of Netty's bootstraps
            "childOption",
            "init", // of Bouncy Castle's ciphers
            "invoke");

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern TEXT_OR_COMMENT =
            Pattern.compile("(?s)\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|//[^\\n]*|/\\*.*?\\*/");
    private static final Pattern CALL = Pattern.compile("(\\w+)(?:<[\\w, ]*>)?\\(");

    @Test
    void everyArgumentSaysWhatItMeans() throws IOException {
        List<String> unclear = new ArrayList<>();
        for (String module : modules()) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                for (Path file : (Iterable<Path>) files.filter(BooleanArgumentsTest::isJava)::iterator) {
                    unclear(Files.readString(file)).forEach(call -> unclear.add(ROOT.relativize(file) + ":" + call));
                }
            }
        }
        assertThat(unclear)
                .as("calls with true or false beside another argument")
                .isEmpty();
    }

    @Test
    void literalsAreFoundAndNothingElse() {
        String source = """
                new Style(false, color); // f(true, 1)
                f("(true, 1)", x -> true, y == false);
                send(g(
                        1,
                        true), '"', // b, c
                        false);
                new PrintWriter(out, true); h(true);
                record Own(boolean a, int b) {
                    Own() { this(true, 1); }
                    static Own f() { return new Own(false, 2); }
                }
                new Pair<A, B>(true, 1);
                """;
        assertThat(unclear(source)).containsExactly("1 Style", "3 send", "3 g", "12 Pair");
    }

    private static List<String> modules() throws IOException {
        return MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static boolean isJava(Path file) {
        return file.toString().endsWith(".java");
    }

    /** The line and the name of each call that does not say what it means. */
    private static List<String> unclear(String source) {
        String code = TEXT_OR_COMMENT.matcher(source).replaceAll(BooleanArgumentsTest::blank);
        List<String> unclear = new ArrayList<>();
        for (Matcher call = CALL.matcher(code); call.find(); ) {
            String name = call.group(1);
            List<String> arguments = arguments(code, call.end());
            if (arguments.size() > 1
                    && (arguments.contains("true") || arguments.contains("false"))
                    && !THEIRS.contains(name)
                    && !isOwn(name, code)) {
                long line = code.substring(0, call.end()).lines().count();
                unclear.add(line + " " + name);
            }
        }
        return unclear;
    }

    /** As long as what it stands for, on as many lines. */
    private static String blank(MatchResult textOrComment) {
        String found = textOrComment.group();
        return found.replaceAll("[^\\n]", found.startsWith("/") ? " " : "_");
    }

    private static boolean isOwn(String name, String code) {
        return name.equals("this")
                || Pattern.compile("\\b(?:class|record|enum) " + name + "\\b")
                        .matcher(code)
                        .find();
    }

    private static List<String> arguments(String code, int begin) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int start = begin;
        for (int i = begin; i < code.length() && depth >= 0; i++) {
            char c = code.charAt(i);
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            if (depth < 0 || (depth == 0 && c == ',')) {
                arguments.add(code.substring(start, i).strip());
                start = i + 1;
            }
        }
        return arguments;
    }
}
