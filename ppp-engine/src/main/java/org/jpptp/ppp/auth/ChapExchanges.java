package org.jpptp.ppp.auth;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The last Responses of a client. */
final class ChapExchanges {
    private static final int REMEMBERED = 8;

    /** The last first. */
    private final Deque<ChapExchange> exchanges = new ArrayDeque<>();

    void remember(ChapExchange exchange) {
        exchanges.addFirst(exchange);
        if (exchanges.size() > REMEMBERED) {
            exchanges.removeLast();
        }
    }

    /** One verdict is on the credentials, and so on every Response that has them. */
    void moveTo(ChapExchanges others) {
        while (!exchanges.isEmpty()) {
            others.remember(exchanges.removeLast());
        }
    }

    @Nullable
    ChapExchange last() {
        return exchanges.peekFirst();
    }

    /** The last with an identifier. */
    @Nullable
    ChapExchange find(int identifier) {
        return find(each -> each.identifier() == identifier);
    }

    /** The answer to a Challenge. */
    @Nullable
    ChapExchange find(ChapPacket.Challenge challenge) {
        return find(each ->
                each.identifier() == challenge.identifier() && Arrays.equals(each.challenge(), challenge.value()));
    }

    /** The last with an identifier whose proof this is; where nothing has to be proved, the last. */
    @Nullable
    ChapExchange find(int identifier, byte @Nullable [] proof) {
        return find(each -> each.identifier() == identifier && proves(proof, each.proof()));
    }

    private static boolean proves(byte @Nullable [] proof, byte @Nullable [] expected) {
        return expected == null || (proof != null && MessageDigest.isEqual(proof, expected));
    }

    /** Whether a challenge is our own. */
    boolean haveOwn(byte[] challenge) {
        return find(each -> each.ownChallenge() != null && Arrays.equals(each.ownChallenge(), challenge)) != null;
    }

    private @Nullable ChapExchange find(Predicate<ChapExchange> which) {
        return exchanges.stream().filter(which).findFirst().orElse(null);
    }
}
