package org.jpptp.client.proxy.linux;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.ProxyCounts;
import org.jpptp.client.diagnosis.ProxyDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.linux.InnerNamespace;
import org.jpptp.client.proxy.InnerLine;
import org.jpptp.client.proxy.InnerLine.Reply;

/**
 * Another process of this program's in a namespace of its own, where it has every right and here none. It ends when this one
 * closes its input, or dies.
 */
final class InnerProcess implements AutoCloseable {
    private static final long ANSWER_SECONDS = 10;
    private static final long END_SECONDS = 2;
    /** What it may hold of its clients' octets is bounded by their number and what each may have. */
    private static final List<String> OPTIONS = List.of(
            "-Xshare:auto",
            "-Xlog:disable",
            "-Xlog:all=off",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms8m",
            "-Xmx64m",
            "-Xss512k",
            "-XX:MaxDirectMemorySize=192m",
            "-XX:-UsePerfData",
            "-XX:-CreateCoredumpOnCrash");
    /** Properties that say where native libraries are unpacked. */
    private static final List<String> HANDED_DOWN = List.of("io.netty.native.workdir");

    private static final int FIRST_WITH_NATIVE_ACCESS = 24;

    private final Process process;
    private final HostLog log;
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private volatile ProxyCounts counts = ProxyCounts.NONE;
    private volatile String lastWords = "it said nothing";
    private volatile boolean closing;

    private InnerProcess(Process process, HostLog log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param rendezvous where it is given sockets
     * @param log gets what it says
     */
    static InnerProcess start(Path rendezvous, HostLog log) throws HostChangeException {
        List<String> command = new ArrayList<>(InnerNamespace.prefix());
        command.add("--");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        if (Runtime.version().feature() >= FIRST_WITH_NATIVE_ACCESS) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        for (String property : HANDED_DOWN) {
            String value = System.getProperty(property);
            if (value != null) {
                command.add("-D" + property + "=" + value);
            }
        }
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), InnerMain.class.getName(), rendezvous.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(new File("/"));
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            InnerProcess inner = new InnerProcess(builder.start(), log);
            Thread reader = new Thread(inner::read, "jpptp-proxy");
            reader.setDaemon(true);
            reader.start();
            return inner;
        } catch (IOException e) {
            throw new HostChangeException(ProxyDiagnosis.gone(InnerNamespace.reason(e)));
        }
    }

    long pid() {
        return process.pid();
    }

    ProxyCounts counts() {
        return counts;
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String said = line;
                InnerLine.reply(line).ifPresentOrElse(this::take, () -> note(said));
            }
        } catch (IOException e) {
            // It has ended.
        }
        replies.add(new Reply.Refused("it has ended (" + lastWords + ")"));
        if (!closing) {
            log.warn(ProxyDiagnosis.gone("it has ended (" + lastWords + ")").sentence());
        }
    }

    private void take(Reply reply) {
        if (reply instanceof Reply.Counted counted) {
            counts = counted.counts();
        } else {
            replies.add(reply);
        }
    }

    private void note(String line) {
        String printable = line.replaceAll("[^ -~]", "?");
        lastWords = printable.substring(0, Math.min(printable.length(), 200));
        log.note(lastWords.startsWith("[#]") ? lastWords : "The proxy says: " + lastWords);
    }

    /** Tells it something, and waits until it is done. */
    void order(String line) throws HostChangeException {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            Reply reply = replies.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
            String refused = reply == null
                    ? "it has not answered for " + ANSWER_SECONDS + " s"
                    : reply.fold(why -> why, counted -> "", "");
            if (!refused.isEmpty()) {
                throw new HostChangeException(ProxyDiagnosis.gone(refused));
            }
        } catch (IOException e) {
            throw new HostChangeException(ProxyDiagnosis.gone("it has ended (" + lastWords + ")"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostChangeException(ProxyDiagnosis.gone("nobody waits for it any more"));
        }
    }

    /** How long it may take to begin. */
    static Duration patience() {
        return Duration.ofSeconds(ANSWER_SECONDS);
    }

    /** What it said last, for one who wonders why it is silent. */
    String lastWords() {
        return lastWords;
    }

    @Override
    public void close() {
        closing = true;
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended.
        }
        boolean interrupted = false;
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            process.destroyForcibly();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
