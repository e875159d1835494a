package org.jpptp.control.wire;

import java.util.function.Function;

/** What decoding the octets at hand gave; a peer's input never makes an exception. */
public sealed interface DecodeResult {
    /**
     * One whole message.
     *
     * @param reservedSet whether a reserved field is not zero; seen from real peers, and accepted
     */
    record Decoded(ControlMessage message, boolean reservedSet) implements DecodeResult {
        @Override
        public <R> R fold(
                Function<Decoded, R> decoded, Function<Malformed, R> malformed, Function<NeedMore, R> needMore) {
            return decoded.apply(this);
        }
    }

    /**
     * Octets that are no message, which ends the connection: RFC 2637 §1.4 has no way to find the next one.
     *
     * @param evidence what was seen, in words, escaped, without a full stop
     */
    record Malformed(Reason reason, String evidence) implements DecodeResult {
        @Override
        public <R> R fold(
                Function<Decoded, R> decoded, Function<Malformed, R> malformed, Function<NeedMore, R> needMore) {
            return malformed.apply(this);
        }
    }

    /**
     * The beginning of a message.
     *
     * @param octets how many more are needed at least
     */
    record NeedMore(int octets) implements DecodeResult {
        @Override
        public <R> R fold(
                Function<Decoded, R> decoded, Function<Malformed, R> malformed, Function<NeedMore, R> needMore) {
            return needMore.apply(this);
        }
    }

    /** What the function of this case makes of it. */
    <R> R fold(Function<Decoded, R> decoded, Function<Malformed, R> malformed, Function<NeedMore, R> needMore);

    /** The ways of being malformed. */
    enum Reason {
        /** No magic cookie: the peer speaks something else. */
        NOT_PPTP,
        /** The PPTP Message Type is not 1, Control Message. */
        NOT_CONTROL,
        /** The Control Message Type is none of the fifteen. */
        UNKNOWN_TYPE,
        /** The length is not the one of the type. */
        BAD_LENGTH,
        /** A length inside the message exceeds its field. */
        BAD_VALUE
    }
}
