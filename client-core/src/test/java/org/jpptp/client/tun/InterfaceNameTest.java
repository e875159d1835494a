package org.jpptp.client.tun;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterfaceNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "pptp0", "fifteen-octets5", "vpn.office", "x_1+~", "...", "a-"})
    void takes(String name) {
        assertThat(InterfaceName.isValid(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "sixteen-octets-6",
                "a/b",
                "a b",
                "a\tb",
                "a\n",
                "pptp%d",
                "$(x)",
                "a;b",
                "a:b",
                "-x",
                "\u00fc",
                "a\0",
                "\u001b"
            })
    void refuses(String name) {
        assertThat(InterfaceName.isValid(name)).isFalse();
    }
}
