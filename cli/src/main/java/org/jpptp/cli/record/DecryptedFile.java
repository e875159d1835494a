package org.jpptp.cli.record;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jpptp.cli.file.NotWrittenException;
import org.jpptp.cli.file.Unwritten;
import org.jpptp.cli.file.WholeFile;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.Failure;
import org.jpptp.client.explain.capture.PcapngWriter;

/** What was encrypted in captures: nobody else's business, and there whole or not at all. */
public final class DecryptedFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final WholeFile whole;
    private final PcapngWriter writer;

    private DecryptedFile(Path file) throws IOException {
        this.file = file;
        this.whole = WholeFile.beside(file);
        this.writer = new PcapngWriter(new BufferedOutputStream(whole.out(), BUFFER));
    }

    /**
     * Begins it.
     *
     * @throws UsageException where it names no file that can be
     * @throws NotWrittenException where this machine takes no file there
     */
    public static DecryptedFile of(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw there(file);
        }
        try {
            WholeFile.probe(file); // before it is worked for
            return new DecryptedFile(file);
        } catch (IOException e) {
            throw Unwritten.because(what(file), file, e);
        }
    }

    private static UsageException there(Path file) {
        return Unwritten.there(file, "--decrypt");
    }

    private static String what(Path file) {
        return "The file " + file;
    }

    /** Where what was inside goes. */
    public PcapngWriter writer() {
        return writer;
    }

    /** It is complete. Returns why it is not there all the same. */
    public Optional<Failure> put() {
        try {
            writer.flush();
            whole.putNew();
            return Optional.empty();
        } catch (FileAlreadyExistsException e) {
            throw there(file);
        } catch (IOException e) {
            return Optional.of(Unwritten.failure(what(file), e));
        }
    }

    @Override
    public void close() {
        try {
            whole.close();
        } catch (IOException e) {
            // What is left has no name that anybody knows.
        }
    }
}
