package org.jpptp.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.junit.jupiter.api.Test;

class FailureTextTest {
    @Test
    void sentenceRemedyAndNumbers() {
        Failure failure = new Failure(
                FailureReason.ACCOUNT_RESTRICTED,
                "The server says that the password of 'alice' has expired (E=648).",
                "Change it.",
                648);
        assertThat(FailureText.of(failure))
                .isEqualTo("The server says that the password of 'alice' has expired (E=648). Change it."
                        + " (exit code 20; Windows error 648)");
    }

    @Test
    void nothingIsToBeDoneAboutAnInterruption() {
        assertThat(FailureText.of(Failure.of(FailureReason.INTERRUPTED, "Stopped.", "")))
                .isEqualTo("Stopped. (exit code 130)");
    }

    @Test
    void hostileTextIsVisible() {
        assertThat(FailureText.of(
                        Failure.of(FailureReason.CALL_REFUSED, "It says \u001b]0;x\u0007\r\n\u202E\u0085.", "Do.")))
                .isEqualTo("It says \\x1b]0;x\\x07\\x0d\\x0a\\u{202e}\\x85. Do. (exit code 14; Windows error 638)");
    }
}
