package org.jpptp.client.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppEvent.Coding;
import org.jpptp.ppp.PppEvent.EncryptionSettled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Secure defaults (docs/threats.md): each that is left is warned about, and the defaults themselves are not. */
class WeaknessesTest {
    @ParameterizedTest
    @EnumSource(AuthMethod.class)
    void whatProvesTheServerIsNotWarnedAboutAndAllElseIs(AuthMethod method) {
        boolean mutual = method == AuthMethod.MSCHAPV2 || method == AuthMethod.EAP_MSCHAPV2;
        assertThat(Weaknesses.of(method).isEmpty()).isEqualTo(mutual);
    }

    @Test
    void papTellsThatThePasswordWasGivenAway() {
        assertThat(Weaknesses.of(AuthMethod.PAP))
                .hasValue("PAP sent the password in clear to whoever answered, and to everybody on the way there.");
    }

    static Stream<Arguments> codings() {
        Coding best = Coding.encrypted(MppeStrength.BITS_128, MppeMode.STATELESS);
        String keys40 = "MPPE keys of 40 bits are";
        return Stream.of(
                Arguments.of(best, best, List.of()),
                Arguments.of(null, null, List.of("Nothing is encrypted: ")),
                Arguments.of(best, null, List.of("What the server sends is not encrypted: ")),
                Arguments.of(null, best, List.of("What we send is not encrypted: ")),
                Arguments.of(
                        Coding.encrypted(MppeStrength.BITS_40, MppeMode.STATELESS),
                        Coding.encrypted(MppeStrength.BITS_40, MppeMode.STATELESS),
                        List.of(keys40)),
                Arguments.of(
                        best,
                        Coding.encrypted(MppeStrength.BITS_56, MppeMode.STATELESS),
                        List.of("MPPE keys of 56 bits are")),
                Arguments.of(
                        best, Coding.encrypted(MppeStrength.BITS_128, MppeMode.STATEFUL), List.of("Stateful MPPE may")),
                Arguments.of(
                        Coding.encrypted(MppeStrength.BITS_40, MppeMode.STATEFUL)
                                .withMppc(),
                        Coding.encrypted(MppeStrength.BITS_40, MppeMode.STATEFUL)
                                .withMppc(),
                        List.of(keys40, "Stateful MPPE may", "MPPC lets")),
                Arguments.of(
                        Coding.compressed(MppeMode.STATEFUL),
                        Coding.compressed(MppeMode.STATEFUL),
                        List.of("Nothing is encrypted: ")));
    }

    @ParameterizedTest
    @MethodSource("codings")
    void eachWeaknessOfEitherDirectionIsToldOnce(
            @Nullable Coding send, @Nullable Coding receive, List<String> beginnings) {
        List<String> sentences = Weaknesses.of(new EncryptionSettled(send, receive));

        assertThat(sentences).hasSameSizeAs(beginnings);
        for (int i = 0; i < beginnings.size(); i++) {
            assertThat(sentences.get(i)).startsWith(beginnings.get(i)).endsWith(".");
        }
    }
}
