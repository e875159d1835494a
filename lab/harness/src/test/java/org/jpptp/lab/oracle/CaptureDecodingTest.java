package org.jpptp.lab.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jpptp.lab.peer.RequiresTshark;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign traffic through this project's decoders, compared with golden files and with the dissector's view. */
class CaptureDecodingTest {
    private static final Map<String, String> WIRESHARK_NAMES = Map.of(
            "ConfReq", "Configuration Request",
            "ConfAck", "Configuration Ack",
            "ConfNak", "Configuration Nak",
            "ConfRej", "Configuration Reject",
            "TermReq", "Termination Request",
            "TermAck", "Termination Ack",
            "EchoReq", "Echo Request",
            "EchoRep", "Echo Reply");

    @ParameterizedTest
    @ValueSource(
            strings = {
                Captures.WHOLE_SESSION,
                Captures.CHAP_ONLY,
                Captures.WINDOWS_XP,
                Captures.CONTROL_ONLY,
                Captures.IN_IPV6
            })
    void decodesCompletely(String name) throws IOException {
        Golden.matches(
                "captures/" + name + ".txt",
                Decoding.of(PcapFile.read(Captures.pcap(name))).lines());
    }

    @ParameterizedTest
    @ValueSource(strings = {Captures.WHOLE_SESSION, Captures.CHAP_ONLY, Captures.WINDOWS_XP, Captures.CONTROL_ONLY})
    @RequiresTshark
    void theDissectorSeesTheSameMessages(String name) throws IOException {
        Decoding ours = Decoding.of(PcapFile.read(Captures.pcap(name)));
        var theirs = Tshark.names(Captures.pcap(name));
        assertThat(theirs.stream().filter(CaptureDecodingTest::isPpp))
                .containsExactlyElementsOf(ours.pppNames().stream()
                        .map(CaptureDecodingTest::wiresharkName)
                        .toList());
        assertThat(theirs.stream().filter(line -> !isPpp(line)))
                .containsExactlyInAnyOrderElementsOf(ours.controlNames());
    }

    private static boolean isPpp(String name) {
        return name.matches("(LCP|PAP|CHAP|CCP|IPCP|IPV6CP|EAP) .*");
    }

    private static String wiresharkName(String name) {
        int blank = name.indexOf(' ');
        String code = name.substring(blank + 1);
        return name.substring(0, blank + 1) + WIRESHARK_NAMES.getOrDefault(code, code);
    }
}
