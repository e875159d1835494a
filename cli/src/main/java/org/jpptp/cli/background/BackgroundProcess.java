package org.jpptp.cli.background;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jpptp.cli.secret.PasswordPipe;
import org.jpptp.cli.secret.PasswordSource;
import org.jpptp.cli.socket.TunnelName;
import org.jspecify.annotations.Nullable;

/**
 * Starts this program once more, by the same Java with the same options, but for those of what is over at once, to run a tunnel in
 * the background. It shows its progress on our outputs, and its input is a pipe that the passwords come through.
 */
public final class BackgroundProcess {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    /** What packaging/launch gives us, who only wait: the first compiler alone, and no collection. A tunnel goes on for long. */
    private static final Set<String> OURS_ONLY = Set.of("-XX:TieredStopAtLevel=1", "-Xmn12m");

    private BackgroundProcess() {}

    /**
     * Starts it.
     *
     * @param name the tunnel's
     * @param given how many arguments this program was given
     * @param arguments those of the other
     * @param password the caller's to wipe
     * @param changed what an expired one is to be changed to, null for nothing
     */
    public static Process start(
            TunnelName name, int given, List<String> arguments, char[] password, char @Nullable [] changed)
            throws IOException {
        String line = Files.readString(COMMAND_LINE, charset());
        String java = Files.readSymbolicLink(Path.of("/proc/self/exe")).toString();
        ProcessBuilder builder = new ProcessBuilder(commandLine(java, line, given, name, arguments))
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.environment().remove(PasswordSource.VARIABLE);
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            PasswordPipe.write(in, password, changed);
        } catch (IOException e) {
            // It has ended already, and said why.
        }
        return process;
    }

    /** What Java decodes arguments by, and encodes them again. */
    private static Charset charset() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    /**
     * The command line of the other.
     *
     * @param line this process's, as proc(5) has it: each word ended by NUL
     */
    static List<String> commandLine(String java, String line, int given, TunnelName name, List<String> arguments) {
        List<String> words = Arrays.asList(line.split("\0", -1));
        List<String> command = new ArrayList<>(List.of(java, "-D" + Child.PROPERTY + "=" + name));
        int end = words.size() - 1 - given; // behind the last NUL is nothing
        int own = Math.max(words.indexOf("-jar"), 1);
        for (String word : words.subList(1, own)) {
            if (!OURS_ONLY.contains(word)) {
                command.add(word);
            }
        }
        command.addAll(words.subList(own, end));
        command.addAll(arguments);
        return command;
    }
}
