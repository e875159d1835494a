package org.jpptp.cli.option;

import java.util.Arrays;
import java.util.Optional;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.secret.PasswordSource;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.Identity;
import org.jpptp.ppp.Credentials;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Whom to connect as. */
public final class UserOptions {
    /** As a file's name: what the program reads from. */
    private static final String STANDARD_INPUT = "-";

    final Text user = new Text("-u", "--user", "NAME", "User name; DOMAIN\\NAME where the server has domains.");

    final Text domain = new Text("--domain", "DOMAIN", "The same as -u 'DOMAIN\\NAME'.");

    final Text passwordFile = new Text(
            "--password-file", "FILE", "First line of FILE, which only its owner may read; - is standard input.");

    final Text passwordFd =
            new Text("--password-fd", "N", "First line of the open file descriptor N; 0 is standard input.");

    final Flag change = new Flag("--change-password", "Change the password if the server says that it has expired.");

    private final Text newPasswordFile = new Text("--new-password-file", "FILE", "To the first line of FILE.");

    private final Text newPasswordFd = new Text("--new-password-fd", "N", "To the first line of the descriptor N.");

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

    CommandSpec spec() {
        return Arguments.of(user, domain, passwordFile, passwordFd, change, newPasswordFile, newPasswordFd);
    }

    /**
     * Understands it, and reads nothing.
     *
     * @param elsewhere where the password is if no option says so
     * @throws UsageException for the first argument that is wrong
     */
    Checked check(Streams streams, Optional<PasswordSource> elsewhere) {
        String name = name(user.or(""));
        PasswordSource given = source("--password", passwordFile, passwordFd, streams);
        PasswordSource changed = source("--new-password", newPasswordFile, newPasswordFd, streams);
        if (changed != null && !change.isSet()) {
            throw new UsageException((newPasswordFile.isGiven() ? newPasswordFile : newPasswordFd).name()
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
        if (change.isSet() && changed == null) {
            changed = PasswordSource.newPasswordPrompt(streams::console);
        }
        boolean interactive = given == null;
        return new Checked(name, given == null ? PasswordSource.prompt(streams::console) : given, interactive, changed);
    }

    private String name(String user) {
        if (user.isEmpty()) {
            throw new UsageException("--user is empty.");
        }
        String of = domain.value();
        if (of != null && (of.isEmpty() || of.indexOf('\\') >= 0)) {
            throw new UsageException("--domain takes the name of a domain without a backslash.");
        }
        if (of != null && user.indexOf('\\') >= 0) {
            throw new UsageException("--domain and --user both name a domain; give it once.");
        }
        String name = of == null ? user : of + "\\" + user;
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

    private static @Nullable PasswordSource source(String option, Text fromFile, Text fromDescriptor, Streams streams) {
        String file = fromFile.value();
        String descriptor = fromDescriptor.value();
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
                        option, Numbers.parse(fromDescriptor.name(), descriptor, 0, 65535, ""), streams.in());
    }

    /** The descriptor that is read, null for none. */
    private static @Nullable Integer number(Text file, Text descriptor) {
        if (STANDARD_INPUT.equals(file.value())) {
            return 0;
        }
        return descriptor.isGiven() ? Integer.valueOf(descriptor.or("")) : null;
    }

    private void checkDistinct() {
        String file = passwordFile.value();
        if (file != null && file.equals(newPasswordFile.value()) && !file.equals(STANDARD_INPUT)) {
            throw new UsageException("--password-file and --new-password-file name the same file.");
        }
        Integer first = number(passwordFile, passwordFd);
        if (first != null && first.equals(number(newPasswordFile, newPasswordFd))) {
            throw new UsageException(
                    "--password-fd and --new-password-fd read the same descriptor; give each its own.");
        }
    }
}
