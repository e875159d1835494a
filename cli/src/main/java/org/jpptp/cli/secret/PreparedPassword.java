package org.jpptp.cli.secret;

import java.util.Arrays;
import org.jpptp.client.SecretSource;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/**
 * A new password that was given beforehand, for the server's first question; what else is asked goes to somebody else.
 * Used until the tunnel has ended, then closed.
 */
public final class PreparedPassword implements SecretSource, AutoCloseable {
    private final char[] password;
    private final @Nullable SecretSource other;
    private boolean used;

    /**
     * @param password the caller's no more: it is wiped here
     * @param other null for nobody
     */
    public PreparedPassword(char[] password, @Nullable SecretSource other) {
        this.password = password;
        this.other = other;
    }

    @Override
    public @Nullable Credentials ask(PppEvent.SecretWanted wanted, Credentials tried) {
        Credentials change = wanted.secret() == PppEvent.Secret.NEW_PASSWORD ? change(tried) : null;
        return change != null || other == null ? change : other.ask(wanted, tried);
    }

    @Override
    public void withdraw() {
        if (other != null) {
            other.withdraw();
        }
    }

    private synchronized @Nullable Credentials change(Credentials tried) {
        if (used) {
            return null;
        }
        used = true;
        return new Credentials(tried.name(), tried.password(), password);
    }

    /** Wipes it. */
    @Override
    public synchronized void close() {
        used = true;
        Arrays.fill(password, '\0');
    }
}
