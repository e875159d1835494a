package org.jpptp.client;

import org.jpptp.ppp.Credentials;

/**
 * Whom to connect as.
 *
 * @param credentials the name with its domain, the password, and the one that it is to be changed to if it has expired
 */
public record Identity(Credentials credentials) {
    /** The user's name as it is sent to the server, with its domain. */
    public String user() {
        return credentials.name();
    }
}
