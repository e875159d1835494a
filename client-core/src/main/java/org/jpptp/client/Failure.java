package org.jpptp.client;

/**
 * Why there is no tunnel, as told to the user.
 *
 * @param reason the exit code and the kind
 * @param sentence what was seen: a sentence or more, each with a capital letter and a full stop
 * @param remedy what to do about it
 * @param windowsError the number that Windows shows, which may be finer than the reason's, 0 for none
 */
public record Failure(FailureReason reason, String sentence, Remedy remedy, int windowsError) {
    /** With words that are the same whoever reads them, empty where nothing can be advised. */
    public static Failure of(FailureReason reason, String sentence, String remedy) {
        return of(reason, sentence, Remedy.of(remedy));
    }

    /** A failure with its reason's own Windows number. */
    public static Failure of(FailureReason reason, String sentence, Remedy remedy) {
        return new Failure(reason, sentence, remedy, reason.windowsError());
    }

    /** The same with other advice. */
    public Failure with(Remedy other) {
        return new Failure(reason, sentence, other, windowsError);
    }
}
