package org.jpptp.ppp.auth.eap;

import java.util.function.Consumer;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.auth.AuthResult;

/** One EAP type on the server: Type-Data in, Type-Data out. */
interface EapServerMethod {
    /** What a Response comes to. */
    @SuppressWarnings("ArrayRecordComponent") // Taken apart, never compared.
    sealed interface Step {
        /** The next Request. */
        record Ask(byte[] data) implements Step {
            @Override
            public void match(
                    Consumer<Ask> ask,
                    Consumer<Ignored> ignored,
                    Consumer<Accepted> accepted,
                    Consumer<Refused> refused) {
                ask.accept(this);
            }
        }

        /** Nothing, and why. */
        record Ignored(String why) implements Step {
            @Override
            public void match(
                    Consumer<Ask> ask,
                    Consumer<Ignored> ignored,
                    Consumer<Accepted> accepted,
                    Consumer<Refused> refused) {
                ignored.accept(this);
            }
        }

        /** EAP-Success. */
        record Accepted(AuthResult result) implements Step {
            @Override
            public void match(
                    Consumer<Ask> ask,
                    Consumer<Ignored> ignored,
                    Consumer<Accepted> accepted,
                    Consumer<Refused> refused) {
                accepted.accept(this);
            }
        }

        /** EAP-Failure. */
        record Refused(PppFailure failure) implements Step {
            @Override
            public void match(
                    Consumer<Ask> ask,
                    Consumer<Ignored> ignored,
                    Consumer<Accepted> accepted,
                    Consumer<Refused> refused) {
                refused.accept(this);
            }
        }

        /** Does what is said for this answer, one of the four. */
        void match(
                Consumer<Ask> ask, Consumer<Ignored> ignored, Consumer<Accepted> accepted, Consumer<Refused> refused);
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
     * @param next the identifier of the EAP packet that the next Request will be
     */
    Step response(byte[] data, int next);
}
