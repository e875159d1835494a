package org.jpptp.client.diagnosis;

import org.jpptp.client.Failure;

/** What it means to a user that a tunnel that was lost does not come back. */
public final class ReconnectDiagnosis {
    /** What a tunnel does between two tries, a clause. */
    public static final String WAITING = "waiting for the next try to reconnect";

    private ReconnectDiagnosis() {}

    /**
     * No more tries are allowed.
     *
     * @param last how the last one failed
     * @param tries how many failed in a row
     */
    public static Failure gaveUp(Failure last, int tries) {
        String sentence = last.sentence().strip() + " "
                + (tries == 1 ? "A try to reconnect has" : tries + " tries to reconnect have")
                + " failed, and no more are allowed.";
        return new Failure(last.reason(), sentence, last.remedy(), last.windowsError());
    }
}
