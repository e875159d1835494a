package org.jpptp.ppp;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which side of the authentication a link is on. */
public sealed interface AuthRole {
    /**
     * The client: proves who it is, and verifies the server's proof where the method has one.
     *
     * @param credentials what is proved
     * @param allowed the methods that policy allows; a server that insists on another is refused
     * @param interactive whether somebody answers {@link PppEvent.SecretWanted}: else a rejected or expired password
     *     ends the link at once
     */
    record Authenticatee(Credentials credentials, Set<AuthMethod> allowed, boolean interactive) implements AuthRole {
        public Authenticatee {
            allowed = Set.copyOf(allowed);
        }

        /** A client whose user is asked nothing. */
        public Authenticatee(Credentials credentials, Set<AuthMethod> allowed) {
            this(credentials, allowed, false);
        }
    }

    /**
     * The server: demands that the peer proves who it is.
     *
     * @param name the server's own name, sent in Challenges
     * @param accounts where passwords are looked up
     * @param methods what is accepted; LCP demands the first, and another of them where the peer Naks that
     * @param retries how many wrong passwords are answered with permission to try again (R=1)
     * @param keys whether it knows the keys that a method yields: one whose RADIUS server returns none does not
     * @param greeting the text of a success (M= of MS-CHAPv2), empty for none
     */
    record Authenticator(
            String name, Accounts accounts, List<AuthMethod> methods, int retries, boolean keys, String greeting)
            implements AuthRole {
        private static final String GRANTED = "Access granted";

        public Authenticator {
            methods = List.copyOf(methods);
        }

        /** A server that demands one method and forgives nothing. */
        public Authenticator(String name, Accounts accounts, AuthMethod method) {
            this(name, accounts, List.of(method), 0);
        }

        /** A server that knows the keys and greets as pppd does. */
        public Authenticator(String name, Accounts accounts, List<AuthMethod> methods, int retries) {
            this(name, accounts, methods, retries, true);
        }

        /** A server that greets as pppd does. */
        public Authenticator(String name, Accounts accounts, List<AuthMethod> methods, int retries, boolean keys) {
            this(name, accounts, methods, retries, keys, GRANTED);
        }
    }

    /** A server's users. */
    interface Accounts {
        /**
         * Finds a user.
         *
         * @param name as the peer sent it, with its domain
         * @return the account, or null where no such user exists
         */
        @Nullable
        Account find(String name);

        /**
         * Changes the password of a user whose old one was right (RFC 2759 §7).
         *
         * @param newPassword the caller wipes it afterwards
         * @return false where that is refused, which is E=709
         */
        default boolean change(String name, char[] newPassword) {
            return false;
        }
    }

    /**
     * One user of a server.
     *
     * @param credentials name and password
     * @param error 0, or the MS-CHAP error that every attempt gets although the password is right: 646 hours, 647
     *     disabled, 648 expired, 649 no dial-in permission (RFC 2759 §6)
     */
    record Account(Credentials credentials, int error) {}
}
