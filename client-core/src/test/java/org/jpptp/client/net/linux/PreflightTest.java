package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.HookSettings;
import org.jpptp.client.NameSettings;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.Offload;
import org.jpptp.client.Routing;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    @TempDir
    Path directory;

    private Path device;
    private Path programs;
    private Path journals;

    @BeforeEach
    void aHostThatGivesEverything() throws IOException {
        device = Files.createFile(directory.resolve("tun"));
        programs = Files.createDirectory(directory.resolve("bin"));
        Path ip = Files.createFile(programs.resolve("ip"));
        Files.setPosixFilePermissions(ip, PosixFilePermissions.fromString("rwx------"));
        journals = directory.resolve("journals");
    }

    private Optional<Failure> look(@Nullable String interfaceName, @Nullable String namespace) {
        return new Preflight(device, List.of(programs), journals)
                .ofTheHost(new NetworkSettings(
                        Routing.NONE, NetworkSettings.DEFAULT.ipv6(), 1400, interfaceName, namespace, Offload.USO));
    }

    private void assertObstacle(FailureReason reason, String sentence, String remedy) {
        assertThat(look(null, null)).hasValueSatisfying(failure -> {
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.sentence()).isEqualTo(sentence);
            assertThat(failure.remedy().toString()).isEqualTo(remedy);
        });
    }

    @Test
    void nothingIsInTheWayAndNothingIsLeft() {
        assertThat(look("pptp0", null)).isEmpty();
        assertThat(journals).isEmptyDirectory();
    }

    @Test
    void noDevice() throws IOException {
        Files.delete(device);
        assertObstacle(
                FailureReason.NO_TUN,
                device + " cannot be opened: ENOENT (No such file or directory).",
                "Load the driver with \"modprobe tun\". In a container, give it the device " + device + ".");
    }

    @Test
    void noIpCommand() throws IOException {
        Files.delete(programs.resolve("ip"));
        assertObstacle(
                FailureReason.HOST_CHANGE_REFUSED,
                "The command ip of iproute2 is in none of " + programs + ".",
                "Install the package iproute2.");
    }

    @Test
    void noPlaceForAJournal() throws IOException {
        Files.createFile(journals);
        assertObstacle(
                FailureReason.HOST_CHANGE_REFUSED,
                "The undo journal in " + journals + " cannot be written: it is no directory.",
                "Make " + journals
                        + " a directory of root's with mode 0700, where files can be written and have room.");
    }

    @Test
    void aReadOnlyPlaceForAJournal() {
        journals = Path.of("/proc/sys/jpptp");
        assertThat(look(null, null))
                .map(Failure::sentence)
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("The undo journal in /proc/sys/jpptp cannot be written: ")
                        .doesNotContain("written: /proc"));
    }

    @Test
    void anUnknownNamespace() {
        assertThat(look(null, "no-such-namespace")).hasValueSatisfying(failure -> {
            assertThat(failure.reason()).isEqualTo(FailureReason.HOST_CHANGE_REFUSED);
            assertThat(failure.sentence()).startsWith("There is no network namespace \"no-such-namespace\"; ");
        });
    }

    @Test
    void aNameThatNoInterfaceHas() {
        assertThat(look("a/b", null)).map(Failure::reason).hasValue(FailureReason.NO_TUN);
    }

    @Test
    void aNamespaceTakesOneMoreCapability() {
        String status = "CapEff:\t0000000000003000\n";
        assertThat(Privileges.missing(status, Privileges.OF_A_TUNNEL)).isEmpty();
        assertThat(Privileges.missing(status, EnumSet.of(HostDiagnosis.Capability.CAP_SYS_ADMIN)))
                .hasValueSatisfying(failure -> {
                    assertThat(failure.sentence())
                            .isEqualTo("This process lacks CAP_SYS_ADMIN (for the network namespace).");
                    assertThat(failure.remedy().toString())
                            .endsWith("give it this capability as an ambient one. To a container, docker and"
                                    + " podman give SYS_ADMIN by their option cap-add.");
                });
    }

    @Test
    void whoIsNotRootHasJournalsOfTheOwn() {
        Map<String, String> service =
                Map.of("RUNTIME_DIRECTORY", "/run/vpn:/run/other", "XDG_RUNTIME_DIR", "/run/user/7");
        assertThat(JournalPlace.of(0, service)).isEqualTo(Path.of("/run/jpptp"));
        assertThat(JournalPlace.of(7, service)).isEqualTo(Path.of("/run/vpn"));
        assertThat(JournalPlace.of(7, Map.of("XDG_RUNTIME_DIR", "/run/user/7")))
                .isEqualTo(Path.of("/run/user/7/jpptp"));
        assertThat(JournalPlace.of(7, Map.of())).isEqualTo(Path.of("/run/jpptp"));
        // No locale has half of a character.
        assertThat(JournalPlace.of(7, Map.of("XDG_RUNTIME_DIR", "/x\ud800"))).isEqualTo(Path.of("/run/jpptp"));
    }

    /** What is to outlast a boot is written elsewhere. */
    @Test
    void noPlaceForAJournalOfTheResolversFile() throws Exception {
        Path lasting = Files.createFile(directory.resolve("lasting"));
        MountNamespace.call(() -> {
            Files.writeString(Path.of("/etc/resolv.conf"), "nameserver 192.0.2.53\n");
            NetworkSettings named =
                    NetworkSettings.DEFAULT.with(new NameSettings(NameSettings.Pushed.ACCEPTED, List.of(), List.of()));
            assertThat(new Preflight(device, List.of(programs), journals, lasting).ofTheHost(named))
                    .map(Failure::sentence)
                    .contains("The undo journal in " + lasting + " cannot be written: it is no directory.");
            return null;
        });
    }

    @Test
    void aHookThatIsNotThereIsNotToBeGivenToRoot() {
        Path hook = directory.resolve("hook");
        Optional<Failure> failure = new Preflight(device, List.of(programs), journals)
                .ofTheHost(NetworkSettings.DEFAULT.with(new HookSettings(hook, null, null)));
        assertThat(failure)
                .map(Failure::sentence)
                .contains("The hook \"" + hook + "\" cannot be run: it does not exist.");
        assertThat(failure)
                .map(found -> found.remedy().toString())
                .hasValueSatisfying(
                        remedy -> assertThat(remedy).startsWith("Name a program that is there and may be run"));
    }
}
