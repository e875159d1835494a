package org.jpptp.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.ByteArrayInputStream;
import java.io.Console;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jpptp.cli.OpenDescriptors;
import org.jpptp.cli.usage.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordSourceTest {
    @TempDir
    Path directory;

    private Path file(String permissions, byte[] content) throws IOException {
        Path file = directory.resolve("password");
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static PasswordSource stdin(byte[] content) {
        return PasswordSource.descriptor("--password", 0, new ByteArrayInputStream(content));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "secret>secret",
                "secret|n>secret",
                "secret|r|n>secret",
                "secret|n|n>secret",
                "first|nsecond|n>first",
                " with blanks |n> with blanks ",
                "tail|r>tail|r",
                "é€😀|n>é€😀",
                "\uFEFFsecret|r|n>secret",
                "\uFEFFé>é",
                "a\uFEFFb>a\uFEFFb"
            })
    void theFirstLineIsThePassword(String content, String password) throws IOException {
        byte[] octets = octets(content.replace("|n", "\n").replace("|r", "\r"));
        String expected = password.replace("|r", "\r");

        assertThat(new String(PasswordSource.file(file("rw-------", octets).toString())
                        .read()))
                .isEqualTo(expected);
        assertThat(new String(stdin(octets).read())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx--x---", "rw-rw-rw-"})
    void aFileThatIsOpenToOthersIsRefused(String permissions) throws IOException {
        Path file = file(permissions, octets("secret\n"));
        assertThatThrownBy(PasswordSource.file(file.toString())::read)
                .isInstanceOf(UsageException.class)
                .hasMessage("The password file " + file + " is open to others than its owner; run 'chmod 600 " + file
                        + "'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"r--------", "rw-------", "rwx------"})
    void itsOwnerMayDoAnything(String permissions) throws IOException {
        assertThat(PasswordSource.file(file(permissions, octets("secret")).toString())
                        .read())
                .containsExactly("secret".toCharArray());
    }

    @Test
    void aFileThatCannotBeRead() {
        assertThatThrownBy(PasswordSource.file(directory + "/none")::read)
                .hasMessage("The password file " + directory + "/none does not exist.");
        assertThatThrownBy(PasswordSource.file("/proc/self/mem\0")::read)
                .isInstanceOf(UsageException.class)
                .hasMessage("The path of the password file holds a NUL.");
    }

    @Test
    void aDirectoryIsNoFile() throws IOException {
        Path inner = Files.createDirectory(
                directory.resolve("d"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assertThatThrownBy(PasswordSource.file(inner.toString())::read)
                .hasMessage("The password file " + inner + " is a directory.");
        Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(PasswordSource.file(inner.toString())::read)
                .hasMessage("The password file " + inner + " is a directory.");
    }

    @Test
    void whatCannotBeAPassword() {
        assertThatThrownBy(stdin(octets(""))::read).hasMessage("--password-fd 0 is empty.");
        assertThatThrownBy(stdin(octets("\nsecret"))::read).hasMessage("--password-fd 0 is empty.");
        assertThatThrownBy(stdin(new byte[] {'a', (byte) 0xE9, '\n'})::read)
                .hasMessage("--password-fd 0 is not UTF-8.");
        assertThatThrownBy(stdin(octets("a".repeat(257)))::read)
                .hasMessage("--password-fd 0 is longer than the 256 characters that MS-CHAPv2 takes.");
        assertThatThrownBy(stdin(octets("a".repeat(100_000)))::read)
                .hasMessage("--password-fd 0 is longer than the 256 characters that MS-CHAPv2 takes.");
        assertThat(stdin(octets("€".repeat(256) + "\r\n")).read()).hasSize(256);
        assertThat(stdin(octets("\uFEFF" + "€".repeat(256) + "\r\n")).read()).hasSize(256);
        assertThatThrownBy(stdin(octets("\uFEFF\r\n"))::read).hasMessage("--password-fd 0 is empty.");
        assertThatThrownBy(stdin(octets("sec\0ret"))::read)
                .hasMessage("--password-fd 0 holds a NUL, so it is no line of UTF-8.");
        assertThatThrownBy(stdin("\uFEFFsecret\r\n".getBytes(StandardCharsets.UTF_16LE))::read)
                .hasMessage("--password-fd 0 is UTF-16; save it as UTF-8.");
        assertThatThrownBy(stdin("\uFEFFsecret\r\n".getBytes(StandardCharsets.UTF_16BE))::read)
                .hasMessage("--password-fd 0 is UTF-16; save it as UTF-8.");
        assertThat(stdin(octets("😀".repeat(128))).read()).hasSize(256);
    }

    @Test
    void aDescriptorThatIsOpen() throws IOException {
        Path file = file("rw-------", octets("secret\n"));
        try (FileInputStream open = new FileInputStream(file.toFile())) {
            int number = OpenDescriptors.of(file);
            assertThat(PasswordSource.descriptor("--password", number, InputStream.nullInputStream())
                            .read())
                    .containsExactly("secret".toCharArray());
            assertThat(open.read()).isEqualTo('s');
        }
    }

    @Test
    void aDescriptorThatIsNotOpen() {
        assertThatThrownBy(PasswordSource.descriptor("--password", 65535, InputStream.nullInputStream())::read)
                .hasMessageStartingWith("--password-fd 65535 is not open; ");
    }

    @Test
    void theEnvironment() {
        assertThat(PasswordSource.environment("secret").read()).containsExactly("secret".toCharArray());
        assertThatThrownBy(PasswordSource.environment("")::read)
                .hasMessage("The environment variable JPPTP_PASSWORD is empty.");
        assertThatThrownBy(PasswordSource.environment("\uFFFD\uFFFD")::read)
                .hasMessage("The environment variable JPPTP_PASSWORD holds letters that this locale cannot express;"
                        + " set LC_ALL=C.UTF-8.");
    }

    @Test
    void thePrompt() {
        Console console = mock(Console.class);
        when(console.readPassword("Password: "))
                .thenReturn("secret".toCharArray())
                .thenReturn(null)
                .thenReturn(new char[0]);
        PasswordSource prompt = PasswordSource.prompt(() -> console);

        assertThat(prompt.read()).containsExactly("secret".toCharArray());
        assertThatThrownBy(prompt::read).hasMessage("No password was given.");
        assertThatThrownBy(prompt::read).hasMessage("The password is empty.");
        assertThatThrownBy(PasswordSource.prompt(() -> null)::read)
                .hasMessageStartingWith("There is no terminal to ask for the password on; ");
    }
}
