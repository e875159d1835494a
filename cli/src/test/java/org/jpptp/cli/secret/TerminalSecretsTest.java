package org.jpptp.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalSecretsTest {
    private final List<String> shown = new ArrayList<>();
    private final List<char[]> typed = new ArrayList<>();
    private final ByteArrayOutputStream beside = new ByteArrayOutputStream();

    /** A user who types these, blanks between them; {@code -} is an empty line, {@code ^} the end of input. */
    private Console typing(String answers) {
        List<String> left = new ArrayList<>(List.of(answers.split(" ")));
        Console console = mock(Console.class);
        when(console.printf(anyString(), any())).thenAnswer(call -> {
            shown.add(call.getArgument(1));
            return console;
        });
        when(console.readPassword(anyString())).thenAnswer(call -> answer(call.getArgument(0), left));
        when(console.readPassword(anyString(), any())).thenAnswer(call -> answer(call.getArgument(1), left));
        return console;
    }

    private char @Nullable [] answer(String prompt, List<String> left) {
        shown.add(prompt);
        String next = left.remove(0);
        if (next.equals("^")) {
            return null;
        }
        char[] password = next.equals("-") ? new char[0] : next.toCharArray();
        typed.add(password);
        return password;
    }

    private @Nullable Credentials ask(PppEvent.Secret secret, String answers) {
        return new TerminalSecrets(typing(answers), new PrintStream(beside, true, StandardCharsets.UTF_8))
                .ask(
                        new PppEvent.SecretWanted(
                                secret, new Refusal(Refusal.Verdict.CHAP_FAILURE, "CORP\\alice", 0, "no")),
                        new Credentials("CORP\\alice", "old".toCharArray()));
    }

    /** What comes next is not to be on the line of a prompt that nobody answers. */
    @Test
    void aQuestionThatIsTakenBackLeavesItsLine() {
        new TerminalSecrets(typing("-"), new PrintStream(beside, true, StandardCharsets.UTF_8)).withdraw();
        assertThat(beside.toString(StandardCharsets.UTF_8)).isEqualTo(System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({"right, right", "-, ", "^, ", "a\uFFFD, "})
    void anotherPassword(String answers, @Nullable String password) {
        Credentials answer = ask(PppEvent.Secret.CREDENTIALS, answers);

        assertThat(shown)
                .startsWith(
                        "The server refused user name \"CORP\\alice\"; it says \"no\".",
                        "Password for CORP\\alice (empty to give up): ");
        if (password == null) {
            assertThat(answer).isNull();
        } else {
            assertThat(answer).isNotNull();
            assertThat(answer.name()).isEqualTo("CORP\\alice");
            assertThat(new String(answer.password())).isEqualTo(password);
            assertThat(answer.newPassword()).isNull();
        }
        assertThat(typed)
                .allSatisfy(characters -> assertThat(new String(characters)).matches("\0*"));
    }

    @ParameterizedTest
    @CsvSource({
        "new new, new",
        "new nwe new new, new",
        "a b c d new new, new",
        "a b c d e f, ",
        "-, ",
        "^, ",
        "new ^ -, ",
        "a - -, "
    })
    void aNewPasswordIsTypedTheSameTwice(String answers, @Nullable String password) {
        Credentials answer = ask(PppEvent.Secret.NEW_PASSWORD, answers);

        assertThat(shown).startsWith("The server refused user name \"CORP\\alice\"; it says \"no\".", "New password: ");
        if (password == null) {
            assertThat(answer).isNull();
        } else {
            assertThat(answer).isNotNull();
            assertThat(new String(answer.password())).isEqualTo("old");
            assertThat(answer.newPassword()).containsExactly(password.toCharArray());
        }
        assertThat(typed)
                .allSatisfy(characters -> assertThat(new String(characters)).matches("\0*"));
    }
}
