package org.jpptp.cli.view;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.function.Consumer;

/**
 * Standard output, which may be closed, a pipe whose reader has gone, or a file on a full disk. The first octets that do not
 * get through are told of; nothing is written any more, since what follows would make no sense to a reader of the whole.
 */
final class WatchedOutput extends OutputStream {
    private final OutputStream out;
    private final Consumer<IOException> lost;
    private boolean over;
    private boolean hushed;

    /** @param lost is called once at most */
    WatchedOutput(OutputStream out, Consumer<IOException> lost) {
        this.out = out;
        this.lost = lost;
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] octets, int offset, int length) {
        if (over) {
            return;
        }
        try {
            out.write(octets, offset, length);
        } catch (IOException e) {
            over = true;
            if (!hushed) {
                lost.accept(e);
            }
        }
    }

    /** Whoever has asked may know ({@link PrintStream#checkError}); others need not. */
    @Override
    public synchronized void flush() throws IOException {
        if (over) {
            throw new IOException("what was written before is lost");
        }
    }

    private synchronized void hush() {
        hushed = true;
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

    /** From now on nobody is told that what is written there is lost; whoever asks the stream hears it. */
    static void hush(PrintStream out) {
        if (out instanceof Stream stream) {
            stream.output.hush();
        }
    }
}
