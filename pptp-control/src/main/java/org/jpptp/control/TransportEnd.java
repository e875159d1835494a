package org.jpptp.control;

import java.util.Locale;
import org.jpptp.control.wire.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * How the TCP connection below a control connection came to its end.
 *
 * @param kind who or what ended it
 * @param said what the system said of it, escaped; empty for nothing
 */
public record TransportEnd(Kind kind, String said) {
    private static final int SAID_LIMIT = 80;

    /** The kinds of ends that are told apart. */
    public enum Kind {
        /** The peer closed it. */
        CLOSED,
        /** It broke. */
        BROKEN,
        /** We closed it, because the peer lets us answer and does not read the answers. */
        UNREAD
    }

    /** The peer closed it in an orderly way. */
    public static final TransportEnd CLOSED = new TransportEnd(Kind.CLOSED, "");

    /** Of what {@link ControlTransport.Listener#closed} is told. */
    public static TransportEnd of(@Nullable Throwable cause) {
        if (cause == null) {
            return CLOSED;
        }
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        // In front of the last colon stands the system call, which is nothing to a user.
        String said = message.substring(message.lastIndexOf(':') + 1).strip().toLowerCase(Locale.ROOT);
        String quoted = PeerText.quote(said, SAID_LIMIT);
        return new TransportEnd(
                cause instanceof UnreadException ? Kind.UNREAD : Kind.BROKEN,
                quoted.substring(1, quoted.lastIndexOf('"')));
    }
}
