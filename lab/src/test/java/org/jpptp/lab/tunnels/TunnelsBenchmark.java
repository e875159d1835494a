package org.jpptp.lab.tunnels;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.tunnels.TunnelLoad.Direction;
import org.jpptp.lab.tunnels.TunnelLoad.Got;

/** {@code lab/bench/tunnels}: more and more tunnels in one process. */
final class TunnelsBenchmark {
    /** Of many tunnels and one, alternately: compiling and whatever else runs must not fall to one of them only. */
    private static final int ROUNDS = 3;

    /** A thousand connections that begin at the same time lose and repeat for seconds, in however many tunnels. */
    private static final int WARM_UP_SECONDS = 8;

    private static final long END_SECONDS = 120;

    private final int seconds;
    private final PrintStream results;

    private TunnelsBenchmark(int seconds, PrintStream results) {
        this.seconds = seconds;
        this.results = results;
    }

    /** Arguments: the numbers of tunnels with commas between, the seconds of load, and the results to add lines to. */
    public static void main(String[] arguments) throws Exception {
        List<Integer> counts = new ArrayList<>();
        for (String count : arguments[0].split(",", -1)) {
            counts.add(Integer.valueOf(count));
        }
        try (PrintStream results = new PrintStream(
                Files.newOutputStream(Path.of(arguments[2]), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                true,
                StandardCharsets.UTF_8)) {
            new TunnelsBenchmark(Integer.parseInt(arguments[1]), results).run(counts);
        }
    }

    private void run(List<Integer> counts) throws Exception {
        fact("rounds", ROUNDS);
        fact("seconds a turn", seconds);
        fact("seconds to warm up", WARM_UP_SECONDS);
        try (TunnelSite site = new TunnelSite();
                Helper server = new Helper(site.server(), TunnelsServer.class);
                Helper clients = new Helper(site.clients(), TunnelsClient.class)) {
            System.err.println("server " + server.answer());
            for (int tunnels : counts) {
                String many = Growth.contender(tunnels);
                String one = TunnelsReport.flows(tunnels);
                note(1, many, Growth.SET_UP_MILLIS, clients.ask(Integer.toString(tunnels)));
                System.err.println(
                        tunnels + " tunnels are up, memory " + clients.ask("memory") / 1024 + " MiB before load");
                for (int round = 1; round <= ROUNDS; round++) {
                    // One flow in one tunnel is both.
                    List<String> each = tunnels == 1 ? List.of(many, one) : List.of(many);
                    measure(new TunnelLoad(site, tunnels, tunnels), clients, round, each);
                    if (tunnels > 1) {
                        measure(new TunnelLoad(site, 1, tunnels), clients, round, List.of(one));
                    }
                }
                note(1, many, Growth.RESIDENT_KIB, clients.ask("memory"));
            }
        }
    }

    /** Loads both ways, and notes what came of it for each contender that it is. */
    private void measure(TunnelLoad load, Helper clients, int round, List<String> contenders) throws Exception {
        try (load) {
            Got up = load.load(Direction.UP, WARM_UP_SECONDS, seconds, () -> clients.ask("processor"));
            Got down = load.load(Direction.DOWN, WARM_UP_SECONDS, seconds, () -> clients.ask("processor"));
            for (String contender : contenders) {
                note(round, contender, TunnelsReport.UP.id(), up.megabits());
                note(round, contender, TunnelsReport.DOWN.id(), down.megabits());
                note(round, contender, TunnelsReport.PROCESSOR_UP.id(), up.processor());
                note(round, contender, TunnelsReport.PROCESSOR_DOWN.id(), down.processor());
            }
            System.err.printf(
                    "%s: up %.0f Mbit/s, %.2f s per Gbit; down %.0f Mbit/s, %.2f s per Gbit%n",
                    contenders, up.megabits(), up.processor(), down.megabits(), down.processor());
        }
    }

    private void fact(String name, int value) {
        results.println("#fact\t" + name + "\t" + value);
    }

    private void note(int round, String contender, String measure, Number value) {
        results.println(round + "\t" + contender + "\t" + measure + "\t" + value);
    }

    /** Another Java in a namespace, spoken to by lines. It ends when its input does. */
    private static final class Helper implements AutoCloseable {
        private final Process process;
        private final PrintStream questions;
        private final BufferedReader answers;

        Helper(TestNamespace where, Class<?> main) throws IOException {
            List<String> java = new ArrayList<>();
            java.add(ProcessHandle.current().info().command().orElse("java"));
            // As the launcher has it, but for the memory; the heap gives back what it does not need.
            java.addAll(List.of("-XX:+UseSerialGC", "-Xms16m", "-Xmx1g", "-XX:MinHeapFreeRatio=5"));
            java.addAll(List.of("-XX:MaxHeapFreeRatio=10", "-XX:-UsePerfData"));
            if (Runtime.version().feature() >= 24) {
                java.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
            }
            java.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
            process = new ProcessBuilder(where.command(java))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
            answers = process.inputReader(StandardCharsets.US_ASCII);
        }

        long ask(String question) throws IOException {
            questions.println(question);
            return Long.parseLong(answer());
        }

        String answer() throws IOException {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("a process of the benchmark has ended; what it said stands above");
            }
            return answer;
        }

        @Override
        public void close() {
            questions.close();
            try {
                if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
