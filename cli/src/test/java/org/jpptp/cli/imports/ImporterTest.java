package org.jpptp.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jpptp.cli.profile.Entry;
import org.jpptp.cli.profile.Keys;
import org.jpptp.cli.usage.UsageException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of each kind, and what becomes of them: entries, then what is said of the rest. {@code -Djpptp.golden=write} writes the
 * results anew.
 */
class ImporterTest {
    private static final Path FILES = Path.of("src/test/resources/org/jpptp/cli/imports");
    private static final String GOLDEN = ".golden";

    /** What these files have a use for, whatever this version has. */
    private static final Set<String> KEYS = Set.of(
            "server",
            "user",
            "domain",
            "password",
            "auth",
            "allow-mschap",
            "allow-chap",
            "allow-eap-md5",
            "allow-pap",
            "mppe",
            "mppe-mode",
            "mppc",
            "route",
            "mtu",
            "interface",
            "echo-interval",
            "echo-failures",
            "reconnect",
            "max-tries",
            "dns",
            "full-tunnel");

    static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(FILES)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(GOLDEN)
                            && !Set.of("chap-secrets", "options.pptp")
                                    .contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Importer.text(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Imported> read(Path file) {
        UnaryOperator<@Nullable String> beside = named -> {
            Path other = file.resolveSibling(String.valueOf(named));
            return Files.isRegularFile(other) ? text(other) : null;
        };
        String secrets = kind(file).equals("pppd") ? text(file.resolveSibling("chap-secrets")) : null;
        return new Importer(KEYS, beside).read(text(file), secrets);
    }

    private static String told(Path file) {
        StringBuilder told = new StringBuilder();
        for (Imported tunnel : read(file)) {
            told.append("-- ").append(tunnel.title()).append('\n');
            tunnel.entries()
                    .forEach(entry -> told.append(entry.key())
                            .append(" = ")
                            .append(entry.value())
                            .append('\n'));
            tunnel.notes()
                    .forEach(note ->
                            told.append(note.in(file.getFileName().toString())).append('\n'));
        }
        return told.toString();
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatBecomesOfIt(Path file) throws IOException {
        Path golden = file.resolveSibling(file.getFileName() + GOLDEN);
        if (System.getProperty("jpptp.golden", "").equals("write")) {
            Files.writeString(golden, told(file));
        }
        assertThat(told(file)).isEqualTo(Files.readString(golden));
    }

    @Test
    void thereAreEightOfEachKind() throws IOException {
        for (String kind : List.of("pppd", "networkmanager", "windows")) {
            assertThat(files().stream().filter(file -> kind(file).equals(kind)).count())
                    .as(kind)
                    .isEqualTo(8);
        }
    }

    /** Whatever is weaker than the profile's own defaults comes with a warning that names it. */
    @ParameterizedTest
    @MethodSource("files")
    void nothingWeakIsTakenOverInSilence(Path file) {
        for (Imported tunnel : read(file)) {
            for (Entry entry : tunnel.entries()) {
                boolean weak = entry.key().startsWith("allow-")
                        || entry.key().equals("mppe-mode")
                        || (entry.key().equals("mppe") && !entry.value().equals("128"));
                if (weak && !entry.key().startsWith("allow-")) {
                    assertThat(tunnel.notes())
                            .as(entry.toString())
                            .anyMatch(note -> note.weight() == Note.Weight.WARNING
                                    && note.sentence().contains("'" + entry.key() + " = " + entry.value() + "'"));
                } else if (weak) {
                    assertThat(tunnel.notes())
                            .anyMatch(note -> note.weight() == Note.Weight.WARNING
                                    && note.sentence().contains("proves the server"));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void noNoteTellsASecretOrIsLong(Path file) {
        for (Imported tunnel : read(file)) {
            for (Note note : tunnel.notes()) {
                assertThat(note.sentence()).doesNotContain("c4nary", "s3cret", "p;w", "p\"w");
                for (String sentence : note.sentence().split("\\. ", -1)) {
                    assertThat(sentence.split(" ", -1).length).as(sentence).isLessThanOrEqualTo(25);
                }
            }
        }
    }

    /** A key that this version does not have is said, and not written. */
    @Test
    void keysOfOtherVersionsBecomeNotes() {
        Set<String> fewer = new HashSet<>(Keys.all().names());
        fewer.removeAll(Set.of("full-tunnel", "dns"));
        Imported tunnel = new Importer(fewer, named -> null)
                .read(text(FILES.resolve("pppd/plugin")), null)
                .get(0);
        assertThat(tunnel.entries()).extracting(Entry::key).doesNotContain("full-tunnel", "dns");
        assertThat(tunnel.notes())
                .extracting(Note::sentence)
                .contains("this would be 'dns = accept', which this version does not have.");
    }

    @Test
    void whatIsNoneOfThemSaysSo() {
        Importer importer = new Importer(KEYS, named -> null);
        for (String other : List.of("", "server = vpn\n", "<html>", "[Interface]\nPrivateKey = x\n", "#!/bin/sh\n")) {
            assertThatThrownBy(() -> importer.read(other, null))
                    .isInstanceOf(UsageException.class)
                    .hasMessageStartingWith("This is no peers file");
        }
        assertThatThrownBy(() -> importer.read("[connection]\ntype=wifi\n", null))
                .hasMessageContaining("of another kind");
        assertThatThrownBy(() -> importer.read(
                        "[connection]\n[vpn]\nservice-type=org.freedesktop.NetworkManager.openvpn\n", null))
                .hasMessageContaining("of another kind");
        assertThatThrownBy(() -> Importer.text("a\0b".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("This is no text.");
    }

    @Test
    void titlesBecomeNames() {
        assertThat(Names.of("B\u00fcro / Nord", Set.of())).isEqualTo("Buro-Nord");
        assertThat(Names.of("a.b", Set.of("a-b", "a-b-2"))).isEqualTo("a-b-3");
        assertThat(Names.of("\u6771\u4eac", Set.of())).isEqualTo("imported");
        assertThat(Names.of("x".repeat(40), Set.of("x".repeat(32)))).hasSize(32).endsWith("-2");
    }

    /** The name of the folder that a file is in. */
    private static String kind(Path file) {
        return file.getName(file.getNameCount() - 2).toString();
    }
}
