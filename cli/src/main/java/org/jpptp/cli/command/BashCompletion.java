package org.jpptp.cli.command;

import java.util.List;
import picocli.CommandLine;

/** A script that teaches bash the commands, their options, and the names of the profiles. It starts no program. */
final class BashCompletion {
    private BashCompletion() {}

    static String of(CommandLine root) {
        List<Completable> all = Completable.of(root);
        StringBuilder paths = new StringBuilder();
        StringBuilder cases = new StringBuilder();
        for (Completable each : all) {
            if (!each.path().isEmpty()) {
                paths.append(paths.length() == 0 ? "" : " | ").append(each.path());
            }
            cases.append("    '").append(each.path()).append("')\n");
            set(cases, "options", each.options());
            set(cases, "files", each.options(Completable.Kind.FILE));
            set(cases, "texts", texts(each));
            set(cases, "words", each.words(root.getCommandSpec()));
            cases.append("      profiles=")
                    .append(each.argument() == Completable.Kind.PROFILE ? "yes" : "")
                    .append("\n      ;;\n");
        }
        return SCRIPT.replace("@PATHS@", paths)
                .replace("@CASES@", cases.toString().stripTrailing());
    }

    private static void set(StringBuilder cases, String name, List<String> words) {
        cases.append("      ")
                .append(name)
                .append("='")
                .append(String.join(" ", words))
                .append("'\n");
    }

    private static List<String> texts(Completable command) {
        List<String> files = command.options(Completable.Kind.FILE);
        return command.command().options().stream()
                .filter(Completable::takesValue)
                .flatMap(Completable::names)
                .filter(name -> !files.contains(name))
                .toList();
    }

    private static final String SCRIPT = """
            # bash completion for jpptp; made by 'jpptp completion bash'

            # Only what can be a name: compgen would run what looks like a command.
            _jpptp_profiles() {
              local file
              for file in /etc/jpptp/*.conf "${XDG_CONFIG_HOME:-$HOME/.config}"/jpptp/*.conf; do
                file=${file##*/}
                file=${file%.conf}
                if [[ $file =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]*$ ]]; then
                  printf '%s\\n' "$file"
                fi
              done
            }

            _jpptp() {
              local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} path= i
              local options= files= texts= words= profiles=
              COMPREPLY=()
              # The words of an option and its value are split at the sign between them.
              if [ "$word" = = ]; then
                word=
              elif [ "$before" = = ]; then
                before=${COMP_WORDS[COMP_CWORD-2]}
              fi
              for ((i = 1; i < COMP_CWORD; i++)); do
                case $path/${COMP_WORDS[i]} in
                  @PATHS@) path=$path/${COMP_WORDS[i]} ;;
                esac
              done
              case $path in
            @CASES@
              esac
              local IFS=$' \\t\\n'
              case " $files " in
                *" $before "*)
                  compopt -o filenames 2>/dev/null
                  IFS=$'\\n'
                  COMPREPLY=($(compgen -f -- "$word"))
                  return
                  ;;
              esac
              case " $texts " in
                *" $before "*) return ;;
              esac
              if [[ $word == -* ]]; then
                COMPREPLY=($(compgen -W "$options" -- "$word"))
              elif [ -n "$profiles" ]; then
                COMPREPLY=($(compgen -W "$(_jpptp_profiles)" -- "$word"))
              else
                COMPREPLY=($(compgen -W "$words" -- "$word"))
              fi
            }

            complete -F _jpptp jpptp
            """;
}
