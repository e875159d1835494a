package org.jpptp.control;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jpptp.control.wire.MessageType;

/**
 * A total table of state × message, written as text for people to read: the first line names the states, every other
 * line a message and the action in each state. A table with a hole does not load.
 */
final class TransitionTable<S extends Enum<S>, A extends Enum<A>> {
    private static final Pattern GAP = Pattern.compile(" +");

    private final Map<S, Map<MessageType, A>> actions;

    TransitionTable(Class<S> states, Class<A> actionNames, String text) {
        actions = new EnumMap<>(states);
        List<Map<MessageType, A>> columns = new ArrayList<>();
        List<String> lines = text.strip().lines().toList();
        for (String name : cells(lines.get(0))) {
            Map<MessageType, A> column = new EnumMap<>(MessageType.class);
            columns.add(column);
            actions.put(constant(states, name), column);
        }
        Map<String, MessageType> missing = new HashMap<>();
        for (MessageType type : MessageType.values()) {
            missing.put(type.rfcName(), type);
        }
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            MessageType type = missing.remove(cells.get(0));
            if (type == null || cells.size() != columns.size() + 1) {
                throw new IllegalArgumentException("not a line of the table: " + line);
            }
            for (int column = 0; column < columns.size(); column++) {
                columns.get(column).put(type, constant(actionNames, cells.get(column + 1)));
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("a table without " + missing.keySet());
        }
    }

    private static List<String> cells(String line) {
        return GAP.splitAsStream(line.strip()).toList();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** What to do; the state must be a column of the table. */
    A action(S state, MessageType type) {
        Map<MessageType, A> column = actions.get(state);
        A action = column == null ? null : column.get(type);
        if (action == null) {
            throw new IllegalStateException("no messages are handled in " + state);
        }
        return action;
    }
}
