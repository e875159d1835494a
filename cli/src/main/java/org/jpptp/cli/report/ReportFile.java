package org.jpptp.cli.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.Wording;
import org.jpptp.client.report.Report;
import org.jspecify.annotations.Nullable;

/**
 * The file that a report goes to. Whether it can is looked at before anything else is done; it is then written whole or not at
 * all, for its owner only. What stands there already is replaced only if it is a report, too.
 */
public final class ReportFile {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    /** In these first octets a report says what it is. */
    private static final int HEAD = 1024;

    private final String name;
    private final Path file;
    private final Path directory;

    private ReportFile(String name, Path file, Path directory) {
        this.name = name;
        this.file = file;
        this.directory = directory;
    }

    /**
     * The file of this name.
     *
     * @throws UsageException where no report can be written there
     */
    public static ReportFile of(String name) {
        Path file = GivenPath.ofOutput("--report", name).toAbsolutePath().normalize();
        Path directory = file.getParent();
        if (directory == null || Files.isDirectory(file)) {
            throw new UsageException("--report wants the name of a file: " + name + " is a directory.");
        }
        if (!Files.isDirectory(directory)) {
            throw new UsageException(
                    "The report cannot be written to " + name + ": there is no directory " + directory + ".");
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isReport(file)) {
            throw new UsageException(
                    "The file " + name + " is there already and no report; --report overwrites nothing else.");
        }
        ReportFile report = new ReportFile(name, file, directory);
        try {
            Files.delete(report.temporary());
        } catch (IOException e) {
            throw new UsageException("The report cannot be written to " + name + ": " + reason(e) + ".");
        }
        return report;
    }

    /**
     * The file of this name; null where there is none.
     *
     * @throws UsageException where no report can be written there
     */
    public static @Nullable ReportFile orNone(@Nullable String name) {
        return name == null ? null : of(name);
    }

    /** As its user named it. */
    public String name() {
        return name;
    }

    private static boolean isReport(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8)
                    .contains("name=\"generator\" content=\"" + ReportPage.GENERATOR);
        } catch (IOException e) {
            return false;
        }
    }

    private Path temporary() throws IOException {
        return Files.createTempFile(directory, ".jpptp-report-", ".html", OWNER_ONLY);
    }

    /**
     * Writes it; in the place of what stood there only once it is complete.
     *
     * @throws IOException where it cannot be written
     */
    public void write(Report report, Wording wording) throws IOException {
        Path whole = temporary();
        try {
            OutputStream octets = Files.newOutputStream(whole, StandardOpenOption.WRITE);
            try (Writer out = new BufferedWriter(new OutputStreamWriter(octets, StandardCharsets.UTF_8))) {
                ReportPage.write(out, report, wording, ZoneId.systemDefault());
            } catch (UncheckedIOException e) {
                throw Objects.requireNonNull(e.getCause());
            }
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            boolean unused = Files.deleteIfExists(whole);
        }
    }

    /** A clause of the system's. */
    public static String reason(IOException why) {
        if (why instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (why instanceof FileSystemException refused) {
            // Its message begins with the name of a file of ours that nobody knows.
            String reason = refused.getReason();
            return reason == null ? "no file can be made there" : reason;
        }
        String message = why.getMessage();
        return message == null ? why.getClass().getSimpleName() : message;
    }
}
