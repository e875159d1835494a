package org.jpptp.lab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jpptp.client.FailureReason;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explainer;
import org.jpptp.client.explain.Explanation;

/** What is made of a log that a test has as text. */
final class LoggedText {
    private LoggedText() {}

    static Explanation explain(String log) throws IOException {
        return new Explainer(null, Explainer.Show.BEGINNINGS)
                .explain("log", new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
    }

    /** The one call that it tells of. */
    static Explained one(String log) throws IOException {
        Explanation explanation = explain(log);
        assertThat(explanation.calls()).hasSize(1);
        return explanation.calls().get(0);
    }

    /** It tells of one call, which fails. */
    static void failsFor(FailureReason reason, String sentence, String log) throws IOException {
        Explained call = one(log);
        assertThat(call.verdict().failure()).as(call.verdict().sentence()).isNotNull();
        assertThat(call.verdict().failure().reason()).isEqualTo(reason);
        assertThat(call.verdict().sentence()).contains(sentence);
    }
}
