package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jpptp.client.Routing.Lan;
import org.jpptp.client.doctor.FilterRules;
import org.jpptp.client.net.Lockdown.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In a namespace of its own; what the boot does is done by the file alone. */
@Timeout(120)
class LinuxLockdownTest {
    @TempDir
    Path temporary;

    private static String rules() throws Exception {
        return TestNamespace.run("nft", "list", "ruleset");
    }

    @Test
    void outlivesTheProcessAndABootUntilItIsSwitchedOff() throws Exception {
        assumeTrue(new HostCommands(HostCommands.PLACES, line -> {}).has(HostCommands.Program.NFT), "needs nft");
        Path file = temporary.resolve("lib/lockdown.nft");
        LinuxLockdown lockdown = new LinuxLockdown(file, List.of(temporary), HostCommands.PLACES, line -> {});
        try (TestNamespace host = TestNamespace.withUplink("lock")) {
            host.ip("addr", "add", "192.168.7.5/24", "dev", "eth0");
            host.call(() -> {
                String before = rules();
                assertThat(lockdown.state()).isEqualTo(State.OFF);

                assertThat(lockdown.on(Lan.CLOSED)).isEmpty();
                assertThat(lockdown.state()).isEqualTo(State.ON);
                assertThat(FilterRules.ofNft(rules())).as("in nobody's way").isEmpty();
                assertThat(rules())
                        .contains("policy drop", "oifgroup 172", "0x0002a10c")
                        .doesNotContain("192.168.7.0/24");
                String closed = rules();

                TestNamespace.run("nft", "flush", "ruleset");
                assertThat(lockdown.state()).isEqualTo(State.REMOVED);
                TestNamespace.run("nft", "-f", file.toString());
                assertThat(lockdown.state()).isEqualTo(State.ON);
                assertThat(rules()).isEqualTo(closed);

                Files.delete(file);
                assertThat(lockdown.state()).isEqualTo(State.UNTIL_BOOT);

                assertThat(lockdown.on(Lan.OPEN)).isEmpty();
                assertThat(lockdown.state()).isEqualTo(State.ON_BUT_LAN);
                assertThat(rules()).contains("192.168.7.0/24").containsOnlyOnce("table inet jpptp_lockdown");

                lockdown.off();
                lockdown.off();
                assertThat(lockdown.state()).isEqualTo(State.OFF);
                assertThat(rules()).isEqualTo(before);
                return 0;
            });
        }
        try (var files = Files.list(file.resolveSibling(""))) {
            assertThat(files).isEmpty();
        }
    }

    /** As it is for an ordinary user, who may look neither into root's directory nor at the kernel's rules. */
    @Test
    void whereNobodyMayLookNothingIsKnown() throws Exception {
        Path nft = temporary.resolve("nft");
        Files.writeString(nft, "#!/bin/sh\necho 'Operation not permitted (you must be root)' >&2; exit 1\n");
        Files.setPosixFilePermissions(nft, PosixFilePermissions.fromString("rwxr-xr-x"));
        LinuxLockdown lockdown = new LinuxLockdown(
                temporary.resolve("lockdown.nft"), List.of(temporary), List.of(temporary), line -> {});
        assertThat(lockdown.state()).isEqualTo(State.HIDDEN);
    }

    @Test
    void warnsWhereNoUnitMakesItAtBoot() throws Exception {
        assumeTrue(new HostCommands(HostCommands.PLACES, line -> {}).has(HostCommands.Program.NFT), "needs nft");
        LinuxLockdown lockdown = new LinuxLockdown(
                temporary.resolve("lockdown.nft"), List.of(temporary.resolve("none")), HostCommands.PLACES, line -> {});
        try (TestNamespace host = TestNamespace.create("lock")) {
            assertThat(host.call(() -> lockdown.on(Lan.CLOSED)).orElseThrow())
                    .startsWith("Lockdown is on, but ends with a boot: enable jpptp-lockdown.service");
        }
    }
}
