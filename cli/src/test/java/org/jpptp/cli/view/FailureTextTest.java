package org.jpptp.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.junit.jupiter.api.Test;

class FailureTextTest {
    @Test
    void sentenceRemedyAndNumbers() {
        Failure failure = new Failure(
                FailureReason.ACCOUNT_RESTRICTED,
                "The server says that the password of 'alice' has expired (E=648).",
                Remedy.of("Connect again with ").set(Setting.CHANGE_PASSWORD).say("."),
                648);
        assertThat(FailureText.of(failure))
                .isEqualTo("The server says that the password of 'alice' has expired (E=648). Connect again with"
                        + " --change-password. (exit code 20; Windows error 648)");
    }

    @Test
    void nothingIsToBeDoneAboutAnInterruption() {
        assertThat(FailureText.of(Failure.of(FailureReason.INTERRUPTED, "Stopped.", "")))
                .isEqualTo("Stopped. (exit code 130)");
    }

    @Test
    void settingsAreSaidAsOptions() {
        Remedy remedy = Remedy.of("Add ")
                .set(Setting.ALLOW_WEAK, "chap")
                .say(" ")
                .set(Setting.MPPE, "none")
                .say(" ")
                .set(Setting.MPPE_MODE, "any")
                .say(", and ")
                .add(Setting.AUTH, "chap")
                .say(", or ")
                .set(Setting.AUTH, "eap-mschapv2")
                .say(", ")
                .set(Setting.TIMEOUT)
                .say(", ")
                .set(Setting.NAMESPACE)
                .say(", ")
                .set(Setting.VERBOSE, "1")
                .say(", ")
                .set(Setting.VERBOSE, "3")
                .say(", ")
                .set(Setting.USER, "DOMAIN\\alice")
                .say(".");
        assertThat(FailureText.remedy(Failure.of(FailureReason.REFUSED, "Seen.", remedy)))
                .isEqualTo("Add --allow-chap --mppe none --mppe-mode any, and name chap in --auth, or --auth"
                        + " eap-mschapv2, --timeout, --namespace, -v, -vvv, -u 'DOMAIN\\alice'.");
    }

    @Test
    void hostileTextIsVisible() {
        assertThat(FailureText.of(
                        Failure.of(FailureReason.CALL_REFUSED, "It says \u001b]0;x\u0007\r\n\u202E\u0085.", "Do.")))
                .isEqualTo("It says \\x1b]0;x\\x07\\x0d\\x0a\\u{202e}\\x85. Do. (exit code 14; Windows error 800)");
    }
}
