package org.jpptp.lab.server;

import org.jpptp.ppp.AuthRole.Account;
import org.jpptp.ppp.AuthRole.Accounts;
import org.jpptp.ppp.Credentials;
import org.jspecify.annotations.Nullable;

/** A server's one user, who can change the password; an expired one has to. From any thread. */
public final class SingleUser implements Accounts {
    private final String name;
    private volatile Account account;

    /** @param error what attempts with the right password get, 0 for success, 648 where it has expired */
    public SingleUser(String name, String password, int error) {
        this.name = name;
        this.account = new Account(new Credentials(name, password.toCharArray()), error);
    }

    @Override
    public @Nullable Account find(String asked) {
        return asked.equals(name) ? account : null;
    }

    @Override
    public boolean change(String asked, char[] newPassword) {
        if (!asked.equals(name) || newPassword.length == 0) {
            return false;
        }
        account = new Account(new Credentials(name, newPassword), 0);
        return true;
    }
}
