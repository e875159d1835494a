package org.jpptp.ppp.link;

import java.util.Locale;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.PppFailure;

/** What the peer is told in our Terminate-Request: our reason for closing, else no more than the cause. */
final class LastWords {
    private LastWords() {}

    static String of(PppFailure failure) {
        return failure instanceof LinkFailure.Closed closed
                ? closed.reason()
                : failure.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
