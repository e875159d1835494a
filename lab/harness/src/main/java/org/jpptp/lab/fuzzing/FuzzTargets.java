package org.jpptp.lab.fuzzing;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fuzz targets of the module whose tests run: the classes among them whose names end in {@code Fuzz}, and the inputs that are
 * kept for each, in a folder of its simple name. {@code lab/fuzz/run} finds both in the same places.
 */
public final class FuzzTargets {
    private static final Path SOURCES = Path.of("src/test/java");
    private static final Path CORPUS = Path.of("src/test/fuzz/corpus");
    private static final String SUFFIX = "Fuzz.java";

    private FuzzTargets() {}

    /** Their class names. */
    static List<String> all() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.map(file -> SOURCES.relativize(file).toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.replace(".java", "").replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    /** What takes the inputs of a target, whose octets may be any. */
    public static MethodHandle of(String className) throws ReflectiveOperationException {
        return MethodHandles.publicLookup()
                .findStatic(
                        Class.forName(className),
                        "fuzzerTestOneInput",
                        MethodType.methodType(void.class, byte[].class));
    }

    /** Those that are kept for a target, by name. */
    static List<Path> inputs(String className) throws IOException {
        return files(CORPUS.resolve(folder(className)));
    }

    /** Gives a target what is kept for it; fails where it breaks. */
    static void replay(String className) throws IOException, ReflectiveOperationException {
        MethodHandle one = of(className);
        for (Path input : inputs(className)) {
            try {
                one.invokeExact(Files.readAllBytes(input));
            } catch (Throwable broken) {
                throw new AssertionError(className + " breaks on " + input, broken);
            }
        }
    }

    /** The names of the folders that there are. */
    static List<String> folders() throws IOException {
        return files(CORPUS).stream()
                .map(folder -> folder.getFileName().toString())
                .toList();
    }

    /** That of a target. */
    static String folder(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** What is in a folder, by name. */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
