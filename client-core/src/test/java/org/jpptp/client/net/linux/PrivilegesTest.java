package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.diagnosis.ProxyDiagnosis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivilegesTest {
    @ParameterizedTest
    @CsvSource({
        "000001ffffffffff, ''",
        "0000000000003000, ''",
        "0000000000001000, This process lacks CAP_NET_RAW (for GRE).",
        "0000000000002000, 'This process lacks CAP_NET_ADMIN (for the TUN interface, addresses and routes).'",
        "0000000000000000, 'This process lacks CAP_NET_ADMIN (for the TUN interface, addresses and routes) and"
                + " CAP_NET_RAW (for GRE).'",
    })
    void readsTheEffectiveSet(String set, String sentence) {
        String status = "Name:\tjava\nCapPrm:\t000001ffffffffff\nCapEff:\t" + set + "\nCapBnd:\t000001ffffffffff\n";

        assertThat(Privileges.missing(status, Privileges.OF_A_TUNNEL)
                        .map(Failure::sentence)
                        .orElse(""))
                .isEqualTo(sentence);
        Privileges.missing(status, Privileges.OF_A_TUNNEL).ifPresent(failure -> {
            assertThat(failure.reason()).isEqualTo(FailureReason.NO_PRIVILEGE);
            assertThat(failure.remedy().toString()).contains("sudo");
        });
    }

    @Test
    void assumesNothingWhereTheKernelDoesNotTell() {
        assertThat(Privileges.missing("", Privileges.OF_A_TUNNEL)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, NONE", "1, NONE", "2, SYSTEM_CALLS"})
    void theKernelTellsOfAFilterOfSystemCalls(int mode, ProxyDiagnosis.Filter filter) {
        assertThat(Privileges.filter("NoNewPrivs:\t1\nSeccomp:\t" + mode + "\nSeccomp_filters:\t2\n"))
                .isEqualTo(filter);
    }
}
