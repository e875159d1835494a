package org.jpptp.control.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ResultCodesTest {
    @Test
    void everyCodeOfTheRfcHasWordsOfItsOwnAndNoOtherHas() {
        check(ResultCodes::start, 0, 5);
        check(ResultCodes::stopReason, 1, 3);
        check(ResultCodes::simple, 1, 2);
        check(ResultCodes::outgoingCall, 1, 7);
        check(ResultCodes::incomingCall, 1, 3);
        check(ResultCodes::disconnect, 1, 4);
        check(ResultCodes::error, 0, 6);
    }

    private static void check(IntFunction<String> words, int first, int last) {
        Set<String> seen = new HashSet<>();
        for (int code = 0; code <= 0xFF; code++) {
            boolean known = code >= first && code <= last;
            assertThat(words.apply(code).equals("not a code of RFC 2637")).isNotEqualTo(known);
            if (known) {
                assertThat(seen.add(words.apply(code))).as("code %d", code).isTrue();
            }
        }
    }

    @Test
    void detailsNameOnlyWhatIsSet() {
        assertThat(ResultCodes.details(0, 0)).isEmpty();
        assertThat(ResultCodes.details(4, 0)).isEqualTo(", error 4 (insufficient resources now)");
        assertThat(ResultCodes.details(2, 17))
                .isEqualTo(", error 2 (bad length or magic cookie), cause 17 (user busy)");
        assertThat(ResultCodes.details(0, 999)).isEqualTo(", cause 999 (not a cause we know)");
    }

    @Test
    void versionsAreWrittenAsPeopleDo() {
        assertThat(ResultCodes.version(0x0100)).isEqualTo("1.0");
        assertThat(ResultCodes.version(0x020A)).isEqualTo("2.10");
    }
}
