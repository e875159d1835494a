package org.jpptp.client.explain.evidence;

/**
 * What a client of ours has said of the end in its own trace.
 *
 * @param reason the name of the kind of failure
 * @param windowsError the number that it gave, 0 for none
 * @param sentence what it saw
 * @param remedy what it advised, empty for nothing
 */
public record OwnVerdict(String reason, int windowsError, String sentence, String remedy) {
    /** The same, and what it advised. */
    public OwnVerdict advising(String advice) {
        return new OwnVerdict(reason, windowsError, sentence, advice);
    }
}
