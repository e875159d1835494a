package org.jpptp.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jpptp.cli.profile.Effective;
import org.jpptp.cli.profile.Launch;
import org.jpptp.cli.profile.Profile;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.view.JsonViewRows;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.Style;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jpptp profile show}: every value, and where it comes from. */
@Command(
        name = "show",
        description = "Show what a profile comes to: each value, and the line that it comes from; never a password.",
        mixinStandardHelpOptions = true,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n")
final class ProfileShowCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(paramLabel = "NAME", description = "The profile's name; or its path, which begins with / or ./.")
    private String name = "";

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    ProfileShowCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Profiles profiles = Profiles.of(streams.environment());
        Profile profile = profiles.require(name);
        Launch.of(profile, profiles).check(streams);
        List<Effective> values = Effective.all(profile);
        int key = values.stream().mapToInt(value -> value.key().length()).max().orElse(0);
        int text = values.stream()
                .mapToInt(value -> Style.visible(value.value()).length())
                .max()
                .orElse(0);
        if (!json) {
            streams.out().println("Profile " + profile.name() + ", " + profile.file());
        }
        for (Effective value : values) {
            streams.out().println(json ? row(value) : padded(value, key, text));
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
}
