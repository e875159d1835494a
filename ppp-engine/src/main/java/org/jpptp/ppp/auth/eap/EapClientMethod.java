package org.jpptp.ppp.auth.eap;

import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.auth.AuthResult;
import org.jspecify.annotations.Nullable;

/** One EAP type on the client: Type-Data in, Type-Data out. */
interface EapClientMethod {
    /** What a Request comes to. */
    @SuppressWarnings("ArrayRecordComponent") // Taken apart, never compared.
    sealed interface Answer {
        /** A Response. */
        record Reply(byte[] data) implements Answer {}

        /** Nothing, and why. */
        record Ignored(String why) implements Answer {}

        /**
         * The end.
         *
         * @param reply the last Response, null for none
         */
        record Failed(byte @Nullable [] reply, PppFailure failure) implements Answer {}

        /** {@link #provide} brings the answer. */
        record Wanted(PppEvent.SecretWanted secret) implements Answer {}
    }

    /** The EAP type. */
    int type();

    /**
     * Takes a Request that is no repetition.
     *
     * @param identifier of the EAP packet
     * @param data the Type-Data
     */
    Answer request(int identifier, byte[] data);

    /** Answers the Request that came to {@link Answer.Wanted}. */
    Answer provide(@Nullable Credentials answer);

    /** What an EAP-Success would mean now; null while it would come too early. */
    @Nullable
    AuthResult result();
}
