package org.jpptp.cli.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.ZoneId;
import org.jpptp.cli.file.NotWrittenException;
import org.jpptp.cli.file.Unwritten;
import org.jpptp.cli.file.WholeFile;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.Wording;
import org.jpptp.client.Failure;
import org.jpptp.client.report.Report;
import org.jspecify.annotations.Nullable;

/**
 * The file that a report goes to. Whether it can is looked at before anything else is done; it is then written whole or not at
 * all, for its owner only. What stands there already is replaced only if it is a report, too.
 */
public final class ReportFile {
    /** In these first octets a report says what it is. */
    private static final int HEAD = 1024;

    private final String name;
    private final Path file;

    private ReportFile(String name, Path file) {
        this.name = name;
        this.file = file;
    }

    /**
     * The file of this name.
     *
     * @throws UsageException where it is no name of a report
     * @throws NotWrittenException where this machine takes no file there
     */
    public static ReportFile of(String name) {
        Path file = GivenPath.ofOutput("--report", name).toAbsolutePath().normalize();
        if (file.getParent() == null || Files.isDirectory(file)) {
            throw new UsageException("--report wants the name of a file: " + name + " is a directory.");
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isReport(file)) {
            throw new UsageException(
                    "The file " + name + " is there already and no report; --report overwrites nothing else.");
        }
        ReportFile report = new ReportFile(name, file);
        try {
            WholeFile.probe(file);
        } catch (IOException e) {
            throw Unwritten.because(report.what(), file, e);
        }
        return report;
    }

    /**
     * The file of this name; null where there is none.
     *
     * @throws UsageException where it is no name of a report
     * @throws NotWrittenException where this machine takes no file there
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

    /**
     * Writes it; in the place of what stood there only once it is complete.
     *
     * @throws IOException where it cannot be written
     */
    public void write(Report report, Wording wording) throws IOException {
        try (WholeFile whole = WholeFile.beside(file);
                Writer out = new BufferedWriter(new OutputStreamWriter(whole.out(), StandardCharsets.UTF_8))) {
            ReportPage.write(out, report, wording, ZoneId.systemDefault());
            out.flush();
            whole.replace();
        }
    }

    /** What is said where {@link #write} could not. */
    public Failure unwritten(IOException why) {
        return Unwritten.failure(what(), why);
    }

    private String what() {
        return "The report " + name;
    }
}
