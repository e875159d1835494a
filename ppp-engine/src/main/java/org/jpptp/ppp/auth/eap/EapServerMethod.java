package org.jpptp.ppp.auth.eap;

import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.auth.AuthResult;

/** One EAP type on the server: Type-Data in, Type-Data out. */
interface EapServerMethod {
    /** What a Response comes to. */
    @SuppressWarnings("ArrayRecordComponent") // Taken apart, never compared.
    sealed interface Step {
        /** The next Request. */
        record Ask(byte[] data) implements Step {}

        /** Nothing, and why. */
        record Ignored(String why) implements Step {}

        /** EAP-Success. */
        record Accepted(AuthResult result) implements Step {}

        /** EAP-Failure. */
        record Refused(PppFailure failure) implements Step {}
    }

    /** The EAP type. */
    int type();

    /**
     * The Type-Data of the first Request.
     *
     * @param identifier of its EAP packet
     */
    byte[] begin(int identifier);

    /**
     * Takes the Response to the last Request.
     *
     * @param data the Type-Data
     */
    Step response(byte[] data);
}
