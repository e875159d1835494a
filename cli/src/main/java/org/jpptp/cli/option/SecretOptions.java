package org.jpptp.cli.option;

import java.util.Arrays;
import org.jpptp.cli.secret.PasswordSource;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.explain.decrypt.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The password of a tunnel that was recorded. */
public final class SecretOptions {
    private static final String STANDARD_INPUT = "-";

    @Option(names = "--password", description = "Ask for the password of the tunnel, to check it and to decrypt.")
    boolean ask;

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

    @Option(
            names = "--nt-hash",
            paramLabel = "FILE",
            description = "The NT hash of the password instead, 32 hexadecimal digits, as the first line of FILE.")
    @Nullable
    String hashFile;

    /**
     * Reads what was given.
     *
     * @return for the caller to wipe; null where nothing was given
     * @throws UsageException for an argument that is wrong
     */
    public @Nullable Secret read(Streams streams) {
        PasswordSource source = source(streams);
        if (source == null) {
            return null;
        }
        char[] text = source.read();
        try {
            if (hashFile == null) {
                return Secret.password(text);
            }
            Secret hash = Secret.hash(new String(text).strip());
            if (hash == null) {
                throw new UsageException("--nt-hash takes a file with 32 hexadecimal digits.");
            }
            return hash;
        } finally {
            Arrays.fill(text, '\0');
        }
    }

    private @Nullable PasswordSource source(Streams streams) {
        int given = (ask ? 1 : 0)
                + (passwordFile == null ? 0 : 1)
                + (passwordFd == null ? 0 : 1)
                + (hashFile == null ? 0 : 1);
        if (given > 1) {
            throw new UsageException("--password, --password-file, --password-fd and --nt-hash exclude each other.");
        }
        if (ask) {
            return PasswordSource.prompt(streams::console);
        }
        if (passwordFd != null) {
            return PasswordSource.descriptor(
                    "--password", Numbers.parse("--password-fd", passwordFd, 0, 65535, ""), streams.in());
        }
        String file = passwordFile == null ? hashFile : passwordFile;
        if (file == null) {
            return null;
        }
        if (file.isEmpty()) {
            throw new UsageException((hashFile == null ? "--password-file" : "--nt-hash") + " is empty.");
        }
        return file.equals(STANDARD_INPUT)
                ? PasswordSource.descriptor("--password", 0, streams.in())
                : PasswordSource.file(file);
    }
}
