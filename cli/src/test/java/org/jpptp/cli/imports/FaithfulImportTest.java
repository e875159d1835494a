package org.jpptp.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jpptp.cli.profile.Entry;
import org.jpptp.cli.profile.Keys;
import org.jpptp.cli.usage.UsageException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file requires is required by its profile; and no file is too much. */
class FaithfulImportTest {
    private static final String PPTP = "pptp_server 192.0.2.1\nplugin pptp.so\nname a\n";
    private static final String ALL_BUT_PAP = "refuse-eap\nrefuse-chap\nrefuse-mschap\nrefuse-mschap-v2\n";
    private static final String NM_ALL_BUT_PAP =
            "refuse-eap=yes\nrefuse-chap=yes\nrefuse-mschap=yes\nrefuse-mschapv2=yes\n";
    private static final String NM = """
            [connection]
            id=a
            [vpn]
            service-type=org.freedesktop.NetworkManager.pptp
            gateway=192.0.2.1
            user=a
            """;

    private static Imported read(String text) {
        return read(text, named -> null);
    }

    private static Imported read(String text, UnaryOperator<@Nullable String> files) {
        return new Importer(Set.copyOf(Keys.all().names()), files)
                .read(text, null)
                .get(0);
    }

    private static List<String> values(Imported tunnel, String key) {
        return tunnel.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .map(Entry::value)
                .toList();
    }

    private static List<String> sentences(Imported tunnel) {
        return tunnel.notes().stream().map(Note::sentence).toList();
    }

    /** Such tunnels never came up where they are from: what they were is no reason to go without encryption. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a]\nPhoneNumber=192.0.2.1\nDataEncryption=512\nAuthRestrictions=8\n",
                "[a]\nPhoneNumber=192.0.2.1\nDataEncryption=256\nAuthRestrictions=40\n",
                "[a]\nPhoneNumber=192.0.2.1\nAuthRestrictions=8\nDataEncryption=512\n",
                NM + NM_ALL_BUT_PAP + "require-mppe=yes\n",
                NM + "require-mppe-128=yes\n" + NM_ALL_BUT_PAP,
                PPTP + ALL_BUT_PAP + "require-mppe-128\n",
                PPTP + "mppe required,no40,no56,stateless\n" + ALL_BUT_PAP
            })
    void requiredEncryptionStaysRequiredWhereNoMethodHasKeys(String text) {
        Imported tunnel = read(text);

        assertThat(values(tunnel, "mppe")).hasSize(1).noneMatch(value -> value.contains("none"));
        assertThat(values(tunnel, "auth")).isEmpty();
        assertThat(values(tunnel, "allow-pap")).isEmpty();
        assertThat(sentences(tunnel))
                .anyMatch(said -> said.startsWith("encryption is required there, and"))
                .noneMatch(said -> said.contains("without encryption"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"require-mppe-128\nnoccp\n", "noccp\nrequire-mppe-128\n", "mppe required,no40,no56,no128\n"})
    void whatForbidsRequiredEncryptionIsLeftOut(String options) {
        Imported tunnel = read(PPTP + options);

        assertThat(values(tunnel, "mppe")).containsExactly("128");
        assertThat(sentences(tunnel)).anyMatch(said -> said.startsWith("encryption is required there, and"));
    }

    @Test
    void nothingIsSaidToBeRequiredThatIsNot() {
        Imported tunnel = read(PPTP + ALL_BUT_PAP);

        assertThat(values(tunnel, "mppe")).containsExactly("none");
        assertThat(sentences(tunnel))
                .contains("the tunnel may be without encryption, as it was there: 'mppe = none'.")
                .noneMatch(said -> said.contains("the profile does"));
    }

    @Test
    void aLongFileIsReadAtOnce() {
        String words = PPTP + "x ".repeat(200_000);
        assertThat(within(() -> read(words)).notes()).hasSizeGreaterThan(100_000);
        String keys = "[a]\nPhoneNumber=192.0.2.1\n" + "ab=c\n".repeat(200_000);
        assertThat(within(() -> read(keys)).notes()).hasSizeGreaterThan(100_000);
    }

    @Test
    void filesThatIncludeEachOtherEnd() {
        String self = PPTP + "file self\n".repeat(40);
        Imported tunnel = within(() -> read(self, named -> self));

        assertThat(tunnel.notes()).hasSizeLessThan(500);
        assertThat(sentences(tunnel)).contains("it includes more files than any that is meant; the rest are left out.");
        String large = PPTP + "x".repeat(1 << 19) + "\n";
        assertThat(sentences(within(() -> read(self, named -> large))))
                .contains("it includes more files than any that is meant; the rest are left out.");
    }

    @Test
    void aPhoneBookOfTooManyEntriesIsRefused() {
        String book = "[a]\nPhoneNumber=192.0.2.1\n".repeat(1001);
        assertThatThrownBy(() -> read(book))
                .isInstanceOf(UsageException.class)
                .hasMessage("This phone book has more than 1000 entries.");
    }

    private static Imported within(ThrowingSupplier<Imported> work) {
        return assertTimeoutPreemptively(Duration.ofSeconds(30), work);
    }

    @Test
    void titlesInOtherScriptsBecomeNames() {
        assertThat(Names.of("\u65e5\u672c", Set.of("imported"))).isEqualTo("imported-2");
        assertThat(Names.of("\u65e5\u672c", Set.of("imported", "imported-2"))).isEqualTo("imported-3");
        assertThat(Names.of("x".repeat(30) + "-y", Set.of("x".repeat(30) + "-y")))
                .isEqualTo("x".repeat(30) + "-2");
    }
}
