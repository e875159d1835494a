package org.jpptp.client.diagnosis;

import org.jpptp.client.FailureReason;

/**
 * What the log of another program comes to where it shows no packets.
 *
 * @param windowsError the number that Windows gives such an end, 0 for none
 */
public record LoggedVerdict(FailureReason reason, int windowsError, String sentence, String remedy) {
    LoggedVerdict(FailureReason reason, String sentence, String remedy) {
        this(reason, reason.windowsError(), sentence, remedy);
    }
}
