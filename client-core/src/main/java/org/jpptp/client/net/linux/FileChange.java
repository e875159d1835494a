package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jspecify.annotations.Nullable;

/**
 * A resolver's file, the host's or that of a network namespace, with other content. It is given back as it was, but only
 * as long as it holds what we wrote. Line: {@code file PATH BEFORE xWRITTEN}, where {@code BEFORE} is {@code absent} or
 * {@code MODE GROUP xCONTENT} or {@code link xPATH}; contents are in hexadecimal digits. What a link leads to is left alone:
 * it belongs to whoever made the link.
 *
 * @param path one of those that {@link #parse} knows
 * @param before what was there, empty for no file
 * @param written the content that we gave it
 */
record FileChange(Path path, Optional<HostFile> before, String written) implements Change {
    static final String KIND = "file";

    private static final Path NAMESPACES = Path.of("/etc/netns");
    private static final String LINK = "link";
    private static final int MAX_PATH = 4095;
    private static final HexFormat HEX = HexFormat.of();
    private static final int MODE_OF_A_NEW_ONE = 0644;
    private static final String CONTENT = "x([0-9a-f]{0," + 2 * HostFile.MAX_OCTETS + "})";
    private static final Pattern LINE =
            Pattern.compile(KIND + " (/etc/resolv\\.conf|/etc/netns/[A-Za-z0-9_+][A-Za-z0-9_.+-]{0,99}/resolv\\.conf)"
                    + " (?:absent|(link|[0-7]{2}[0145] \\d{1,9}) " + CONTENT + ") " + CONTENT);

    /** The change that gives a file this content, from what is there now. */
    static FileChange of(Path path, String written) throws HostChangeException {
        try {
            return new FileChange(path, HostFile.read(path), written);
        } catch (IOException e) {
            throw refusal(path, e);
        }
    }

    static Optional<FileChange> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches() || !isWhole(matcher.group(3)) || !isWhole(matcher.group(4))) {
            return Optional.empty();
        }
        Optional<HostFile> before =
                Optional.ofNullable(matcher.group(2)).map(kind -> before(kind, text(matcher.group(3))));
        if (before.filter(file -> file.mode() == HostFile.LINK && !isPath(file.content()))
                .isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new FileChange(Path.of(matcher.group(1)), before, text(matcher.group(4))));
    }

    private static HostFile before(String kind, String content) {
        if (kind.equals(LINK)) {
            return new HostFile(HostFile.LINK, 0, content);
        }
        String[] numbers = kind.split(" ", 2);
        return new HostFile(Integer.parseInt(numbers[0], 8), Integer.parseInt(numbers[1]), content);
    }

    private static boolean isPath(String text) {
        return text.length() <= MAX_PATH && text.matches("[!-~]+");
    }

    @Override
    public String line() {
        String was = before.map(file -> (file.mode() == HostFile.LINK
                                ? LINK
                                : String.format(Locale.ROOT, "%03o %d", file.mode(), file.group()))
                        + " " + hex(file.content()))
                .orElse("absent");
        return KIND + " " + path + " " + was + " " + hex(written);
    }

    /** There is one such file for all tunnels. */
    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public boolean outlivesNamespace() {
        return true;
    }

    @Override
    public void make(HostCommands host) throws HostChangeException {
        host.trace("[#] write " + path);
        Optional<HostFile> model = before.filter(file -> file.mode() != HostFile.LINK);
        try {
            Files.createDirectories(path.resolveSibling(""));
            new HostFile(
                            model.map(HostFile::mode).orElse(MODE_OF_A_NEW_ONE),
                            model.map(HostFile::group).orElse(0),
                            written)
                    .replace(path);
        } catch (IOException e) {
            throw refusal(path, e);
        }
    }

    @Override
    public boolean undo(HostCommands host) {
        try {
            HostFile.clean(path);
            Optional<HostFile> now = now();
            if (now.equals(before)) {
                return true; // we were killed before it was made
            }
            if (now.filter(this::isOurs).isEmpty()) {
                host.warn(HostDiagnosis.leftAsOthersMadeIt(path));
                return true;
            }
            host.trace("[#] restore " + path);
            if (before.isPresent()) {
                before.get().replace(path);
            } else {
                Files.deleteIfExists(path);
                removeEmpty(path.resolveSibling(""));
            }
            return true;
        } catch (IOException e) {
            host.trace(refusal(path, e).failure().sentence());
            return false;
        }
    }

    private boolean isOurs(HostFile file) {
        return file.mode() != HostFile.LINK
                && (file.content().equals(written)
                        || before.filter(was -> file.isHalfWritten(was.content(), written))
                                .isPresent());
    }

    /** A directory of a namespace's files that was made for ours. */
    private static void removeEmpty(Path directory) throws IOException {
        if (directory.startsWith(NAMESPACES)) {
            try {
                Files.deleteIfExists(directory);
                if (!directory.equals(NAMESPACES)) {
                    removeEmpty(directory.resolveSibling(""));
                }
            } catch (DirectoryNotEmptyException e) {
                // Others have files there.
            }
        }
    }

    /** Empty also for what cannot be what we wrote, such as a link. */
    private Optional<HostFile> now() {
        try {
            return HostFile.read(path);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static HostChangeException refusal(Path path, IOException e) {
        return new HostChangeException(
                HostDiagnosis.fileNotChanged(path, IpCommand.printable(String.valueOf(e.getMessage()))));
    }

    private static boolean isWhole(@Nullable String digits) {
        return digits == null || digits.length() % 2 == 0;
    }

    private static String hex(String content) {
        return "x" + HEX.formatHex(content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(String digits) {
        return new String(HEX.parseHex(digits), StandardCharsets.ISO_8859_1);
    }
}
