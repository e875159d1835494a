package org.jpptp.cli.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jpptp.cli.file.NotWrittenException;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.record.PrivateFile;
import org.jpptp.cli.secret.PasswordSource;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.Failure;
import org.jpptp.client.HookSettings;
import org.jpptp.client.HookSettings.Moment;
import org.jspecify.annotations.Nullable;

/**
 * The files that a profile names beside itself, seen as a start sees them, and by the same code: passwords are read and
 * forgotten, nothing is written or run.
 */
public final class NamedFiles {
    private final BiFunction<Moment, Path, Optional<Failure>> hooks;

    /** @param hooks why a program would not be run at a moment */
    public NamedFiles(BiFunction<Moment, Path, Optional<Failure>> hooks) {
        this.hooks = hooks;
    }

    /** What is wrong with them, each at its line. */
    List<Problem> problems(Launch launch, ConnectOptions.Checked checked) {
        List<Problem> found = new ArrayList<>();
        if (launch.hasPassword() || isReadAtRest(launch.file(Keys.PASSWORD_FILE))) {
            password(checked.user().password(), found);
        }
        if (isReadAtRest(launch.file(Keys.NEW_PASSWORD_FILE))) {
            password(checked.user().newPassword(), found);
        }
        Path log = checked.records().log();
        if (log != null) {
            written(launch, () -> PrivateFile.checkAppend("--log", log), found);
        }
        Path capture = checked.records().capture();
        if (capture != null) {
            written(launch, () -> PrivateFile.checkCreate("--capture", capture), found);
        }
        hooks(launch, checked.network().hooks(), found);
        return found;
    }

    /** What was read of a pipe or a device is gone for the next who reads, and may take for ever to come. */
    private static boolean isReadAtRest(Optional<Path> file) {
        try {
            return file.isPresent()
                    && !Files.readAttributes(file.get(), BasicFileAttributes.class)
                            .isOther();
        } catch (IOException e) {
            return true; // and what reads it tells why that cannot be
        }
    }

    private static void password(@Nullable PasswordSource source, List<Problem> found) {
        try {
            if (source != null) {
                Arrays.fill(source.read(), '\0');
            }
        } catch (UsageException e) {
            found.add(ProfileException.problem(e));
        }
    }

    private static void written(Launch launch, Runnable check, List<Problem> found) {
        try {
            check.run();
        } catch (UsageException e) {
            found.add(ProfileException.problem(launch.told(e.sentence())));
        } catch (NotWrittenException e) {
            found.add(ProfileException.problem(launch.told(e.failure().sentence())));
        }
    }

    private void hooks(Launch launch, HookSettings programs, List<Problem> found) {
        for (Moment moment : Moment.values()) {
            programs.at(moment)
                    .flatMap(program -> hooks.apply(moment, program))
                    .ifPresent(why ->
                            found.add(launch.problem("on-" + moment.name().toLowerCase(Locale.ROOT), why.sentence())));
        }
    }
}
