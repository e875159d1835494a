package org.jpptp.control.netty;

import io.netty.channel.ConnectTimeoutException;
import java.net.NoRouteToHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why TCP did not come up.
 *
 * @param kind what a caller acts on
 * @param cause what the operating system or Netty said
 */
public record ConnectFailure(Kind kind, Throwable cause) {
    /** The kinds that are told apart. */
    public enum Kind {
        /** The server's host answered that nothing listens (ECONNREFUSED). */
        REFUSED,
        /** Nobody answered in time. */
        TIMED_OUT,
        /** Somebody on the way, or this host, knows no route (EHOSTUNREACH, ENETUNREACH). */
        UNREACHABLE,
        /** Anything else: a local filter, a lack of descriptors, ... */
        OTHER
    }

    private static final int ETIMEDOUT = 110;
    private static final int ECONNREFUSED = 111;

    /** How Netty's native transport writes an errno; the words behind it depend on the locale. */
    private static final Pattern ERRNO = Pattern.compile("error\\(-(\\d{1,4})\\)");

    static ConnectFailure of(Throwable cause) {
        return new ConnectFailure(kind(cause), cause);
    }

    private static Kind kind(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return Kind.TIMED_OUT;
        }
        if (cause instanceof NoRouteToHostException) {
            return Kind.UNREACHABLE;
        }
        Matcher errno = ERRNO.matcher(String.valueOf(cause.getMessage()));
        if (!errno.find()) {
            return Kind.OTHER;
        }
        return switch (Integer.parseInt(errno.group(1))) {
            case ECONNREFUSED -> Kind.REFUSED;
            case ETIMEDOUT -> Kind.TIMED_OUT;
            default -> Kind.OTHER;
        };
    }
}
