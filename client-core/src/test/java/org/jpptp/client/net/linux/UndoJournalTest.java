package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threat: a crash leaves routes behind. Processes are killed before and after each change. */
@Timeout(300)
class UndoJournalTest extends JournalFixture {
    private static final class Child implements AutoCloseable {
        final Process process;
        final String stoppedAt;

        Child(String... arguments) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            // What a newer JVM wants to hear about native calls, as this one was told.
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(argument -> argument.startsWith("--"))
                    .forEach(command::add);
            command.addAll(List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    CrashingTunnel.class.getName()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            process = builder.start();
            String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            stoppedAt = line == null ? "" : line;
        }

        @Override
        public void close() {
            kill();
        }

        void kill() {
            process.destroyForcibly().onExit().join();
        }
    }

    private void crash(int before, String namespace) throws Exception {
        try (Child child = new Child(host.name(), journals.toString(), Integer.toString(before), namespace)) {
            assertThat(child.stoppedAt).isNotEmpty();
        }
    }

    @Test
    void theJournalOfANamespaceThatIsGoneGoesToo() throws Exception {
        Path journal;
        try (TestNamespace lost = TestNamespace.withUplink("lost");
                Child child = new Child(lost.name(), journals.toString(), "7", "-")) {
            journal = onlyJournal();
            child.kill();
            recover(host);
            assertThat(journal).as("its namespace is still there").exists();
        }
        recover(host);
        assertThat(journal).doesNotExist();
    }

    @Test
    void undoesWhateverTheStepAtWhichTheProcessWasKilled() throws Exception {
        // Persistent: all that was changed at the interface is left behind too.
        host.ip("tuntap", "add", "mode", "tun", "name", "pptp0");
        String before = host.state();
        String at = "";
        int changes = 0;
        while (!at.equals("end")) {
            changes++;
            try (Child child =
                    new Child(host.name(), journals.toString(), Integer.toString(changes), "-", "198.51.100.9")) {
                at = child.stoppedAt;
            }
            recover(host);
            assertThat(host.state().replace("NO-CARRIER,", "")).as(at).isEqualTo(before);
            assertThat(host.call(() -> RouteAdvice.heeded("pptp0"))).as(at).hasSize(2);
            assertThat(files()).as(at).isEmpty();
            recover(host);
        }
        assertThat(changes).isEqualTo(23); // nine done, four exchanged, nine undone, and the end
    }

    @Test
    void anInterfaceOfOursVanishesByItself() throws Exception {
        String before = host.state();

        crash(7, "-");
        assertThat(host.ip("link")).doesNotContain("pptp0");
        assertThat(host.ip("route")).contains("203.0.113.7 via 192.0.2.1 dev eth0");

        recover(host);
        assertThat(host.state()).isEqualTo(before);
        assertThat(trace).contains("[#] ip route del 203.0.113.7/32 via 192.0.2.1 dev eth0 proto 172");
        assertThat(trace).hasSize(2);
    }

    @Test
    void anInterfaceInANamespaceIsTakenBackOrGone() throws Exception {
        try (TestNamespace target = TestNamespace.create("target")) {
            String targetBefore = target.state();
            crash(5, target.name());
            assertThat(target.ip("link")).doesNotContain("pptp0");
            recover(host);
            assertThat(target.state()).isEqualTo(targetBefore);

            host.ip("tuntap", "add", "mode", "tun", "name", "pptp0");
            String before = host.state();
            crash(5, target.name());
            assertThat(target.ip("link")).contains("pptp0");
            recover(host);
            assertThat(target.state()).isEqualTo(targetBefore);
            assertThat(host.state()).isEqualTo(before);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void leavesOthersJournalsAlone() throws Exception {
        try (Child alive = new Child(host.name(), journals.toString(), "7", "-");
                TestNamespace elsewhere = TestNamespace.create("elsewhere")) {
            Path journal = onlyJournal();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journals)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal)))
                    .isEqualTo("rw-------");
            String living = host.state();

            recover(host);
            assertThat(host.state()).as("of the living").isEqualTo(living);

