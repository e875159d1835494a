package org.jpptp.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTextTest {
    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ProfileText.Content read(String text) {
        return ProfileText.read(octets(text));
    }

    private static String only(String text) {
        ProfileText.Content content = read(text);
        assertThat(content.problems()).isEmpty();
        assertThat(content.entries()).hasSize(1);
        return content.entries().get(0).value();
    }

    @Test
    void whatAProfileLooksLike() {
        String text = """
                # The office.
                server = vpn.example.com
                user=CORP\\alice
                \troute\t=\t10.0.0.0/8   # ours

                route = 192.168.7.0/24
                  # password = not this one
                mppe-mode =\tany
                """;
        for (String each : new String[] {text, text.replace("\n", "\r\n"), "\uFEFF" + text, text.stripTrailing()}) {
            ProfileText.Content content = read(each);
            assertThat(content.problems()).isEmpty();
            assertThat(content.entries())
                    .containsExactly(
                            new Entry(2, "server", "vpn.example.com"),
                            new Entry(3, "user", "CORP\\alice"),
                            new Entry(4, "route", "10.0.0.0/8"),
                            new Entry(6, "route", "192.168.7.0/24"),
                            new Entry(8, "mppe-mode", "any"));
        }
        assertThat(read("").entries()).isEmpty();
        assertThat(read("").problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "a#b > a#b",
                "#b > ``",
                "a # b > a",
                "a\t#b > a",
                "a b  c > a b  c",
                "a=b = c > a=b = c",
                "\"a # b\" > a # b",
                "\"a # b\" # c > a # b",
                "\" a \" > ` a `",
                "\"\" > ``",
                "\"\"a\"\" > \"a\"",
                "\"a\" # \"b\" > a",
                "\"a\"b\" > a\"b",
                "a\"b > a\"b",
                "${HOME} `date` @f > ${HOME} `date` @f",
                "é€😀 > é€😀",
            })
    void aValueIsWhatItSays(String written, String meant) {
        assertThat(only("key = " + written)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "[vpn] > there are no sections in a profile.",
                "mtu 1400 > a line says 'key = value', and this one has no '='.",
                "include other.conf > a line says 'key = value', and this one has no '='.",
                "= x > there is no key before the '='.",
                "a = \"b > a value that begins with a double quote ends with one.",
                "a = \"b\" c > a value that begins with a double quote ends with one.",
                "a = \"b\"# c > a value that begins with a double quote ends with one.",
                "a = b\u001b[2J > there is a control character.",
                "a = b\rc = d > there is a control character.",
                "password = a #1 > a password with '#' behind a blank stands between double quotes; a comment, on its own"
                        + " line.",
            })
    void aLineThatIsNoneSaysSo(String line, String sentence) {
        ProfileText.Content content = read("server = x\n" + line + "\nuser = y\n");
        assertThat(content.problems()).containsExactly(new Problem(2, sentence));
        assertThat(content.entries()).extracting(Entry::key).containsExactly("server", "user");
    }

    @Test
    void aFileThatIsNoTextSaysSo() {
        for (String name : new String[] {"UTF-16LE", "UTF-16BE"}) {
            assertThat(ProfileText.read("\uFEFFserver = x".getBytes(Charset.forName(name)))
                            .problems())
                    .containsExactly(new Problem(0, "it is UTF-16; save it as UTF-8."));
        }
        assertThat(read("server = x\nuser = a\0b\n").problems())
                .containsExactly(new Problem(2, "there is a NUL, so this is no text."));
        assertThat(ProfileText.read("server = x\n\nuser = \u00e9\n".getBytes(StandardCharsets.ISO_8859_1))
                        .problems())
                .containsExactly(new Problem(3, "this is not UTF-8."));
        assertThat(ProfileText.read(new byte[] {'a', '=', (byte) 0xC3}).problems())
                .containsExactly(new Problem(1, "this is not UTF-8."));
    }

    @Test
    void lengthsHaveLimits() {
        String longest = "a = " + "b".repeat(ProfileText.LONGEST_LINE - 4);
        assertThat(read(longest).problems()).isEmpty();
        assertThat(read("\n" + longest + "b").problems())
                .containsExactly(new Problem(2, "the line is longer than 4096 characters."));
        assertThat(read("#".repeat(ProfileText.MOST_OCTETS)).problems()).isEmpty();
        assertThat(read("#".repeat(ProfileText.MOST_OCTETS + 1)).problems())
                .containsExactly(new Problem(0, "it is longer than the 65536 octets that a profile may have."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {"s3cret > s3cret", "\" a #1 \" > ` a #1 `", "a#1 > a#1", "a\"b\" > a\"b\"", "\"\" > ``"})
    void thePasswordIsReadByWhoeverAsksForIt(String written, String meant) {
        byte[] octets = octets("user = a\npassword = " + written + "\npassword = other\n");
        assertThat(ProfileText.read(octets).entries()).contains(new Entry(2, "password", ""));
        assertThat(ProfileText.password(octets)).isEqualTo(meant.toCharArray());
        assertThat(ProfileText.password(octets("user = a\n"))).isNull();
        assertThat(ProfileText.password(new byte[] {(byte) 0xC3})).isNull();
    }

    @Test
    void noProblemTellsAValue() {
        String canary = "c4nary";
        for (String line : new String[] {
            "password = \"" + canary,
            "password = " + canary + " #",
            "password " + canary,
            "password = " + canary + "\u0001"
        }) {
            assertThat(read(line).problems()).hasSize(1).first().asString().doesNotContain(canary);
        }
        assertThat(read("PASSWORD = x").entries().get(0).key().toLowerCase(Locale.ROOT))
                .isEqualTo("password");
    }
}
