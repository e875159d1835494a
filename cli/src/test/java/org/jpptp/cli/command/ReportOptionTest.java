package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --report}, from the command line to the page. */
class ReportOptionTest {
    private static final String CAPTURES = "../lab/harness/src/test/resources/captures/";

    @TempDir
    private Path folder;

    private final CommandLineRunner runner = new CommandLineRunner();
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("report.html");
    }

    private CommandLineRunner.Result connect(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("connect", "vpn.example.com", "-u", "alice", "--report", file.toString()));
        arguments.addAll(List.of(more));
        return runner.run(arguments.toArray(new String[0]));
    }

    private String page() throws IOException {
        return Files.readString(file);
    }

    @Test
    void aTunnelThatWasUpIsReported() throws IOException {
        runner.up = true;
        CommandLineRunner.Result result = connect();
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("jpptp: the report is in " + file + ".");
        assertThat(page())
                .contains(
                        "<h1>Tunnel to vpn.example.com</h1>",
                        "The tunnel was up",
                        "until the client ended it in order");
    }

    @Test
    void soIsAFailureWithItsRemedyAndItsCode() throws IOException {
        runner.failure =
                Failure.of(FailureReason.CREDENTIALS_REJECTED, "The server says \"<b>no</b>\".", "Ask & wait.");
        CommandLineRunner.Result result = connect();
        assertThat(result.exitCode()).isEqualTo(19);
        assertThat(page())
                .contains(
                        "The tunnel did not come up",
                        "The server says \"&lt;b&gt;no&lt;/b&gt;\".",
                        "Ask &amp; wait.",
                        "exit code 19; Windows error 691");
    }

    @Test
    void whoeverWantsToBeToldNothingIsNotToldOfIt() throws IOException {
        runner.up = true;
        assertThat(connect("--quiet").err()).isEmpty();
        assertThat(page()).contains("The tunnel was up");
        assertThat(connect("--json").err()).doesNotContain("report");
    }

    /** Before anybody is asked for a password, and nothing is contacted. */
    @Test
    void aFileThatCannotBeWrittenIsSaidBeforeAnything() {
        file = folder.resolve("nowhere/report.html");
        CommandLineRunner.Result result = connect();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("there is no such directory");
        assertThat(runner.started).isEmpty();
    }

    @Test
    void capturesAreReportedByTheSamePage() throws IOException {
        CommandLineRunner.Result result = runner.run(
                "explain",
                CAPTURES + "windows-xp-control.pcap",
                CAPTURES + "pptp-linux-to-poptop-2012.pcap",
                "--report",
                file.toString());
        assertThat(result.exitCode()).isEqualTo(25);
        assertThat(page()).contains("<h1>2 tunnels</h1>", "198.252.153.26", "What proves it", "Rates over time", "GRE");
    }

    @Test
    void aFileThatIsNoCaptureIsReportedAsThat() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "Hi,\nnothing works.\n");
        CommandLineRunner.Result result = runner.run("explain", text.toString(), "--json", "--report", file.toString());
        assertThat(result.exitCode()).isEqualTo(9);
        assertThat(page()).contains("Nothing to explain", text.toString());
    }
}
