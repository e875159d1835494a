package org.jpptp.lab.fuzz;

import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jpptp.lab.fuzzing.FuzzTargets;
import org.jspecify.annotations.Nullable;

/**
 * What jazzer calls: it is told the class of a target and the folder of its kept inputs, and runs those first, so that the
 * time which classes take to load does not count as an input's.
 */
public final class Target {
    private static @Nullable MethodHandle target;

    private Target() {}

    /**
     * Called once.
     *
     * @param args the target's class, of whatever module, and its folder
     */
    public static void fuzzerInitialize(String[] args) throws Throwable {
        MethodHandle found = FuzzTargets.of(args[0]);
        for (Path input : FuzzTargets.files(Path.of(args[1]))) {
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
}
