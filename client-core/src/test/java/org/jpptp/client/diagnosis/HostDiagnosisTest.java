package org.jpptp.client.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
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
        "EMFILE, NO_TUN,       ''",
    })
    void tellsWhyTheDeviceDoesNotOpen(Errno errno, FailureReason reason, String remedy) {
        Failure failure = HostDiagnosis.tunNotOpened("/dev/net/tun", errno.code());

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.sentence())
                .isEqualTo("/dev/net/tun cannot be opened: " + errno + " (" + errno.words() + ").");
        assertThat(failure.remedy().toString()).contains(remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "EPERM,  NO_PRIVILEGE, sudo",
        "EBUSY,  NO_TUN,       Another program is using vpn0",
        "EINVAL, NO_TUN,       of another kind",
        "EEXIST, NO_TUN,       of another kind",
        "ENOMEM, NO_TUN,       ''",
    })
    void tellsWhyTheInterfaceCannotBeMade(Errno errno, FailureReason reason, String remedy) {
        Failure failure = HostDiagnosis.interfaceNotMade("vpn0", errno.code());

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.sentence())
                .isEqualTo("The TUN interface vpn0 cannot be made: " + errno + " (" + errno.words() + ").");
        assertThat(failure.remedy().toString()).contains(remedy);
    }
}
