package org.jpptp.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EffectiveUserTest {
    @Test
    void isTheSecondOfTheFour() {
        assertThat(EffectiveUser.of("Name:\tjava\nUid:\t1000\t1001\t1002\t1003\nGid:\t7\t7\t7\t7\n"))
                .isEqualTo(1001);
        assertThat(EffectiveUser.of("")).isEqualTo(EffectiveUser.ROOT);
    }
}
