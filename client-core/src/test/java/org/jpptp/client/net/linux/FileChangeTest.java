package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The resolver's file, in a mount namespace of the test's own. */
class FileChangeTest {
    private static final Path FILE = Path.of("/etc/resolv.conf");
    private static final String HOSTS = "nameserver 192.0.2.53\noptions \u00e4\n";
    private static final String OURS = "nameserver 10.1.0.2\n";

    @TempDir
    Path temporary;

    private final List<String> trace = new ArrayList<>();
    private final HostCommands host = new HostCommands(List.of(), trace::add);

    private static void write(String content) throws Exception {
        Files.write(FILE, content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        Files.setAttribute(FILE, "unix:mode", 0640);
        Files.setAttribute(FILE, "unix:gid", 42);
    }

    private boolean undo(Change change) {
        return Change.parse(change.line()).orElseThrow().undo(host);
    }

    private static List<String> files() throws Exception {
        try (Stream<Path> files = Files.list(FILE.getParent())) {
            return files.map(Path::toString).toList();
        }
    }

    @Test
    void givesContentPermissionsAndGroupBack() throws Exception {
        MountNamespace.call(() -> {
            write(HOSTS);
            FileChange change = FileChange.of(FILE, OURS);
            assertThat(change.before()).contains(new HostFile(0640, 42, HOSTS));

            change.make(host);
            assertThat(HostFile.read(FILE)).contains(new HostFile(0640, 42, OURS));

            assertThat(undo(change)).isTrue();
            assertThat(HostFile.read(FILE)).isEqualTo(change.before());
            assertThat(files()).containsExactly(FILE.toString());
            assertThat(trace).containsExactly("[#] write /etc/resolv.conf", "[#] restore /etc/resolv.conf");

            assertThat(undo(change)).as("once more").isTrue();
            assertThat(trace).hasSize(2);
            return null;
        });
    }

    /** Journals are read in other locales than they are written in, where numbers may have digits of their own. */
    @Test
    void aLineIsTheSameInEveryLocale() throws Exception {
        Locale usual = Locale.getDefault();
        MountNamespace.call(() -> {
            write(HOSTS);
            String line = FileChange.of(FILE, OURS).line();
            Locale.setDefault(Locale.forLanguageTag("fa-IR-u-nu-arabext"));
            try {
                FileChange change = FileChange.of(FILE, OURS);
                assertThat(change.line()).isEqualTo(line);
                assertThat(Change.parse(line).orElseThrow()).isEqualTo(change);
            } finally {
                Locale.setDefault(usual);
            }
            return null;
        });
    }

    @Test
    void removesWhatWasNotThere() throws Exception {
        MountNamespace.call(() -> {
            FileChange change = FileChange.of(FILE, OURS);
            assertThat(change.line()).startsWith("file /etc/resolv.conf absent x6e61");
            change.make(host);
            assertThat(HostFile.read(FILE)).contains(new HostFile(0644, 0, OURS));
            assertThat(undo(change)).isTrue();
            assertThat(files()).isEmpty();
            return null;
        });
    }

    @Test
    void leavesAloneWhatOthersWroteMeanwhile() throws Exception {
        MountNamespace.call(() -> {
            write(HOSTS);
            FileChange change = FileChange.of(FILE, OURS);
            change.make(host);
            Files.writeString(FILE, OURS + "nameserver 192.0.2.99\n");
            assertThat(undo(change)).isTrue();
            assertThat(Files.readString(FILE)).endsWith("192.0.2.99\n");

            Path target = Files.writeString(Path.of("/etc/other"), OURS);
            Files.delete(FILE);
            Files.createSymbolicLink(FILE, target);
            assertThat(undo(change)).isTrue();
            assertThat(FILE).isSymbolicLink();
            assertThat(target).hasContent(OURS);

            Files.delete(FILE);
            assertThat(undo(change)).isTrue();
            assertThat(FILE).doesNotExist();
            assertThat(host.takeWarnings()).hasSize(3).containsOnly(HostDiagnosis.leftAsOthersMadeIt(FILE));
            assertThat(host.takeWarnings()).isEmpty();
            return null;
        });
    }

    @Test
    void aDraftOfAKilledProcessGoes() throws Exception {
        MountNamespace.call(() -> {
            write(HOSTS);
            FileChange change = FileChange.of(FILE, OURS);
            Files.writeString(Path.of("/etc/.resolv.conf.jpptp"), "nameserver 10.");
            assertThat(undo(change)).isTrue();
            assertThat(files()).containsExactly(FILE.toString());
            assertThat(Files.readAllBytes(FILE)).hasSize(HOSTS.length());
            assertThat(trace).isEmpty();
            return null;
        });
    }

    @Test
    void doesNotReplaceWhatIsNotAFileOfRootsOnly() throws Exception {
        MountNamespace.call(() -> {
            TestNamespace.run("mkfifo", FILE.toString());
            assertRefused();
            Files.delete(FILE);
            write(HOSTS);
            Files.setAttribute(FILE, "unix:mode", 0646);
            assertRefused();
            Files.setAttribute(FILE, "unix:mode", 0644);
            Files.setAttribute(FILE, "unix:uid", 1);
            assertRefused();
            Files.setAttribute(FILE, "unix:uid", 0);
            FileChange.of(FILE, OURS);
            return null;
        });
    }

    private static void assertRefused() {
        assertThatThrownBy(() -> FileChange.of(FILE, OURS))
                .isInstanceOf(HostChangeException.class)
                .hasMessage("The file /etc/resolv.conf cannot be changed: it is not a file that only root and its group"
                        + " may write to.");
    }

    /** Its target is somebody else's: the link gives way, and comes back. */
    @Test
    void aLinkGivesWay() throws Exception {
        MountNamespace.call(() -> {
            Path target = Files.writeString(Path.of("/etc/kept-by-others"), HOSTS);
            for (String way : List.of("/etc/kept-by-others", "kept-by-others", "../etc/nowhere")) {
                Files.createSymbolicLink(FILE, Path.of(way));
                FileChange change = FileChange.of(FILE, OURS);
                change.make(host);
                assertThat(FILE).isRegularFile().hasContent(OURS);
                assertThat(HostFile.read(FILE).orElseThrow().mode()).isEqualTo(0644);
                assertThat(undo(change)).isTrue();
                assertThat(Files.readSymbolicLink(FILE)).hasToString(way);
                assertThat(undo(change)).isTrue();
                Files.delete(FILE);
            }
            assertThat(target).hasContent(HOSTS);
            return null;
        });
    }

    /** As in a container: what is mounted there cannot be replaced. */
    @Test
    void whatIsMountedIsWrittenOver() throws Exception {
        MountNamespace.call(() -> {
            for (String hosts : List.of(HOSTS, HOSTS + "# long\n".repeat(99), "")) {
                write(hosts);
                TestNamespace.run("mount", "--bind", FILE.toString(), FILE.toString());
                FileChange change = FileChange.of(FILE, OURS);
                change.make(host);
                assertThat(FILE).hasContent(OURS);
                assertThat(undo(change)).isTrue();
                assertThat(HostFile.read(FILE)).isEqualTo(change.before());

                // Killed after the first half of it.
                String rest = hosts.length() > OURS.length() ? hosts.substring(OURS.length()) : "";
                Files.writeString(FILE, OURS + rest, StandardCharsets.ISO_8859_1);
                assertThat(undo(change)).isTrue();
                assertThat(HostFile.read(FILE)).isEqualTo(change.before());
                TestNamespace.run("umount", FILE.toString());
                assertThat(files()).containsExactly(FILE.toString());
                Files.delete(FILE);
            }
            return null;
        });
    }

    @Test
    void aDirectoryThatWasMadeForItGoesWithIt() throws Exception {
        MountNamespace.call(() -> {
            Path file = Path.of("/etc/netns/blue/resolv.conf");
            FileChange change = FileChange.of(file, OURS);
            change.make(host);
            assertThat(file).hasContent(OURS);
            assertThat(undo(change)).isTrue();
            assertThat(Path.of("/etc/netns")).doesNotExist();

            change.make(host);
            Files.writeString(Path.of("/etc/netns/blue/hosts"), "");
            assertThat(undo(change)).isTrue();
            assertThat(file).doesNotExist();
            assertThat(Path.of("/etc/netns/blue/hosts")).exists();
            return null;
        });
    }

    @Test
    void theLargestFileFitsItsLine() throws Exception {
        MountNamespace.call(() -> {
            write("#".repeat(HostFile.MAX_OCTETS));
            assertThat(FileChange.of(FILE, "#".repeat(HostFile.MAX_OCTETS)).isReadable())
                    .isTrue();
            write("#".repeat(HostFile.MAX_OCTETS + 1));
            assertThatThrownBy(() -> FileChange.of(FILE, OURS)).hasMessageContaining("longer than 32768 octets");
            return null;
        });
    }

    /** The file outlives the network namespace, which is what else a tunnel's changes go with. */
    @Test
    void isRestoredAfterACrashAlsoWhenTheNamespaceIsGone() throws Exception {
        MountNamespace.call(() -> {
            Path journals = Files.createDirectory(temporary.resolve("jpptp"));
            long here = NetworkNamespace.inodeOfThisThread();
            for (long namespace : List.of(here, 1L)) {
                write(HOSTS);
                FileChange change = FileChange.of(FILE, OURS);
                Path journal = Files.writeString(
                        journals.resolve("dead.journal"),
                        JournalText.head(new JournalOwner(4194305, 1, namespace))
                                + "nft pptp0\n".repeat(namespace == here ? 0 : 1)
                                + change.line() + "\n");
                change.make(host);

                UndoJournal.recover(journals, trace::add);

                assertThat(HostFile.read(FILE)).isEqualTo(change.before());
                assertThat(journal).doesNotExist();
            }
            assertThat(trace).filteredOn("[#] restore /etc/resolv.conf"::equals).hasSize(2);
            assertThat(trace).noneMatch(line -> line.contains("nft"));
            return null;
        });
    }
}
