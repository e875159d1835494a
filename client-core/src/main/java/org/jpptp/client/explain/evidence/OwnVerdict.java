package org.jpptp.client.explain.evidence;

/**
 * What is said of the end, by a client of ours in its own trace, or by another program that shows no packets of it.
 *
 * @param reason the name of the kind of failure
 * @param windowsError the number that was given, 0 for none
 * @param sentence what was seen
 * @param remedy what was advised, empty for nothing
 */
public record OwnVerdict(String reason, int windowsError, String sentence, String remedy) {
    /** The same, and what it advised. */
    public OwnVerdict advising(String advice) {
        return new OwnVerdict(reason, windowsError, sentence, advice);
    }
}
