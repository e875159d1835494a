package org.jpptp.client;

/**
 * Why there is no tunnel, as told to the user.
 *
 * @param reason the exit code and the kind
 * @param sentence what was seen, one sentence with a capital letter and a full stop
 * @param remedy what to do about it, one sentence, empty where nothing can be advised
 * @param windowsError the number that Windows shows, which may be finer than the reason's, 0 for none
 */
public record Failure(FailureReason reason, String sentence, String remedy, int windowsError) {
    /** A failure with its reason's own Windows number. */
    public static Failure of(FailureReason reason, String sentence, String remedy) {
        return new Failure(reason, sentence, remedy, reason.windowsError());
    }
}
