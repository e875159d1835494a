package org.jpptp.cli.command;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The same for zsh, with what each option is for. */
final class ZshCompletion {
    private ZshCompletion() {}

    static String of(CommandLine root) {
        return HEAD
                + Completable.of(root).stream()
                        .map(each -> function(each, root.getCommandSpec()))
                        .collect(Collectors.joining())
                + "_jpptp \"$@\"\n";
    }

    private static String name(String path) {
        return "_jpptp" + path.replace('/', '_').replace('-', '_');
    }

    private static String function(Completable command, CommandSpec root) {
        List<String> subcommands = command.subcommands();
        StringBuilder text = new StringBuilder("\n" + name(command.path()) + "() {\n");
        if (subcommands.isEmpty()) {
            text.append("  _arguments -s");
            options(command, text);
            argument(command, root, text);
            return text.append("\n}\n").toString();
        }
        text.append("  local curcontext=$curcontext state line\n  typeset -A opt_args\n  _arguments -C");
        options(command, text);
        text.append(" \\\n    '1: :->command' \\\n    '*:: :->arguments'\n  case $state in\n    command)\n")
                .append(described(command.command()))
                .append("      ;;\n    arguments)\n      case $words[1] in\n");
        for (String each : subcommands) {
            text.append("        ")
                    .append(each)
                    .append(") ")
                    .append(name(command.path() + "/" + each))
                    .append(" ;;\n");
        }
        return text.append("      esac\n      ;;\n  esac\n}\n").toString();
    }

    private static String described(CommandSpec command) {
        return "      local -a commands=("
                + command.subcommands().entrySet().stream()
                        .map(each -> quoted(each.getKey() + ":"
                                + summary(each.getValue()
                                        .getCommandSpec()
                                        .usageMessage()
                                        .description())))
                        .collect(Collectors.joining(" "))
                + ")\n      _describe command commands\n";
    }

    private static void options(Completable command, StringBuilder text) {
        for (OptionSpec option : command.command().options()) {
            for (String name : Completable.names(option).toList()) {
                String spec = Completable.takesValue(option) ? name.startsWith("--") ? name + "=" : name + "+" : name;
                String often = option.isMultiValue() ? "*" : "";
                text.append(" \\\n    ")
                        .append(quoted(often + spec + "[" + summary(option.description()) + "]" + value(option)));
            }
        }
    }

    private static String value(OptionSpec option) {
        if (!Completable.takesValue(option)) {
            return "";
        }
        String label = option.paramLabel().replace(":", "\\:");
        return ":" + label + ":" + (Completable.kind(option.paramLabel()) == Completable.Kind.FILE ? "_files" : "");
    }

    private static void argument(Completable command, CommandSpec root, StringBuilder text) {
        switch (command.argument()) {
            case PROFILE -> text.append(" \\\n    '1:profile:_jpptp_profiles'");
            case FILE -> text.append(" \\\n    '*:file:_files'");
            case COMMAND, SHELL -> text.append(" \\\n    '1:word:(" + String.join(" ", command.words(root)) + ")'");
            case TEXT -> text.append("");
        }
    }

    /** The first sentence, without what has a meaning in a specification. */
    private static String summary(String[] description) {
        return String.join(" ", description)
                .replaceFirst("(?s)\\. .*|\\.$", "")
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static final String HEAD = """
            #compdef jpptp
            # zsh completion for jpptp; made by 'jpptp completion zsh'

            _jpptp_profiles() {
              local -a names
              names=(/etc/jpptp/*.conf(N:t:r) ${XDG_CONFIG_HOME:-$HOME/.config}/jpptp/*.conf(N:t:r))
              _describe profile names
            }
            """;
}
