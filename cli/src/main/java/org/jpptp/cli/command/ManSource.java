package org.jpptp.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of all commands, in the macros of man(7).
 *
 * @param sections by their titles, what stands before the first under an empty one
 * @param commands what the section of commands has of each
 */
record ManSource(Map<String, List<String>> sections, Map<String, List<String>> commands) {
    private static final String SECTION = ".SH ";
    private static final String COMMAND = ".SS ";
    private static final String ENTRY = ".TP";
    private static final String PARAGRAPH = ".PP";
    private static final int WIDEST = 78;

    /** What is told of a command: before its options, each of those, and after them. */
    record Block(List<String> before, List<List<String>> entries, List<String> after) {}

    static ManSource of(String text) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        Map<String, List<String>> commands = new LinkedHashMap<>();
        List<String> into = new ArrayList<>();
        sections.put("", into);
        for (String line : text.lines().toList()) {
            if (line.startsWith(SECTION)) {
                into = new ArrayList<>();
                sections.put(line.substring(SECTION.length()), into);
            } else if (line.startsWith(COMMAND)) {
                into = new ArrayList<>();
                commands.put(line.substring(COMMAND.length()), into);
            } else {
                into.add(line);
            }
        }
        return new ManSource(sections, commands);
    }

    /** What is told of a command; it may be nothing. */
    Block command(String name) {
        Block block = new Block(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<String> into = block.before();
        for (String line : commands.getOrDefault(name, List.of())) {
            if (line.equals(ENTRY)) {
                into = new ArrayList<>();
                block.entries().add(into);
            } else if (line.equals(PARAGRAPH) && !block.entries().isEmpty()) {
                if (block.after().isEmpty()) {
                    into = block.after();
                    continue;
                }
            }
            // Where another command is meant, it has a page now.
            into.add(
                    commands.containsKey(referred(line))
                            ? line.replaceFirst("^\\.BR (\\S+) ", ".BR jpptp\\\\-$1 (1)")
                            : line);
        }
        return block;
    }

    /** The command that a line such as {@code .BR connect .} names; empty for none. */
    private static String referred(String line) {
        return line.matches("\\.BR \\S+ [.,;:]") ? line.substring(4, line.lastIndexOf(' ')) : "";
    }

    /** Whether the entry is an option's. */
    static boolean isOption(List<String> entry) {
        return entry.size() > 1 && plain(entry.get(1)).matches("\\.BR? -.*");
    }

    /** Whether the entry is this option's. */
    static boolean tells(List<String> entry, String name) {
        return isOption(entry) && (plain(entry.get(1)) + " ").matches(".* " + name + "[ =].*");
    }

    private static String plain(String line) {
        return line.replaceAll("\\\\f[A-Z]", "").replace("\\-", "-");
    }

    /** As a text that means what it says. */
    static String escaped(String text) {
        String safe = text.replace("\\", "\\e").replace("-", "\\-");
        return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
    }

    /** The same in lines that are short enough, none of which begins as a macro does. */
    static String folded(String line) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        String before = "";
        for (String word : line.split(" ", -1)) {
            // A new sentence begins a line, for the space that goes before it.
            boolean isSentence = before.matches(".*[.!?]") && word.matches("[A-Z].*");
            boolean breaks =
                    column > 0 && (isSentence || column + 1 + word.length() > WIDEST) && !word.matches("[.'].*");
            before = word;
            if (column > 0) {
                text.append(breaks ? '\n' : ' ');
            }
            column = breaks ? word.length() : column + 1 + word.length();
            text.append(word);
        }
        return text.toString();
    }
}
