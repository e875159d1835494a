package org.jpptp.cli.imports;

import java.util.ArrayList;
import java.util.List;

/** A text of sections with {@code key=value} lines, as keyfiles and phone books have them. */
final class Ini {
    /** A section. */
    record Section(int line, String name, List<Pair> pairs) {}

    /** A line of one. */
    record Pair(int line, String key, String value) {}

    /** Its sections, in order, with how many lines are none. */
    record Parsed(List<Section> sections, List<Integer> odd) {}

    private Ini() {}

    static Parsed parse(String text) {
        List<Section> sections = new ArrayList<>();
        List<Integer> odd = new ArrayList<>();
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            int equals = line.indexOf('=');
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                sections.add(new Section(number, line.substring(1, line.length() - 1), new ArrayList<>()));
            } else if (equals > 0 && !sections.isEmpty()) {
                sections.get(sections.size() - 1)
                        .pairs()
                        .add(new Pair(
                                number,
                                line.substring(0, equals).strip(),
                                raw.substring(raw.indexOf('=') + 1).strip()));
            } else {
                odd.add(number);
            }
        }
        return new Parsed(List.copyOf(sections), List.copyOf(odd));
    }
}
