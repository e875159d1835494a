package org.jpptp.lab.fuzz;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What jazzer calls: it is told the name of a target and the folder of its kept inputs, and runs those first, so that the
 * time which classes take to load does not count as an input's.
 */
public final class Target {
    private static @Nullable MethodHandle target;

    private Target() {}

    /**
     * Called once.
     *
     * @param args the target's name, and its folder
     */
    public static void fuzzerInitialize(String[] args) throws Throwable {
        MethodHandle found = of(args[0]);
        for (Path input : files(Path.of(args[1]))) {
            try {
                found.invokeExact(Files.readAllBytes(input));
            } catch (AssertionError | RuntimeException | StackOverflowError finding) {
                // Seen again when jazzer comes to it, and told then.
            }
        }
        target = found;
    }

    public static void fuzzerTestOneInput(byte[] data) throws Throwable {
        MethodHandle found = target;
        if (found == null) {
            throw new IllegalStateException("fuzzerInitialize comes first");
        }
        found.invokeExact(data);
    }

    /** What takes the inputs of a target. */
    static MethodHandle of(String name) throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .findStatic(
                        Class.forName(Target.class.getPackageName() + "." + name),
                        "fuzzerTestOneInput",
                        MethodType.methodType(void.class, byte[].class));
    }

    /** What is in a folder, by name. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
