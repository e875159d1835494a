package org.jpptp.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who follows a packet through docs/architecture.md finds each method that is named there. */
class PacketWayTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern SECTION = Pattern.compile("(?s)## The way of a datagram\n(.*?)\n## ");
    private static final Pattern METHOD = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)`");
    private static final List<String> MODULES =
            List.of("pptp-control", "gre-transport", "ppp-engine", "client-core", "cli");

    @Test
    void everyMethodOfTheWayExists() throws IOException {
        Matcher section = SECTION.matcher(Files.readString(ROOT.resolve("docs/architecture.md")));
        assertThat(section.find()).isTrue();
        List<String> named = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Matcher method = METHOD.matcher(section.group(1)); method.find(); ) {
            named.add(method.group());
            Pattern declaration = Pattern.compile("(?m)^ +[\\w<>@ ]+ " + method.group(2) + "\\(.*\\{$");
            if (sources(method.group(1)).stream()
                    .noneMatch(source -> declaration.matcher(source).find())) {
                missing.add(method.group());
            }
        }
        assertThat(named).as("methods of the way").hasSizeGreaterThan(40);
        assertThat(missing).isEmpty();
    }

    private static List<String> sources(String type) throws IOException {
        List<String> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    if (file.endsWith(type + ".java")) {
                        sources.add(Files.readString(file));
                    }
                }
            }
        }
        return sources;
    }
}
