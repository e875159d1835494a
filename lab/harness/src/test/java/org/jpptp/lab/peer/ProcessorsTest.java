package org.jpptp.lab.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorsTest {
    @Test
    void readsTheListOfTheKernel() {
        assertThat(Processors.allowed("Name:\tjava\nCpus_allowed:\t4f\nCpus_allowed_list:\t0-3,6\nMems_allowed:\t1\n"))
                .containsExactly(0, 1, 2, 3, 6);
        assertThat(Processors.allowed("Cpus_allowed_list:\t5\n")).containsExactly(5);
    }

    @Test
    void guestsBesideOthersLeaveThemTheirs() {
        assertThat(Processors.besideOthers().equals(Processors.alone()))
                .isEqualTo(Runtime.getRuntime().availableProcessors() == 1);
    }
}
