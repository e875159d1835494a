package org.jpptp.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The list of options with a heading over those of each mixin. Groups of picocli would check less. */
public final class OptionSections implements IHelpSectionRenderer {
    private final Map<String, String> headings;

    /**
     * @param headings by the name of the mixin, in the order of the sections; one that equals the one before it is not
     *     repeated; what is in none follows without a heading
     */
    public OptionSections(Map<String, String> headings) {
        this.headings = headings;
    }

    @Override
    public String render(Help help) {
        List<OptionSpec> rest = new ArrayList<>(help.commandSpec().options());
        StringBuilder text = new StringBuilder();
        String above = "";
        for (Map.Entry<String, String> each : headings.entrySet()) {
            List<OptionSpec> options = find(help.commandSpec(), each.getKey()).options();
            rest.removeIf(option ->
                    options.stream().anyMatch(other -> other.longestName().equals(option.longestName())));
            if (!each.getValue().equals(above)) {
                above = each.getValue();
                text.append(String.format("%n%s:%n", above));
            }
            text.append(list(help, options));
        }
        return text.append(String.format("%n")).append(list(help, rest)).toString();
    }

    private static String list(Help help, List<OptionSpec> options) {
        Help.Layout layout = help.createDefaultLayout();
        layout.addOptions(options, help.parameterLabelRenderer());
        return layout.toString();
    }

    /** A mixin of the command, or of a mixin of it. */
    private static CommandSpec find(CommandSpec command, String mixin) {
        for (Map.Entry<String, CommandSpec> each : command.mixins().entrySet()) {
            if (each.getKey().equals(mixin)) {
                return each.getValue();
            }
            if (each.getValue().mixins().containsKey(mixin)) {
                return each.getValue().mixins().get(mixin);
            }
        }
        throw new IllegalArgumentException("no mixin " + mixin);
    }
}
