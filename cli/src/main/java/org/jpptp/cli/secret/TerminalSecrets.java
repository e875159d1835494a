package org.jpptp.cli.secret;

import java.io.Console;
import java.io.PrintStream;
import java.util.Arrays;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.SecretSource;
import org.jpptp.client.diagnosis.LinkEvidence;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/** Asks on a terminal, without echo, when the server does not take the password. An empty answer gives up. */
public final class TerminalSecrets implements SecretSource {
    private static final int TRIES = 3;

    private final Console console;
    private final PrintStream out;

    /** @param out the same terminal: while the console reads, nobody can write to it */
    public TerminalSecrets(Console console, PrintStream out) {
        this.console = console;
        this.out = out;
    }

    /** What is said next begins a line of its own; the JVM turns the echo on when it ends. */
    @Override
    public void withdraw() {
        out.println();
    }

    @Override
    public @Nullable Credentials ask(PppEvent.SecretWanted wanted, Credentials tried) {
        say(sentence(LinkEvidence.line(wanted.refusal())));
        return switch (wanted.secret()) {
            case CREDENTIALS -> {
                char[] password = read("Password for " + tried.name() + " (empty to give up): ");
                yield password == null ? null : wiping(password, new Credentials(tried.name(), password));
            }
            case NEW_PASSWORD -> {
                char[] password = newPassword();
                yield password == null
                        ? null
                        : wiping(password, new Credentials(tried.name(), tried.password(), password));
            }
        };
    }

    /** Asks for one until it is typed the same twice; null where the user gives up, or after three times. */
    char @Nullable [] newPassword() {
        for (int i = 0; i < TRIES; i++) {
            char[] password = read("New password: ");
            if (password == null) {
                return null;
            }
            char[] again = console.readPassword("New password again: ");
            boolean same = again != null && Arrays.equals(password, again);
            if (again != null) {
                Arrays.fill(again, '\0');
            }
            if (same) {
                return password;
            }
            Arrays.fill(password, '\0');
            say("The two are not the same.");
        }
        return null;
    }

    private char @Nullable [] read(String prompt) {
        char[] password = console.readPassword("%s", prompt);
        if (password == null || password.length == 0) {
            return null;
        }
        try {
            return FirstLine.checked(password, "The password");
        } catch (UsageException e) {
            say(e.sentence());
            return null;
        }
    }

    private static Credentials wiping(char[] password, Credentials copy) {
        Arrays.fill(password, '\0');
        return copy;
    }

    private static String sentence(String evidence) {
        return evidence.isEmpty()
                ? "The server does not take the password."
                : Character.toUpperCase(evidence.charAt(0)) + evidence.substring(1) + ".";
    }

    private void say(String sentence) {
        console.printf("%s%n", sentence);
    }
}
