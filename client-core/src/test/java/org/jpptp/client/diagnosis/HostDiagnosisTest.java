package org.jpptp.client.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.net.User;
import org.jpptp.gre.io.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostDiagnosisTest {
    @ParameterizedTest
    @CsvSource({
        "ENOENT, NO_TUN,       modprobe tun",
        "ENXIO,  NO_TUN,       modprobe tun",
        "ENODEV, NO_TUN,       modprobe tun",
        "EACCES, NO_PRIVILEGE, sudo",
        "EPERM,  NO_PRIVILEGE, sudo",
        "EMFILE, HOST_CHANGE_REFUSED, limit of open files",
        "ENFILE, HOST_CHANGE_REFUSED, this system's limit of open files",
        "ENOSPC, NO_TUN,       ''",
    })
    void tellsWhyTheDeviceDoesNotOpen(Errno errno, FailureReason reason, String remedy) {
        Failure failure = HostDiagnosis.tunNotOpened("/dev/net/tun", errno.code());

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.sentence())
                .isEqualTo("/dev/net/tun cannot be opened: " + errno + " (" + errno.words() + ").");
        assertThat(failure.remedy().toString()).contains(remedy);
    }

    /** What {@link ProcessBuilder}, the file system and Netty say where descriptors or processes have run out. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Cannot run program "/usr/sbin/ip": error=24, Too many open files              | EMFILE | limit of open files
            Cannot run program "/usr/sbin/ip": error=23, Too many open files in system    | ENFILE | fs.file-max
            Cannot run program "/usr/sbin/ip": error=11, Resource temporarily unavailable | EAGAIN | limit of processes
            Cannot run program "/usr/sbin/ip": error=12, Cannot allocate memory           | ENOMEM | Free memory
            """)
    void namesTheLimitThatNoCommandCanBeStartedFor(String said, Errno errno, String remedy) {
        Failure failure = HostDiagnosis.refused("ip route get 192.0.2.1", -1, said);

        assertThat(failure.reason()).isEqualTo(FailureReason.HOST_CHANGE_REFUSED);
        assertThat(failure.sentence())
                .isEqualTo("The command \"ip route get 192.0.2.1\" could not be started: " + errno + " ("
                        + errno.words() + ").");
        assertThat(failure.remedy().toString()).contains(remedy).doesNotContain("by hand");
        assertThat(HostDiagnosis.noJournal(Path.of("/run/jpptp"), "/run/jpptp/x: " + errno.words(), User.ROOT)
                        .remedy())
                .isEqualTo(failure.remedy());
    }

    @ParameterizedTest
    @CsvSource({
        "EPERM,  NO_PRIVILEGE, sudo",
        "EBUSY,  NO_TUN,       Another program is using vpn0",
        "EINVAL, NO_TUN,       of another kind",
        "EEXIST, NO_TUN,       of another kind",
        "ENOMEM, HOST_CHANGE_REFUSED, Free memory",
        "ENOSPC, NO_TUN,       ''",
    })
    void tellsWhyTheInterfaceCannotBeMade(Errno errno, FailureReason reason, String remedy) {
        Failure failure = HostDiagnosis.interfaceNotMade("vpn0", errno.code());

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.sentence())
                .isEqualTo("The TUN interface vpn0 cannot be made: " + errno + " (" + errno.words() + ").");
        assertThat(failure.remedy().toString()).contains(remedy);
    }
}
