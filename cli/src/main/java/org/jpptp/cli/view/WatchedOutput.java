package org.jpptp.cli.view;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, which may be closed, a pipe whose reader has gone, or a file on a full disk. The first octets that do not
 * get through are told of; nothing is written any more, since what follows would make no sense to a reader of the whole.
 */
final class WatchedOutput extends OutputStream {
    private final OutputStream out;
    private final BooleanSupplier piped;
    private final Consumer<IOException> lost;
    private @Nullable IOException why;
    private boolean hushed;

    /**
     * @param piped whether it is a pipe or a connection: if nothing gets through there, its reader has gone
     * @param lost is called once at most
     */
    WatchedOutput(OutputStream out, BooleanSupplier piped, Consumer<IOException> lost) {
        this.out = out;
        this.piped = piped;
        this.lost = lost;
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] octets, int offset, int length) {
        if (why != null) {
            return;
        }
        try {
            out.write(octets, offset, length);
        } catch (IOException e) {
            why = e;
            if (!hushed) {
                lost.accept(e);
            }
        }
    }

    /** Whoever has asked may know ({@link PrintStream#checkError}); others need not. */
    @Override
    public synchronized void flush() throws IOException {
        if (why != null) {
            throw new IOException("what was written before is lost");
        }
    }

    private synchronized void hush() {
        hushed = true;
    }

    private synchronized void tell() {
        hushed = false;
    }

    private synchronized Optional<IOException> untold() {
        return hushed && !piped.getAsBoolean() ? Optional.ofNullable(why) : Optional.empty();
    }

    /** The output, for what is written there. */
    PrintStream stream(Charset charset) {
        return new Stream(this, charset);
    }

    /** What users of the output write to. */
    private static final class Stream extends PrintStream {
        private static final boolean EACH_LINE_AT_ONCE = true;

        private final WatchedOutput output;

        Stream(WatchedOutput output, Charset charset) {
            super(output, EACH_LINE_AT_ONCE, charset);
            this.output = output;
        }
    }

    /** From now on nobody is told that what is written there is lost; whoever asks hears it. */
    static void hush(PrintStream out) {
        if (out instanceof Stream stream) {
            stream.output.hush();
        }
    }

    /** From now on it is told at once. */
    static void tell(PrintStream out) {
        if (out instanceof Stream stream) {
            stream.output.tell();
        }
    }

    /** Why something is lost that somebody would read, if it is, and nobody was told. */
    static Optional<IOException> untold(PrintStream out) {
        return out instanceof Stream stream ? stream.output.untold() : Optional.empty();
    }
}
