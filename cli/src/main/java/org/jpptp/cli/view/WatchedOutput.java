package org.jpptp.cli.view;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * Standard output, which may be closed, a pipe whose reader has gone, or a file on a full disk. The first octets that do not
 * get through are told of; nothing is written any more, since what follows would make no sense to a reader of the whole.
 */
final class WatchedOutput extends OutputStream {
    private final OutputStream out;
    private final Consumer<IOException> lost;
    private boolean over;

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
            lost.accept(e);
        }
    }
}
