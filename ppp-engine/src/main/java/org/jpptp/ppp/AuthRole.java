package org.jpptp.ppp;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which side of the authentication a link is on. */
public sealed interface AuthRole {
    /**
     * The client: proves who it is, and verifies the server's proof where the method has one.
     *
     * @param credentials what is proved
     * @param allowed the methods that policy allows; a server that insists on another is refused
     */
    record Authenticatee(Credentials credentials, Set<AuthMethod> allowed) implements AuthRole {
        public Authenticatee {
            allowed = Set.copyOf(allowed);
        }
    }

    /**
     * The server: demands that the peer proves who it is.
     *
     * @param name the server's own name, sent in Challenges
     * @param accounts where passwords are looked up
     * @param method what is demanded in LCP
     */
    record Authenticator(String name, Accounts accounts, AuthMethod method) implements AuthRole {}

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
