package org.jpptp.client.diagnosis;

import org.jpptp.client.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What a record of a tunnel, or an attempt at one, comes to.
 *
 * @param failure why there was no tunnel, or why it ended; null where nothing is wrong
 * @param sentence what was seen: of a failure its own sentence
 * @param confidence how certain that is
 */
public record Verdict(@Nullable Failure failure, String sentence, Confidence confidence) {
    /** How certain a verdict is. */
    public enum Confidence {
        /** A packet says so. */
        SEEN,
        /** It is what fits best: somebody fell silent, or the record ends. */
        LIKELY
    }

    /** The same, of a record that lacks some of what it is about. */
    public Verdict atMostLikely() {
        return new Verdict(failure, sentence, Confidence.LIKELY);
    }

    /** A failure. */
    public static Verdict of(Failure failure, Confidence confidence) {
        return new Verdict(failure, failure.sentence(), confidence);
    }

    /** Nothing is wrong. */
    static Verdict fine(String sentence, Confidence confidence) {
        return new Verdict(null, sentence, confidence);
    }
}