            alive.kill();
            String dead = host.state();
            recover(elsewhere);
            assertThat(host.state()).as("of another namespace").isEqualTo(dead);

            Files.setAttribute(journal, "unix:uid", 65534);
            recover(host);
            assertThat(host.state()).as("of another user").isEqualTo(dead);

            Files.setAttribute(journal, "unix:uid", 0);
            Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString("rw-rw-rw-"));
            recover(host);
            assertThat(host.state()).as("writable by others").isEqualTo(dead);

            assertThat(onlyJournal()).isEqualTo(journal);
            Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString("rw-------"));
            recover(host);
            assertThat(host.ip("route")).doesNotContain("203.0.113.7");
        }
    }

    @Test
    void undoesTheReadablePartOfADamagedJournal() throws Exception {
        String before = host.state();
        crash(7, "-");
        Path journal = onlyJournal();
        List<String> lines = Files.readAllLines(journal);
        Files.writeString(journal, String.join("\n", lines.subList(0, 3)) + "\nip 0 route flush\n" + lines.get(3));

        recover(host);

        assertThat(host.state()).isEqualTo(before);
        Path aside = Path.of(journal + ".damaged");
        assertThat(onlyJournal()).isEqualTo(aside);
        assertThat(aside).content().contains("ip 0 route flush");
        assertThat(trace.get(0)).endsWith("was left behind, damaged.");
        assertThat(warnings)
                .containsExactly(
                        "A journal of changes on this host had a line that is not understood. What stood before it"
                                + " was taken back; the rest is in " + aside + ".");
        recover(host);
        assertThat(warnings).as("told once").hasSize(1);
    }

    /** The process was killed while it wrote: the change behind an unfinished line was never begun. */
    @Test
    void anUnfinishedLineIsNoDamage() throws Exception {
        String before = host.state();
        crash(7, "-");
        Path journal = onlyJournal();
        Files.writeString(journal, Files.readString(journal) + "ip 0 route de");

        recover(host);

        assertThat(host.state()).isEqualTo(before);
        assertThat(files()).isEmpty();
        assertThat(warnings).isEmpty();
    }

    /** An undo that the host refuses: one warning, and the journal is still there for the next start. */
    @Test
    void warnsOnceOfWhatTheHostRefusesToTakeBack() throws Exception {
        FakePrograms programs = new FakePrograms(temporary);
        host.call(() -> {
            HostCommands commands = programs.commands(trace::add);
            UndoJournal journal = UndoJournal.create(journals, "stuck");
            for (String link : List.of("pptp0", "pptp1", "pptp2")) {
                journal.record(new FilterChange(link, ""));
            }
            programs.says("nft", 1, "Operation not supported");
            journal.undo(commands, log);
            return 0;
        });
        assertThat(warnings)
                .containsExactly(
                        "This host refused to take back \"nft pptp2\" and 2 other changes. The next start tries it"
                                + " again, by the journal " + onlyJournal() + ".");
    }

    @Test
    void recordsNothingThatCouldNotBeReadBack() throws Exception {
        host.call(() -> {
            UndoJournal journal = UndoJournal.create(journals, "odd");
            String head = Files.readString(onlyJournal());
            assertThatThrownBy(() -> journal.record(new FilterChange("a b", "")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("it has no words for \"nft a b\"");
            assertThat(Files.readString(onlyJournal())).isEqualTo(head);
            return 0;
        });
    }

    @Test
    void doesNotTouchAnInterfaceThatHasTheNameByNow() throws Exception {
        crash(7, "-");
        host.ip("tuntap", "add", "mode", "tun", "name", "pptp0");
        host.ip("addr", "add", "10.9.0.2", "peer", "10.9.0.1/32", "dev", "pptp0");
        host.ip("link", "set", "pptp0", "up");

        recover(host);

        assertThat(host.ip("addr")).contains("10.9.0.2 peer 10.9.0.1/32");
        assertThat(host.ip("route")).contains("10.9.0.1 dev pptp0").doesNotContain("203.0.113.7");
    }
}
