package org.jpptp.cli.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jpptp.cli.usage.UsageException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"office", "vpn.example.com", "10.99.0.2", "a_b-c", "_x", "7"})
    void namesAreWordsOfFileNames(String text) {
        assertThat(TunnelName.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-x", ".hidden", "a/b", "../x", "a b", "a\nb", "\u00e9"})
    void whatCouldLeadElsewhereIsNone(String text) {
        assertThatThrownBy(() -> TunnelName.parse(text)).isInstanceOf(UsageException.class);
        assertThat(TunnelName.of(text)).isEmpty();
    }

    @Test
    void longOnesHaveNoRoomInASocketsPath() {
        assertThat(TunnelName.of("x".repeat(64))).isPresent();
        assertThat(TunnelName.of("x".repeat(65))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "office0,vpn,office0",
        ",vpn.example.com,vpn.example.com",
        ",vpn.example.com.,vpn.example.com.",
        ",---,tunnel"
    })
    void whoHasNoNameGetsTheInterfacesOrTheServers(@Nullable String interfaceName, String server, String name) {
        assertThat(TunnelName.derived(interfaceName, server).text()).isEqualTo(name);
    }

    @Test
    void aLongServersNameIsCutSoThatANumberHasRoom() {
        TunnelName name = TunnelName.derived(null, "x".repeat(253));
        assertThat(TunnelName.of(name.next(99).text())).isPresent();
    }
}
