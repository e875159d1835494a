package org.jpptp.cli.record;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes lines into a file, each at once, until that fails: then it says so, and the tunnel goes on. For any thread. */
final class LogWriter implements Consumer<String>, AutoCloseable {
    private final OutputStream out;
    private final Consumer<IOException> lost;
    private boolean broken;

    LogWriter(OutputStream out, Consumer<IOException> lost) {
        this.out = out;
        this.lost = lost;
    }

    @Override
    public synchronized void accept(String line) {
        if (broken) {
            return;
        }
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            broken = true;
            lost.accept(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            accept(""); // says it once, if it was not said
        }
    }
}
