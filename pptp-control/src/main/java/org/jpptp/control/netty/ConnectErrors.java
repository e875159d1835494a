package org.jpptp.control.netty;

import io.netty.channel.ConnectTimeoutException;
import java.net.NoRouteToHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.control.ConnectFailure;
import org.jpptp.control.ConnectFailure.Kind;

/** What Netty throws when TCP does not come up, told apart. */
final class ConnectErrors {
    private static final int ETIMEDOUT = 110;
    private static final int ECONNREFUSED = 111;

    /** How Netty's native transport writes an errno; the words behind it depend on the locale. */
    private static final Pattern ERRNO = Pattern.compile("error\\(-(\\d{1,4})\\)");

    private ConnectErrors() {}

    static ConnectFailure failure(Throwable cause) {
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
