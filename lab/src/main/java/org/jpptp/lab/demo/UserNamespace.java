package org.jpptp.lab.demo;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * Root over namespaces of one's own, for ordinary users: runs this program again under {@code unshare}, where it may make
 * network namespaces, raw sockets and interfaces, none of which the rest of the system sees.
 */
public final class UserNamespace {
    private static final Path TUN = Path.of("/dev/net/tun");
    private static final String MARK = "JPPTP_IN_USER_NAMESPACE";
    private static final String REMEDY = "Run it as root: sudo ./jpptp demo.";
    private static final int PROBE_SECONDS = 10;
    private static final int FIRST_WITH_NATIVE_ACCESS = 24;
    /** {@code ip netns} keeps its names in /run, which an ordinary user can only write when it is a new one. */
    private static final String IN_NEW_RUN = "mount -t tmpfs tmpfs /run && exec \"$@\"";

    private static final List<String> UNSHARE =
            List.of("unshare", "--user", "--map-root-user", "--net", "--mount", "--fork", "--kill-child", "--");

    private UserNamespace() {}

    /** Whether we are inside already. */
    public static boolean isInside() {
        return System.getenv(MARK) != null;
    }

    /** What an ordinary user lacks on this system to go on, or null. */
    public static @Nullable Failure missing() throws IOException, InterruptedException {
        if (!Files.exists(TUN)) {
            return Failure.of(
                    FailureReason.NO_TUN,
                    "There is no " + TUN + ".",
                    "Load the module as root with modprobe tun; in a container, give it the device.");
        }
        if (!Files.isReadable(TUN) || !Files.isWritable(TUN)) {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(TUN));
            return failure("this system opens " + TUN + " to root only (" + mode + ")");
        }
        String refusal = refusal();
        return refusal == null ? null : failure("this system gives them no namespaces (" + refusal + ")");
    }

    private static Failure failure(String why) {
        return Failure.of(
                FailureReason.NO_PRIVILEGE,
                "The demonstration cannot run for ordinary users here: " + why + ".",
                REMEDY);
    }

    private static @Nullable String refusal() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(UNSHARE);
        command.addAll(List.of("sh", "-c", IN_NEW_RUN, "sh", "true"));
        try {
            Process probe =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            probe.getOutputStream().close();
            if (!probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                probe.destroyForcibly();
                return "unshare gave no answer";
            }
            String words = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return probe.exitValue() == 0 ? null : words;
        } catch (IOException e) {
            return "the command unshare of util-linux is missing";
        }
    }

    /**
     * Runs this program again, inside.
     *
     * @param mainClass its entry
     * @param arguments its arguments
     * @return its exit code
     */
    public static int run(String mainClass, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(UNSHARE);
        command.addAll(List.of("sh", "-c", IN_NEW_RUN, "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        if (Runtime.version().feature() >= FIRST_WITH_NATIVE_ACCESS) {
            // As the manifest has it, which counts only where the jar is what is started.
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put(MARK, "1");
        return builder.start().waitFor();
    }
}
