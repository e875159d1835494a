package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jspecify.annotations.Nullable;

/**
 * A resolver's file, the host's or that of a network namespace, with other content. It is given back as it was, but only
 * as long as it holds what we wrote. Line: {@code file PATH BEFORE xWRITTEN}, where {@code BEFORE} is {@code absent} or
 * {@code MODE GROUP xCONTENT}; contents are in hexadecimal digits.
 *
 * @param path one of those that {@link #parse} knows
 * @param before what was there, empty for no file
 * @param written the content that we gave it
 */
record FileChange(Path path, Optional<HostFile> before, String written) implements Change {
    static final String KIND = "file";

    private static final HexFormat HEX = HexFormat.of();
    private static final int MODE_OF_A_NEW_ONE = 0644;
    private static final String CONTENT = "x([0-9a-f]{0," + 2 * HostFile.MAX_OCTETS + "})";
    private static final Pattern LINE =
            Pattern.compile(KIND + " (/etc/resolv\\.conf|/etc/netns/[A-Za-z0-9_+][A-Za-z0-9_.+-]{0,99}/resolv\\.conf)"
                    + " (?:absent|([0-7]{2}[0145]) (\\d{1,9}) " + CONTENT + ") " + CONTENT);

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
        if (!matcher.matches() || !isWhole(matcher.group(4)) || !isWhole(matcher.group(5))) {
            return Optional.empty();
        }
        Optional<HostFile> before = Optional.ofNullable(matcher.group(2))
                .map(mode -> new HostFile(
                        Integer.parseInt(mode, 8), Integer.parseInt(matcher.group(3)), text(matcher.group(4))));
        return Optional.of(new FileChange(Path.of(matcher.group(1)), before, text(matcher.group(5))));
    }

    @Override
    public String line() {
        String was = before.map(file -> String.format("%03o %d %s", file.mode(), file.group(), hex(file.content())))
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
        try {
            new HostFile(
                            before.map(HostFile::mode).orElse(MODE_OF_A_NEW_ONE),
                            before.map(HostFile::group).orElse(0),
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
            if (now.filter(file -> file.content().equals(written)).isEmpty()) {
                host.trace("The file " + path + " was changed by others meanwhile and is left as it is.");
                return true;
            }
            host.trace("[#] restore " + path);
            if (before.isPresent()) {
                before.get().replace(path);
            } else {
                Files.deleteIfExists(path);
            }
            return true;
        } catch (IOException e) {
            host.trace(refusal(path, e).failure().sentence());
            return false;
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
