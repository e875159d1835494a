package org.jpptp.cli.option;

import java.util.Arrays;
import java.util.Optional;
import org.jpptp.cli.secret.PasswordSource;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.Identity;
import org.jpptp.ppp.Credentials;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom to connect as. */
public final class UserOptions {
    /** As a file's name: what the program reads from. */
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = {"-u", "--user"},
            paramLabel = "NAME",
            description = "User name; DOMAIN\\NAME where the server has domains.")
    @Nullable
    String user;

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "The same as -u 'DOMAIN\\NAME'.")
    @Nullable
    String domain;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "First line of FILE, which only its owner may read; - is standard input.")
    @Nullable
    String passwordFile;

    @Option(
            names = "--password-fd",
            paramLabel = "N",
            description = "First line of the open file descriptor N; 0 is standard input.")
    @Nullable
    String passwordFd;

    @Option(names = "--change-password", description = "Change the password if the server says that it has expired.")
    boolean change;

    @Option(names = "--new-password-file", paramLabel = "FILE", description = "To the first line of FILE.")
    @Nullable
    String newPasswordFile;

    @Option(names = "--new-password-fd", paramLabel = "N", description = "To the first line of the descriptor N.")
    @Nullable
    String newPasswordFd;

    /**
     * Where name and passwords come from.
     *
     * @param interactive whether the password is asked for on a terminal, where others can be asked for, too
     * @param newPassword what an expired one is to be changed to, null for not at all
     */
    public record Checked(
            String name,
            PasswordSource password,
            boolean interactive,
            @Nullable PasswordSource newPassword) {
        /** The same with passwords that come from elsewhere, and nobody to ask for others. */
        public Checked with(PasswordSource given, @Nullable PasswordSource changed) {
            return new Checked(name, given, false, changed);
        }

        /**
         * Reads the password.
         *
         * @return for the caller to wipe
         * @throws UsageException when there is none
         */
        public Identity identity() {
            char[] secret = password.read();
            try {
                return new Identity(new Credentials(name, secret));
            } finally {
                Arrays.fill(secret, '\0');
            }
        }
    }

    /**
     * Understands it, and reads nothing.
     *
     * @param elsewhere where the password is if no option says so
     * @throws UsageException for the first argument that is wrong
     */
    Checked check(Streams streams, Optional<PasswordSource> elsewhere) {
        String name = name(user == null ? "" : user);
        PasswordSource given = source("--password", passwordFile, passwordFd, streams);
        PasswordSource changed = source("--new-password", newPasswordFile, newPasswordFd, streams);
        if (changed != null && !change) {
            throw new UsageException((newPasswordFile == null ? "--new-password-fd" : "--new-password-file")
                    + " goes with --change-password only.");
        }
        checkDistinct();
        String variable = streams.environment().get(PasswordSource.VARIABLE);
        if (given == null) {
            given = elsewhere.orElse(null);
        }
        if (given == null && variable != null) {
            given = PasswordSource.environment(variable);
        }
        if (change && changed == null) {
            changed = PasswordSource.newPasswordPrompt(streams::console);
        }
        boolean interactive = given == null;
        return new Checked(name, given == null ? PasswordSource.prompt(streams::console) : given, interactive, changed);
    }

    private String name(String user) {
        if (user.isEmpty()) {
            throw new UsageException("--user is empty.");
        }
        if (domain != null && (domain.isEmpty() || domain.indexOf('\\') >= 0)) {
            throw new UsageException("--domain takes the name of a domain without a backslash.");
        }
        if (domain != null && user.indexOf('\\') >= 0) {
            throw new UsageException("--domain and --user both name a domain; give it once.");
        }
        String name = domain == null ? user : domain + "\\" + user;
        // RFC 2759 §4: at most 256 characters.
        if (name.length() > 256) {
            throw new UsageException("--user is longer than the 256 characters that MS-CHAPv2 takes.");
        }
        if (name.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
            throw new UsageException("--user holds characters that this locale cannot express, or that are no letters;"
                    + " for letters beyond ASCII set LC_ALL=C.UTF-8.");
        }
        return name;
    }

    private static @Nullable PasswordSource source(
            String option, @Nullable String file, @Nullable String descriptor, Streams streams) {
        if (file != null && descriptor != null) {
            throw new UsageException(option + "-file and " + option + "-fd exclude each other.");
        }
        if (file != null && file.isEmpty()) {
            throw new UsageException(option + "-file is empty.");
        }
        if (file != null && !file.equals(STANDARD_INPUT)) {
            return PasswordSource.file(file);
        }
        if (file != null) {
            return PasswordSource.descriptor(option, 0, streams.in());
        }
        return descriptor == null
                ? null
                : PasswordSource.descriptor(
                        option, Numbers.parse(option + "-fd", descriptor, 0, 65535, ""), streams.in());
    }

    /** The descriptor that is read, null for none. */
    private static @Nullable Integer number(@Nullable String file, @Nullable String descriptor) {
        if (STANDARD_INPUT.equals(file)) {
            return 0;
        }
        return descriptor == null ? null : Integer.valueOf(descriptor);
    }

    private void checkDistinct() {
        if (passwordFile != null && passwordFile.equals(newPasswordFile) && !passwordFile.equals(STANDARD_INPUT)) {
            throw new UsageException("--password-file and --new-password-file name the same file.");
        }
        Integer first = number(passwordFile, passwordFd);
        if (first != null && first.equals(number(newPasswordFile, newPasswordFd))) {
            throw new UsageException(
                    "--password-fd and --new-password-fd read the same descriptor; give each its own.");
        }
    }
}
