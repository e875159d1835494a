package org.jpptp.client.diagnosis;

import java.time.Duration;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeStrength;

/** What it means that a probe came to nothing, beyond what ends a tunnel. */
public final class ProbeDiagnosis {
    /** Of a tunnel without encryption. */
    public static final String CLEAR =
            "Nothing is encrypted: everybody on the way can read and change what the tunnel carries.";

    /** Of encryption that is stateful. */
    public static final String STATEFUL =
            "Stateful MPPE may use key stream twice after a loss, so that parts of the traffic can be read.";

    private ProbeDiagnosis() {}

    /** Of encryption with keys that are too short. */
    public static String shortKeys(MppeStrength strength) {
        return "MPPE keys of " + strength.bits()
                + " bits are found by trying them all: whoever records the traffic can read it.";
    }

    /** Of a method of authentication that does not prove the server. */
    public static String givesUp(AuthMethod method) {
        return switch (method) {
            case PAP -> "PAP sends the password in clear, to whoever answers and to everybody on the way.";
            case MSCHAPV1 -> "MS-CHAP v1 does not prove the server: whoever answers may be somebody else.";
            default -> method.label() + " does not prove the server, and yields no keys to encrypt with.";
        };
    }

    /** The user stopped it. */
    public static Failure interrupted() {
        return Failure.of(FailureReason.INTERRUPTED, "Stopped before the probe was over.", "");
    }

    /** The server answered, and took its time. */
    public static Failure tookTooLong(Duration budget) {
        return Failure.of(
                FailureReason.NOT_UP_IN_TIME,
                "The probe was not over within " + budget.toSeconds() + " s; what it had found by then is above.",
                "The server is slow, or much is lost on the way to it: try again later.");
    }

    /** A server that lets everybody in. */
    public static Failure asksForNothing(String server) {
        return Failure.of(
                FailureReason.AUTH_METHOD_REFUSED,
                "The server " + server + " asks nobody who they are, which leaves encryption without keys.",
                "Let the server's administrator require MS-CHAPv2: this client connects to no server that asks for"
                        + " nothing.");
    }
}
