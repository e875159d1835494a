package org.jpptp.cli.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jpptp.client.Failure;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explainer;
import org.jpptp.client.explain.Explanation;

/** What {@code explain} makes of somebody else's record of a tunnel, beside what the client itself said. */
final class Recorded {
    /** What differs from run to run, and between two who look from two places. */
    private static final Pattern COUNT = Pattern.compile(
            "\\b\\d+(?:\\.\\d+)?(?= (?:s|sent|received|GRE packets?|packets?|Configure-Requests|from|datagrams)\\b)"
                    + "|(?<= none of our )\\d+");

    private static final Pattern REJECTED = Pattern.compile("(protocols that we never sent )\\([0-9a-fx, ]+\\)");

    private static final Pattern NUMBER = Pattern.compile("\\b(id|magic)([= ])0x[0-9a-f]+");

    private Recorded() {}

    /** All tunnels of a capture. */
    static List<Explained> ofCapture(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Explanation explanation = new Explainer(null, Explainer.Show.BEGINNINGS).explain(file.toString(), in);
            assertThat(explanation.warnings()).isEmpty();
            assertThat(explanation.calls()).as("tunnels in %s", file).isNotEmpty();
            return explanation.calls();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last tunnel of a log. */
    static Explained ofLog(String text) {
        try {
            Explanation explanation = new Explainer(null, Explainer.Show.BEGINNINGS)
                    .explain("log", new ByteArrayInputStream(text.getBytes(UTF_8)));
            assertThat(explanation.calls()).as("tunnels in %s", text).isNotEmpty();
            return explanation.calls().get(explanation.calls().size() - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It says of the failure what the client said: cause, numbers, evidence. */
    static void saysTheSame(Explained explained, Failure failure) {
        Failure told = explained.verdict().failure();
        String ladder = String.join(
                "\n", explained.ladder().stream().map(rung -> rung.text()).toList());
        // A capture has each try by itself.
        String said = failure.sentence().replaceFirst(" It said so again at .*", "");
        assertThat(steady(explained.verdict().sentence())).as(ladder).isEqualTo(steady(said));
        assertThat(told).isNotNull();
        assertThat(told.reason()).isEqualTo(failure.reason());
        assertThat(told.windowsError()).isEqualTo(failure.windowsError());
        assertThat(explained.proofs()).as(ladder).isNotEmpty();
    }

    /** It comes to the same cause. A log has no addresses, and tells less. */
    static void comesToTheSame(Explained explained, int code) {
        Failure told = explained.verdict().failure();
        String ladder = String.join(
                "\n", explained.ladder().stream().map(rung -> rung.text()).toList());
        assertThat(told).as(explained.verdict().sentence() + "\n" + ladder).isNotNull();
        assertThat(told.reason().exitCode())
                .as(explained.verdict().sentence() + "\n" + ladder)
                .isEqualTo(code);
    }

    /** A sentence with a letter in the place of each counter. */
    static String steady(String sentence) {
        // Both are true of a server that does both; which it did last depends on whose packet was the faster.
        String offered = sentence.replace("the peer asked for ", "the peer offered ")
                .replace("GRE packet was ", "GRE packets were ")
                // When the first echo is due is the machine's affair.
                .replace(". None was ever answered on this link", "")
                .replace("; earlier ones were answered", "");
        String counted = COUNT.matcher(offered).replaceAll("N");
        // Which numbers another key makes of datagrams is chance.
        counted = REJECTED.matcher(counted).replaceAll("$1(N, N, N)");
        return NUMBER.matcher(counted).replaceAll("$1$20xN");
    }
}
