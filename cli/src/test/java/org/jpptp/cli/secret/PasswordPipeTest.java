package org.jpptp.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jpptp.cli.usage.UsageException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PasswordPipeTest {
    private static PasswordPipe pipe(String password, @Nullable String changed) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PasswordPipe.write(out, password.toCharArray(), changed == null ? null : changed.toCharArray());
        return new PasswordPipe(new ByteArrayInputStream(out.toByteArray()));
    }

    @Test
    void everyPasswordComesOutAsItWentIn() throws IOException {
        String odd = "a\u00e9\n \uD83D\uDE00\u0000" + "x".repeat(249);
        PasswordPipe pipe = pipe(odd, "new");
        assertThat(new String(pipe.password())).isEqualTo(odd);
        assertThat(new String(pipe.newPassword())).isEqualTo("new");
        assertThatThrownBy(pipe::newPassword).isInstanceOf(UsageException.class);
    }

    @Test
    void anotherPasswordNeedNotBe() throws IOException {
        PasswordPipe pipe = pipe("secret", null);
        assertThat(new String(pipe.password())).isEqualTo("secret");
        assertThatThrownBy(pipe::newPassword).isInstanceOf(UsageException.class);
    }

    @Test
    void whatEndsEarlyOrIsTooLongIsNone() {
        for (byte[] octets : new byte[][] {{}, {0}, {0, 2, 0, 'a'}, {0, 1, 0, 'a'}, {1, 1}, {-1, -1, -1, -1}}) {
            assertThatThrownBy(() -> new PasswordPipe(new ByteArrayInputStream(octets)).password())
                    .isInstanceOf(UsageException.class);
        }
    }
}
