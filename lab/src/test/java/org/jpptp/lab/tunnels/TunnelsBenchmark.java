package org.jpptp.lab.tunnels;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.tunnels.TunnelLoad.Direction;
import org.jpptp.lab.tunnels.TunnelsTable.Load;
import org.jpptp.lab.tunnels.TunnelsTable.Row;

/** {@code lab/bench/tunnels}: more and more tunnels in one process. */
final class TunnelsBenchmark {
    /** Of many tunnels and one, alternately: compiling and whatever else runs must not fall to one of them only. */
    private static final int ROUNDS = 3;

    /** A thousand connections that begin at the same time lose and repeat for seconds, in however many tunnels. */
    private static final int WARM_UP_SECONDS = 8;

    private static final long END_SECONDS = 120;

    private final int seconds;

    private TunnelsBenchmark(int seconds) {
        this.seconds = seconds;
    }

    /** Arguments: the numbers of tunnels with commas between, the seconds of load, and a document to write to or none. */
    public static void main(String[] arguments) throws Exception {
        List<Integer> counts = new ArrayList<>();
        for (String count : arguments[0].split(",", -1)) {
            counts.add(Integer.valueOf(count));
        }
        List<Row> rows = new TunnelsBenchmark(Integer.parseInt(arguments[1])).run(counts);
        String table = TunnelsTable.of(rows);
        System.out.print(table);
        if (arguments.length > 2) {
            Path document = Path.of(arguments[2]);
            Files.writeString(document, TunnelsTable.written(Files.readString(document), table));
        }
    }

    private List<Row> run(List<Integer> counts) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (TunnelSite site = new TunnelSite();
                Helper server = new Helper(site.server(), TunnelsServer.class);
                Helper clients = new Helper(site.clients(), TunnelsClient.class)) {
            System.err.println("server " + server.answer());
            int before = 0;
            for (int tunnels : counts) {
                long millis = clients.ask(Integer.toString(tunnels));
                System.err.println(
                        tunnels + " tunnels are up, memory " + clients.ask("memory") / 1024 + " MiB before load");
                List<Load> each = new ArrayList<>();
                List<Load> one = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    each.add(load(site, tunnels, tunnels));
                    one.add(tunnels == 1 ? each.get(round) : load(site, 1, tunnels));
                }
                rows.add(new Row(
                        tunnels, tunnels - before, millis, clients.ask("memory"), Load.median(each), Load.median(one)));
                before = tunnels;
            }
        }
        return rows;
    }

    private Load load(TunnelSite site, int tunnels, int connections) throws Exception {
        try (TunnelLoad load = new TunnelLoad(site, tunnels, connections)) {
            Load got = new Load(
                    load.megabits(Direction.UP, WARM_UP_SECONDS, seconds),
                    load.megabits(Direction.DOWN, WARM_UP_SECONDS, seconds));
            System.err.printf(
                    "%d flows in %d tunnels: up %.0f, down %.0f%n", connections, tunnels, got.up(), got.down());
            return got;
        }
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
