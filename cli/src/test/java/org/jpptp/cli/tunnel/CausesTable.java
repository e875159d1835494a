package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jpptp.cli.view.FailureText;
import org.jpptp.client.Failure;
import org.jpptp.client.explain.Explained;
import org.jpptp.lab.peer.JpptpProcess;

/** The table of {@code docs/failures.md} with each cause, as it was provoked. */
final class CausesTable {
    static final String HEADING = "Each cause, provoked";

    /** In a column: whoever looks from there says what the client said. */
    static final String SAME = "the same";

    /** In the column of a log: nobody keeps one there. */
    static final String NO_LOG = "";

    private static final DocumentTable TABLE = new DocumentTable("failures");

    private CausesTable() {}

    /**
     * A tunnel failed.
     *
     * @param number of the cause
     * @param provoked by what
     * @param capture what an independent capture comes to
     * @param log what the server's log comes to
     */
    static void failed(int number, String provoked, Failure failure, String capture, String log) {
        row(
                number,
                provoked,
                Integer.toString(failure.reason().exitCode()),
                failure.sentence(),
                FailureText.remedy(failure),
                capture,
                log);
    }

    /**
     * A tunnel to pppd failed, in a process of its own: its capture says the same, and pppd's own log comes to the same cause.
     *
     * @param code what it ended with
     * @param log what pppd's log comes to: {@link #sameIn} it, or in words why not
     */
    static void failed(int number, String provoked, JpptpProcess ended, int code, Path capture, String log) {
        String said = ended.err().all().stream()
                .filter(line -> line.startsWith("jpptp: "))
                .map(line -> Recorded.steady(line.substring("jpptp: ".length())))
                .findFirst()
                .orElse("");
        List<Explained> tunnels = Recorded.ofCapture(capture);
        Explained last = tunnels.get(tunnels.size() - 1);
        String sentence = Recorded.steady(last.verdict().sentence());
        assertThat(said).startsWith(sentence).contains("(exit code " + code);
        Recorded.comesToTheSame(last, code);
        assertThat(last.proofs()).as("what proves it of %s", sentence).isNotEmpty();
        row(
                number,
                provoked,
                Integer.toString(code),
                sentence,
                said.substring(sentence.length()).replaceFirst(" \\(exit code .*", ""),
                SAME,
                log);
    }

    /** pppd's log of an attempt comes to the cause of this exit code. */
    static String sameIn(String pppd, int code) {
        Recorded.comesToTheSame(Recorded.ofLog(pppd), code);
        return SAME;
    }

    /** What others fail at works. */
    static void works(int number, String provoked, String seen, String capture) {
        row(number, provoked, "0", "*Works:* " + seen, "", cell(capture), NO_LOG);
    }

    /** The command did not begin a tunnel at all. */
    static void refused(int number, String provoked, int code, String said) {
        row(number, provoked, Integer.toString(code), said, "", "nothing is sent", NO_LOG);
    }

    /** What a capture comes to, where that is another thing than what the client knows of its host. */
    static String instead(Explained explained) {
        return "the host's own affair; it shows: " + cell(explained.verdict().sentence());
    }

    private static void row(
            int number, String provoked, String code, String said, String remedy, String capture, String log) {
        TABLE.seen(
                HEADING,
                List.of(Integer.toString(number), provoked),
                List.of(code, cell(said), cell(remedy), capture, log));
    }

    private static String cell(String text) {
        return Recorded.steady(text)
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace('\n', ' ')
                .strip();
    }
}
