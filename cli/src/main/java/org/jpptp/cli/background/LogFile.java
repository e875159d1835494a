package org.jpptp.cli.background;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a tunnel in the background has to say, each line with its time. The file lies in memory: when it has grown too large
 * it is set aside as {@code NAME.log.old}, in the place of the one before.
 */
final class LogFile extends OutputStream {
    private static final long MOST_OCTETS = 1 << 20;

    private final Path file;
    private final Supplier<LocalDateTime> time;
    private final long mostOctets;
    private FileChannel channel;
    private boolean atStart = true;

    /** Goes on behind what is there. */
    static LogFile open(Path file) throws IOException {
        return new LogFile(file, LocalDateTime::now, MOST_OCTETS);
    }

    LogFile(Path file, Supplier<LocalDateTime> time, long mostOctets) throws IOException {
        this.file = file;
        this.time = time;
        this.mostOctets = mostOctets;
        this.channel = channel(file);
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    Path file() {
        return file;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] octets, int offset, int length) throws IOException {
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            if (atStart) {
                put(ByteBuffer.wrap(stamp().getBytes(StandardCharsets.US_ASCII)));
                atStart = false;
            }
            if (octets[i] == '\n') {
                put(ByteBuffer.wrap(octets, from, i + 1 - from));
                from = i + 1;
                atStart = true;
                turnOver();
            }
        }
        put(ByteBuffer.wrap(octets, from, offset + length - from));
    }

    private String stamp() {
        return String.format("%tF %<tT ", time.get());
    }

    private void put(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    private void turnOver() throws IOException {
        if (channel.size() >= mostOctets) {
            channel.close();
            Files.move(file, file.resolveSibling(file.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
            channel = channel(file);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
