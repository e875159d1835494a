package org.jpptp.cli.option;

import java.util.Arrays;
import java.util.stream.Stream;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.secret.PasswordSource;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.explain.decrypt.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The password of a tunnel that was recorded. */
public final class SecretOptions {
    private static final String STANDARD_INPUT = "-";

    private final Flag ask = new Flag("--password", "Ask for the password of the tunnel, to check it and to decrypt.");

    private final Text passwordFile = new Text(
            "--password-file", "FILE", "First line of FILE, which only its owner may read; - is standard input.");

    private final Text passwordFd =
            new Text("--password-fd", "N", "First line of the open file descriptor N; 0 is standard input.");

    private final Text hashFile = new Text(
            "--nt-hash",
            "FILE",
            "The NT hash of the password instead, 32 hexadecimal digits, as the first line of FILE.");

    public CommandSpec spec() {
        return Arguments.of(ask, passwordFile, passwordFd, hashFile);
    }

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
            if (!hashFile.isGiven()) {
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
        long given = Stream.of(ask.isSet(), passwordFile.isGiven(), passwordFd.isGiven(), hashFile.isGiven())
                .filter(each -> each)
                .count();
        if (given > 1) {
            throw new UsageException("--password, --password-file, --password-fd and --nt-hash exclude each other.");
        }
        if (ask.isSet()) {
            return PasswordSource.prompt(streams::console);
        }
        if (passwordFd.isGiven()) {
            return PasswordSource.descriptor("--password", passwordFd.number(0, 65535, "", 0), streams.in());
        }
        Text holder = passwordFile.isGiven() ? passwordFile : hashFile;
        String file = holder.value();
        if (file == null) {
            return null;
        }
        if (file.isEmpty()) {
            throw new UsageException(holder.name() + " is empty.");
        }
        return file.equals(STANDARD_INPUT)
                ? PasswordSource.descriptor("--password", 0, streams.in())
                : PasswordSource.file(file);
    }
}
