package org.jpptp.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Operand;
import org.jpptp.cli.profile.Effective;
import org.jpptp.cli.profile.Launch;
import org.jpptp.cli.profile.Profile;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.view.JsonViewRows;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.Style;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp profile show}: every value, and where it comes from. */
final class ProfileShowCommand extends Command {
    private final Streams streams;

    private final Operand name =
            Operand.required("NAME", "The profile's name; or its path, which begins with / or ./.");

    private final Flag json = new Flag("--json", "One JSON object a line.");

    ProfileShowCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Profiles profiles = Profiles.of(streams.environment());
        Profile profile = profiles.require(name.text());
        Launch.of(profile, profiles).check(streams);
        List<Effective> values = Effective.all(profile);
        int key = values.stream().mapToInt(value -> value.key().length()).max().orElse(0);
        int text = values.stream()
                .mapToInt(value -> Style.visible(value.value()).length())
                .max()
                .orElse(0);
        if (!json.isSet()) {
            streams.out().println("Profile " + profile.name() + ", " + profile.file());
        }
        for (Effective value : values) {
            streams.out().println(json.isSet() ? row(value) : padded(value, key, text));
        }
        return ExitCodes.SUCCESS;
    }

    private static String row(Effective value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("key", value.key());
        fields.put("value", value.value());
        fields.put("line", value.line() == 0 ? null : value.line());
        return JsonViewRows.of(fields);
    }

    private static String padded(Effective value, int key, int text) {
        String shown = Style.visible(value.value());
        return "  " + value.key() + " ".repeat(key - value.key().length()) + "  " + shown
                + " ".repeat(text - shown.length()) + "  "
                + (value.line() == 0 ? "default" : "line " + value.line());
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "show",
                        this,
                        "Show what a profile comes to: each value, and the line that it comes from; never a password.")
                .exitCodes(Endings.of("It is shown."))
                .with(name, json)
                .spec();
    }
}
