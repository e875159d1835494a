package org.jpptp.cli.view;

import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * The last line of a terminal while a server is waited for: it is written over each time, so that one sees that time
 * passes, and goes before anything else is written. Its owner is its lock.
 */
final class MovingLine {
    private static final long TICK_MILLIS = 250;
    private static final String TO_THE_START = "\r";
    /** ECMA-48 §8.3.41. */
    private static final String ERASE = "\u001b[K";

    private final Object owner;
    private final PrintStream out;
    private final Supplier<String> line;
    private boolean shown;
    private boolean paused;
    private boolean over;

    /** @param line what is to be read there at this moment, empty for nothing; asked for under the lock */
    MovingLine(Object owner, PrintStream out, Supplier<String> line) {
        this.owner = owner;
        this.out = out;
        this.line = line;
    }

    /** From now on it moves by itself. */
    void start() {
        Thread thread = new Thread(this::move, "jpptp-screen");
        thread.setDaemon(true);
        thread.start();
    }

    private void move() {
        try {
            while (tick()) {
                Thread.sleep(TICK_MILLIS);
            }
        } catch (InterruptedException e) {
            // Nobody does that; it then stands still.
        }
    }

    /** Writes it anew. Tells whether it will be written again. */
    boolean tick() {
        synchronized (owner) {
            String text = over || paused ? "" : line.get();
            if (!text.isEmpty()) {
                out.print(TO_THE_START + text + ERASE);
                out.flush();
                shown = true;
            }
            return !over;
        }
    }

    /** Before something else is written. */
    void clear() {
        synchronized (owner) {
            if (shown) {
                out.print(TO_THE_START + ERASE);
                out.flush();
                shown = false;
            }
        }
    }

    /** The terminal is somebody else's for a while. */
    void pause() {
        synchronized (owner) {
            clear();
            paused = true;
        }
    }

    void resume() {
        synchronized (owner) {
            paused = false;
        }
    }

    void end() {
        synchronized (owner) {
            clear();
            over = true;
        }
    }
}
