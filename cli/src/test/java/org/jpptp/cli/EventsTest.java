package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jpptp.client.TunnelEvent;
import org.jpptp.control.ControlEvent;
import org.jpptp.ppp.PppEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A new event does not compile before everybody who is told of events has decided on it: of every module, the sealed
 * interfaces whose names end in Event are taken apart by their {@code Cases} only.
 */
class EventsTest {
    private static final Pattern NOTHING_WITHOUT_A_REASON =
            Pattern.compile("public void \\w+\\(\\w+Event\\.\\w+ \\w+\\)\\s*\\{\\s*}");

    /** Folders below the root down to that of the module farthest from it. */
    private static final int MODULES_DEPTH = 2;

    private static JavaClasses main;
    private static List<JavaClass> events;

    @BeforeAll
    static void findThem() {
        main = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("org.jpptp");
        events = main.stream()
                .filter(type -> type.getSimpleName().endsWith("Event"))
                .filter(type -> type.isInterface() && type.reflect().isSealed())
                .toList();
    }

    private static Class<?> cases(JavaClass event) {
        return Arrays.stream(event.reflect().getDeclaredClasses())
                .filter(nested -> nested.getSimpleName().equals("Cases"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(event.getName() + " has no Cases"));
    }

    private static List<JavaClass> whoDecides() {
        return events.stream()
                .flatMap(event -> main.get(cases(event)).getAllSubclasses().stream())
                .toList();
    }

    @Test
    void allOfThemAreFound() {
        assertThat(events.stream().<Class<?>>map(JavaClass::reflect))
                .contains(TunnelEvent.class, PppEvent.class, ControlEvent.class);
        assertThat(whoDecides()).hasSizeGreaterThan(events.size());
    }

    @Test
    void eachEventHasOneCaseWithoutDefault() throws NoSuchMethodException {
        for (JavaClass event : events) {
            Class<?> cases = cases(event);
            assertThat(event.reflect().getMethod("match", cases).getModifiers())
                    .as(event.getName())
                    .matches(Modifier::isAbstract, "an abstract match(Cases)");
            assertThat(cases.getMethods())
                    .as(cases.getName())
                    .allMatch(each -> Modifier.isAbstract(each.getModifiers()));
            assertThat(Arrays.stream(cases.getMethods()).map(EventsTest::signature))
                    .as(cases.getName())
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(event.reflect().getPermittedSubclasses())
                                    .map(EventsTest::signature)
                                    .toList());
        }
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    private static String signature(Class<?> event) {
        String name = event.getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1) + "[" + event + "]";
    }

    /** A class in between could decide for its subclasses what they have never heard of. */
    @Test
    void nobodyInheritsADecision() {
        Set<Class<?>> all = events.stream().map(EventsTest::cases).collect(Collectors.toSet());
        assertThat(whoDecides()).allSatisfy(type -> {
            assertThat(type.isInterface()).isFalse();
            assertThat(type.getRawInterfaces()).anyMatch(direct -> all.contains(direct.reflect()));
        });
    }

    @Test
    void nobodyAsksAnEventWhichItIs() {
        Set<String> kinds = events.stream()
                .flatMap(event -> Arrays.stream(event.reflect().getPermittedSubclasses()))
                .map(Class::getName)
                .collect(Collectors.toSet());
        assertThat(main.stream()
                        .flatMap(type -> type.getInstanceofChecks().stream())
                        .filter(check -> kinds.contains(check.getRawType().getName()))
                        .map(check -> check.getRawType().getName() + " in " + check.getSourceCodeLocation()))
                .isEmpty();
    }

    @Test
    void whoDoesNothingWithAnEventSaysWhy() throws IOException {
        assertThat(mainSources().stream().flatMap(EventsTest::nothings)).isEmpty();
    }

    private static List<Path> mainSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> folders = Files.walk(Path.of(".."), MODULES_DEPTH)) {
            for (Path folder :
                    folders.map(module -> module.resolve("src/main/java")).toList()) {
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> files = Files.walk(folder)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        assertThat(sources).hasSizeGreaterThan(100);
        return sources;
    }

    private static Stream<String> nothings(Path file) {
        try {
            String source = Files.readString(file);
            return NOTHING_WITHOUT_A_REASON
                    .matcher(source)
                    .results()
                    .map(found -> file + ":"
                            + (source.substring(0, found.start()).lines().count() + 1) + " " + found.group());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
