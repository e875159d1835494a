package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.client.FailureReason;
import org.jpptp.client.net.HostChangeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpCommandTest {
    @TempDir
    Path directory;

    private final List<String> trace = new ArrayList<>();

    @Test
    void saysThatIproute2IsMissing() {
        assertThatThrownBy(() -> IpCommand.find(List.of(directory), trace::add))
                .isInstanceOfSatisfying(
                        HostChangeException.class,
                        e -> assertThat(e.failure().remedy().toString()).isEqualTo("Install the package iproute2."))
                .hasMessage("The command ip of iproute2 is in none of " + directory + ".");
    }

    @Test
    void runsItWithoutShellAndWithACleanEnvironment() throws Exception {
        IpCommand ip = script("echo \"$# $1\"; env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD=");

        CommandResult result = ip.change(List.of("$(id); *", "b"));

        assertThat(result.isSuccess()).isTrue();
        assertThat(result.output()).isEqualTo("2 $(id); *\nLC_ALL=C\n");
        assertThat(trace).containsExactly("[#] ip $(id); * b");
    }

    @Test
    void quotesTheRefusalEscapedAndBounded() throws Exception {
        IpCommand ip = script("printf 'RTNETLINK \\033[31manswers: File exists\\n' >&2; exit 2");

        CommandResult result = ip.query(List.of("route", "add"));

        assertThat(trace).isEmpty();
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.refusal().failure().reason()).isEqualTo(FailureReason.HOST_CHANGE_REFUSED);
        assertThat(result.refusal())
                .hasMessage("The host refused \"ip route add\": RTNETLINK \\x1b[31manswers: File exists.");
        assertThat(new CommandResult("ip", List.of("x"), 2, "\n".repeat(9) + "a\u00ff".repeat(9_999))
                        .refusal()
                        .getMessage())
                .hasSizeLessThan(250)
                .matches("[ -~]*");
    }

    @Test
    void tellsMissingPrivilegeApart() {
        CommandResult result =
                new CommandResult("ip", List.of("link"), 2, "RTNETLINK answers: Operation not permitted\n");

        assertThat(result.refusal().failure().reason()).isEqualTo(FailureReason.NO_PRIVILEGE);
        assertThat(result.refusal().failure().remedy().toString()).contains("sudo");
    }

    private IpCommand script(String body) throws IOException, HostChangeException {
        Path script = directory.resolve("ip");
        Files.writeString(script, "#!/bin/sh\nPATH=/usr/bin:/bin\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return IpCommand.find(List.of(directory), trace::add);
    }
}
