package org.jpptp.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.lab.peer.RequiresRoot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are read, and by whom they are believed. */
class ProfilesTest {
    private static final int STRANGER = 12345;

    @TempDir
    Path directory;

    private Path folder;
    private Profiles profiles;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(directory.resolve("jpptp"));
        profiles = new Profiles(List.of(folder, directory), Reader.ofProcess());
    }

    private Path profile(String name, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".conf"), "server = vpn\n");
        mode(file, permissions);
        return file;
    }

    private static void mode(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private void refused(String name, String sentence) {
        assertThatThrownBy(() -> profiles.find(name))
                .isInstanceOf(UsageException.class)
                .hasMessage(sentence);
    }

    @Test
    void namesAreNoServers() {
        for (String name : List.of("office", "A1", "a-b_c", "x".repeat(32))) {
            assertThat(Profiles.isName(name)).as(name).isTrue();
        }
        for (String other : List.of("", "-a", "a.b", "a:1", "a/b", "..", "a b", "\u00e9", "a\n", "x".repeat(33))) {
            assertThat(Profiles.isName(other)).as(other).isFalse();
            assertThat(profiles.find(other.startsWith("/") ? "a" : other)).isEmpty();
        }
    }

    @Test
    void foldersHaveAnOrder() {
        Map<String, String> environment = Map.of("HOME", "/home/alice", "XDG_CONFIG_HOME", "/cfg");
        Path own = Path.of("/cfg/jpptp");
        assertThat(Profiles.folders(environment, new Reader(0))).containsExactly(Profiles.SYSTEM, own);
        assertThat(Profiles.folders(environment, new Reader(STRANGER))).containsExactly(own, Profiles.SYSTEM);
        assertThat(Profiles.folders(Map.of("HOME", "/home/alice", "XDG_CONFIG_HOME", "cfg"), new Reader(STRANGER)))
                .containsExactly(Path.of("/home/alice/.config/jpptp"), Profiles.SYSTEM);
        assertThat(Profiles.folders(Map.of("CONFIGURATION_DIRECTORY", "/a:/b"), new Reader(STRANGER)))
                .containsExactly(Path.of("/a"));
        assertThat(Profiles.folders(Map.of(), new Reader(0))).containsExactly(Profiles.SYSTEM);
    }

    @Test
    void theFirstFolderThatHasItCounts() throws IOException {
        Path first = profile("office", "rw-r--r--");
        Files.writeString(directory.resolve("office.conf"), "server = other\n");
        Path second = Files.writeString(directory.resolve("home.conf"), "server = other\n");
        assertThat(profiles.find("office").orElseThrow().file()).isEqualTo(first);
        assertThat(profiles.find("home").orElseThrow().file()).isEqualTo(second);
        assertThat(profiles.names()).containsExactly("home", "office");
        assertThat(profiles.find("nix")).isEmpty();
    }

    @Test
    void whatIsNoFileOfItsUsersSaysSo() throws Exception {
        Files.createDirectory(folder.resolve("dir.conf"));
        refused("dir", "The profile " + folder + "/dir.conf is a directory.");
        Path pipe = folder.resolve("pipe.conf");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        refused("pipe", "The profile " + pipe + " is no regular file.");
        Path link = Files.createSymbolicLink(folder.resolve("link.conf"), Path.of("nowhere"));
        refused("link", "The profile " + link + " is a link that leads to no file.");
        Path loop = Files.createSymbolicLink(folder.resolve("loop.conf"), Path.of("loop.conf"));
        refused("loop", "The profile " + loop + " is a link that leads to no file.");
        Path large = Files.write(folder.resolve("large.conf"), new byte[ProfileText.MOST_OCTETS + 100]);
        assertThat(profiles.find("large").orElseThrow().problems())
                .containsExactly(new Problem(0, "it is longer than the 65536 octets that a profile may have."));
        assertThat(large).hasSize(ProfileText.MOST_OCTETS + 100);
        refused("/nowhere/x.conf", "The profile /nowhere/x.conf does not exist.");
    }

    @Test
    void aLinkIsFollowedToAFileThatIsBelieved() throws IOException {
        Path real = Files.writeString(directory.resolve("real"), "server = vpn\n");
        Path link = Files.createSymbolicLink(folder.resolve("link.conf"), real);
        assertThat(profiles.find("link").orElseThrow().file()).isEqualTo(link);
        mode(real, "rw-r--rw-");
        refused(
                "link",
                "The profile " + link + " can be written by others than its owner; run 'chmod go-w " + link + "'.");
    }

    @Test
    void nobodyElseMayWriteIt() throws IOException {
        Path file = profile("office", "rw-r--rw-");
        refused(
                "office",
                "The profile " + file + " can be written by others than its owner; run 'chmod go-w " + file + "'.");
        mode(file, "rw-r--r--");
        mode(folder, "rwxr-xrwx");
        refused(
                "office",
                "The folder " + folder
                        + " can be written by others than its owner, who could put another profile there;"
                        + " run 'chmod go-w " + folder + "'.");
    }

    @Test
    @RequiresRoot
    void rootBelievesRootOnly() throws IOException {
        Path file = profile("office", "rw-rw-r--");
        refused(
                "office",
                "The profile " + file + " can be written by others than its owner; run 'chmod go-w " + file + "'.");
        mode(file, "rw-r--r--");
        Files.setAttribute(file, "unix:uid", STRANGER);
        refused(
                "office",
                "The profile " + file + " belongs to another user, who could change it; run 'chown root " + file
                        + "'.");
        Files.setAttribute(file, "unix:uid", 0);
        Files.setAttribute(folder, "unix:uid", STRANGER);
        refused(
                "office",
                "The folder " + folder
                        + " belongs to another user, who could put another profile there; use /etc/jpptp.");
        profiles = new Profiles(List.of(folder), new Reader(STRANGER));
        assertThat(profiles.find("office")).isPresent();
    }

    /** Whatever else is at its path by then. */
    @Test
    void rightsAreThoseOfTheOpenFile() throws IOException {
        Path file = profile("office", "rw-r-----");
        try (OpenFile open = OpenFile.of(file)) {
            Files.move(file, folder.resolve("moved"));
            profile("office", "rw-rw-rw-");
            assertThat(open.rights().mode() & 0777).isEqualTo(0640);
            assertThat(new String(open.read(100), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("server = vpn\n");
        }
    }

    /** Half of a phone book would be in the way of the next try. */
    @Test
    void ofSeveralAllAreSavedOrNone() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("first", "server = vpn\n");
        texts.put("second", "server = vpn\n");
        profile("second", "rw-------");
        assertThatThrownBy(() -> profiles.saveAll(texts)).isInstanceOf(UsageException.class);
        assertThat(profiles.names()).containsExactly("second");
        Files.delete(folder.resolve("second.conf"));
        assertThat(profiles.saveAll(texts).keySet()).containsExactly("first", "second");
        assertThat(profiles.names()).containsExactly("first", "second");
    }

    @Test
    void whatIsSavedIsThereWholeOrNotAtAll() throws IOException {
        Path fresh = directory.resolve("a/b");
        profiles = new Profiles(List.of(fresh), Reader.ofProcess());
        List<Entry> entries = List.of(
                new Entry(0, "server", "vpn"), new Entry(0, "user", " a # \"b\" "), new Entry(0, "domain", "\"x\""));
        Path file = profiles.save("office", entries);
        assertThat(file).hasContent("server = vpn\nuser = \" a # \"b\" \"\ndomain = \"\"x\"\"\n");
        assertThat(profiles.read(file).entries())
                .extracting(Entry::value)
                .containsExactly("vpn", " a # \"b\" ", "\"x\"");
        assertThatThrownBy(() -> profiles.save("office", entries)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> profiles.save("other", List.of(new Entry(0, "user", "a\nb"))))
                .hasMessage("--user has a value that cannot be written in a profile.");
        assertThat(fresh.toFile().list()).containsExactly("office.conf");
        Files.writeString(directory.resolve("file"), "");
        profiles = new Profiles(List.of(directory.resolve("file")), Reader.ofProcess());
        assertThatThrownBy(() -> profiles.save("office", entries))
                .hasMessage(
                        "The profile " + directory + "/file/office.conf cannot be written: no file can be made there.");
    }
}
