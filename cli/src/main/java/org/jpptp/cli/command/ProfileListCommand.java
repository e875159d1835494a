package org.jpptp.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.profile.Profile;
import org.jpptp.cli.profile.ProfileCheck;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.JsonViewRows;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.Style;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp profile list}. */
final class ProfileListCommand extends Command {
    private final Streams streams;

    private final Flag json = new Flag("--json", "One JSON object a line.");

    ProfileListCommand(Streams streams) {
        this.streams = streams;
    }

    /** A line of the list. */
    private record Row(
            String name,
            Path file,
            @Nullable String server,
            @Nullable String problem) {}

    @Override
    public Integer call() {
        Profiles profiles = Profiles.of(streams.environment());
        List<Row> rows = profiles.names().stream()
                .flatMap(name -> profiles.locate(name).stream().map(file -> row(name, file, profiles)))
                .toList();
        int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        for (Row row : rows) {
            if (json.isSet()) {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                fields.put("name", row.name());
                fields.put("file", row.file().toString());
                fields.put("server", row.server());
                fields.put("valid", row.problem() == null);
                fields.put("problem", row.problem());
                streams.out().println(JsonViewRows.of(fields));
            } else {
                show(row, width);
            }
        }
        if (rows.isEmpty() && !json.isSet()) {
            streams.err().println("There is no profile in " + profiles.places() + ".");
        }
        return ExitCodes.SUCCESS;
    }

    private void show(Row row, int width) {
        String server = row.server() == null ? "" : Style.visible(row.server());
        streams.out()
                .println((row.name() + " ".repeat(width - row.name().length()) + "  " + row.file() + "  " + server)
                        .stripTrailing());
        if (row.problem() != null) {
            streams.out().println("  " + Style.visible(row.problem()));
        }
    }

    private Row row(String name, Path file, Profiles profiles) {
        try {
            Profile profile = profiles.read(file);
            String server = profile.value("server").orElse(null);
            String problem = ProfileCheck.ofLines(profiles, streams).problems(profile).stream()
                    .findFirst()
                    .map(found -> found.in(profile.shortName()))
                    .orElse(null);
            return new Row(name, file, server, problem);
        } catch (UsageException e) {
            return new Row(name, file, null, e.sentence());
        }
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "list",
                        this,
                        "List the profiles, each with its server and file, and what is wrong with it, if anything is.")
                .exitCodes(Endings.of("Each is listed, in order or not."))
                .with(json)
                .spec();
    }
}
