package org.jpptp.ppp.auth.eap;

import java.util.function.Consumer;
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
        record Reply(byte[] data) implements Answer {
            @Override
            public void match(
                    Consumer<Reply> reply,
                    Consumer<Ignored> ignored,
                    Consumer<Failed> failed,
                    Consumer<Wanted> wanted) {
                reply.accept(this);
            }
        }

        /** Nothing, and why. */
        record Ignored(String why) implements Answer {
            @Override
            public void match(
                    Consumer<Reply> reply,
                    Consumer<Ignored> ignored,
                    Consumer<Failed> failed,
                    Consumer<Wanted> wanted) {
                ignored.accept(this);
            }
        }

        /**
         * The end.
         *
         * @param reply the last Response, null for none
         */
        record Failed(byte @Nullable [] reply, PppFailure failure) implements Answer {
            @Override
            public void match(
                    Consumer<Reply> reply,
                    Consumer<Ignored> ignored,
                    Consumer<Failed> failed,
                    Consumer<Wanted> wanted) {
                failed.accept(this);
            }
        }

        /** {@link #provide} brings the answer. */
        record Wanted(PppEvent.SecretWanted secret) implements Answer {
            @Override
            public void match(
                    Consumer<Reply> reply,
                    Consumer<Ignored> ignored,
                    Consumer<Failed> failed,
                    Consumer<Wanted> wanted) {
                wanted.accept(this);
            }
        }

        /** Does what is said for this answer, one of the four. */
        void match(Consumer<Reply> reply, Consumer<Ignored> ignored, Consumer<Failed> failed, Consumer<Wanted> wanted);
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

    /** Why there is no success if the server hears no answer to {@link Answer.Wanted}; null while nobody is asked. */
    default @Nullable PppFailure pending() {
        return null;
    }

    /** What an EAP-Success would mean now; null while it would come too early. */
    @Nullable
    AuthResult result();
}
