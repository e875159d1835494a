package org.jpptp.ppp.fsm;

import java.util.List;
import org.jpptp.ppp.Negotiation;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.wire.ConfigOption;
import org.jspecify.annotations.Nullable;

/** What one control protocol negotiates; the {@link OptionFsm} does the rest. */
public interface OptionPolicy {
    /** The lower layer has come up: forget what an earlier negotiation came to. */
    void start();

    /** The options to ask for now, after all Naks and Rejects so far. */
    List<ConfigOption> request();

    /**
     * Judges a peer's request; where that is an Ack, its values hold from now on.
     *
     * @param mayNak false once the peer had its share of Naks: what it insists on is Rejected, what it leaves out is
     *     accepted or a failure
     */
    Verdict judge(List<ConfigOption> request, boolean mayNak);

    /**
     * The peer suggests other values.
     *
     * @return null to ask again, or why that is of no use
     */
    @Nullable
    PppFailure nakked(List<ConfigOption> suggested);

    /**
     * The peer refuses options; each is one of our last request.
     *
     * @return null to ask again without them, or why that is of no use
     */
    @Nullable
    PppFailure rejected(List<ConfigOption> refused);

    /**
     * Why an option of the peer's is not accepted as it is, a clause for traces.
     *
     * @param option as the peer sent it
     */
    String why(ConfigOption option);

    /** Whether this protocol has a code, beyond 1 to 7 which all have. */
    boolean knows(int code);

    /**
     * What the end of a negotiation is for this protocol.
     *
     * @param seen what was sent and received
     */
    PppFailure gaveUp(GaveUp why, Negotiation seen);
}
