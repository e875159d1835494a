package org.jpptp.client.hook.linux;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.hook.HookCommand;
import org.jpptp.client.hook.HookResult;
import org.jpptp.client.hook.HookResult.Kind;
import org.jpptp.client.net.HostLog;

/**
 * Runs one hook: without a shell, from the root directory, with an environment of ours and with nothing to read. What it
 * writes is traced, line by line, up to a limit; the rest is read and forgotten, so that nobody blocks. It may leave a
 * daemon behind, whose output nobody reads any more. Where it is killed, all that descends from it is.
 */
public final class HookProcess {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final long LOOK_AGAIN_MILLIS = 10;
    private static final int LOOKS_AFTER_THE_END = 5;
    private static final int BUFFER_OCTETS = 1 << 14;
    private static final int PIPE_OCTETS = 1 << 16;

    private final HookFile file;
    private final Map<String, String> process;

    /**
     * @param file judges the program
     * @param process what a hook is told about this process: variables
     */
    public HookProcess(HookFile file, Map<String, String> process) {
        this.file = file;
        this.process = Map.copyOf(process);
    }

    /** What a hook is told about this process: who runs it, and how to know it. */
    public static HookProcess ofThisProcess() {
        int uid = HookFile.uidOfThisProcess();
        return new HookProcess(
                new HookFile(uid),
                Map.of(
                        "ORIG_UID", Integer.toString(uid),
                        "PPPLOGNAME", HookOutput.printable(System.getProperty("user.name", "")),
                        "VPNPID", Long.toString(ProcessHandle.current().pid())));
    }

    /**
     * Runs it and waits for it; a thread that is interrupted kills it.
     *
     * @param limit how long it may take
     */
    public HookResult run(Path program, HookCommand command, Duration limit, HostLog log) {
        String objection = file.objection(program).orElse("");
        if (!objection.isEmpty()) {
            return HookResult.notRun(program, objection);
        }
        List<String> words = new ArrayList<>(command.arguments());
        words.add(0, program.toString());
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .directory(new File("/"));
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().putAll(process);
        builder.environment().putAll(command.environment());
        log.note("[#] " + String.join(" ", words).strip());
        HookOutput output = new HookOutput(line -> log.note(program.getFileName() + ": " + line));
        try {
            Process started = builder.start();
            Kind kind = await(started, output, System.nanoTime() + limit.toNanos());
            output.end();
            return new HookResult(program, kind, kind == Kind.ENDED ? started.exitValue() : -1, output.lastLine());
        } catch (IOException e) {
            return HookResult.notRun(program, HookOutput.printable(String.valueOf(e.getMessage())));
        }
    }

    private static Kind await(Process process, HookOutput output, long deadline) throws IOException {
        // A daemon may hold the other end of the pipe for ever: its end is not waited for.
        InputStream pipe = process.getInputStream();
        byte[] octets = new byte[BUFFER_OCTETS];
        try {
            while (process.isAlive()) {
                if (isOver(deadline)) {
                    kill(process);
                    return Kind.TIMED_OUT;
                }
                if (read(pipe, octets, output) == 0) {
                    boolean unused = process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
            // The JDK takes over what is left in the pipe meanwhile; what a daemon writes later is its own business.
            int left = PIPE_OCTETS;
            for (int look = 0; look < LOOKS_AFTER_THE_END; look++) {
                for (int taken = octets.length; left > 0 && taken > 0; left -= taken) {
                    taken = read(pipe, octets, output);
                }
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
            return Kind.ENDED;
        } catch (InterruptedException e) {
            kill(process);
            return Kind.CUT_SHORT;
        }
    }

    /** How many octets there were; never waits for more. */
    private static int read(InputStream pipe, byte[] octets, HookOutput output) throws IOException {
        int there = Math.min(pipe.available(), octets.length);
        int taken = there > 0 ? Math.max(0, pipe.read(octets, 0, there)) : 0;
        output.take(octets, taken);
        return taken;
    }

    private static boolean isOver(long deadline) {
        return System.nanoTime() - deadline >= 0;
    }

    /** What is stopped has no more children than it has. */
    private static void kill(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        while (!children.isEmpty()) {
            List<ProcessHandle> next =
                    children.stream().flatMap(ProcessHandle::descendants).toList();
            children.forEach(ProcessHandle::destroyForcibly);
            children = next;
        }
    }
}
