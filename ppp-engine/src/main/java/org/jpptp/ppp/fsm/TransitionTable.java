package org.jpptp.ppp.fsm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RFC 1661 §4.1, cell by cell: a row for each event, a column for each state, {@code actions/next state} in each cell.
 *
 * <p>Of the footnotes, p (passive) and r (restart by a second Open) are options that we do not take.
 */
final class TransitionTable {
    /** What one cell says. */
    record Transition(List<Action> actions, State next) {}

    private static final String TEXT = """
            |      0         1         2         3             4         5         6         7         8         9
            Events Initial   Starting  Closed    Stopped       Closing   Stopping  Req-Sent  Ack-Rcvd  Ack-Sent  Opened

            Up     2         irc,scr/6 -         -             -         -         -         -         -         -
            Down   -         -         0         tls/1         0         1         1         1         1         tld/1
            Open   tls/1     1         irc,scr/6 3             5         5         6         7         8         9
            Close  0         tlf/0     2         2             4         4         irc,str/4 irc,str/4 irc,str/4 tld,irc,str/4

            TO+    -         -         -         -             str/4     str/5     scr/6     scr/6     scr/8     -
            TO-    -         -         -         -             tlf/2     tlf/3     tlf/3     tlf/3     tlf/3     -

            RCR+   -         -         sta/2     irc,scr,sca/8 4         5         sca/8     sca,tlu/9 sca/8     tld,scr,sca/8
            RCR-   -         -         sta/2     irc,scr,scn/6 4         5         scn/6     scn/7     scn/6     tld,scr,scn/6
            RCA    -         -         sta/2     sta/3         4         5         irc/7     scr/6     irc,tlu/9 tld,scr/6
            RCN    -         -         sta/2     sta/3         4         5         irc,scr/6 scr/6     irc,scr/8 tld,scr/6

            RTR    -         -         sta/2     sta/3         sta/4     sta/5     sta/6     sta/6     sta/6     tld,zrc,sta/5
            RTA    -         -         2         3             tlf/2     tlf/3     6         6         8         tld,scr/6

            RUC    -         -         scj/2     scj/3         scj/4     scj/5     scj/6     scj/7     scj/8     scj/9
            RXJ+   -         -         2         3             4         5         6         6         8         9
            RXJ-   -         -         tlf/2     tlf/3         tlf/2     tlf/3     tlf/3     tlf/3     tlf/3     tld,irc,str/5

            RXR    -         -         2         3             4         5         6         7         8         ser/9
            """;

    /** How many lines of the table are headings. */
    private static final int HEADINGS = 2;

    private static final List<State> STATES = List.of(State.values());

    private static final Map<Event, Map<State, Transition>> CELLS = parse();

    private TransitionTable() {}

    /** The cell, or null where the table has a dash: the event cannot occur, and nothing is done if it does. */
    static @Nullable Transition of(Event event, State state) {
        Map<State, Transition> row = CELLS.get(event);
        return row == null ? null : row.get(state);
    }

    private static Map<Event, Map<State, Transition>> parse() {
        Map<Event, Map<State, Transition>> table = new EnumMap<>(Event.class);
        Iterator<String> lines =
                TEXT.lines().filter(line -> !line.isBlank()).skip(HEADINGS).iterator();
        for (Event event : Event.values()) {
            // The first word is the event's name.
            Iterator<String> cells = List.of(lines.next().split(" +", -1)).listIterator(1);
            Map<State, Transition> row = new EnumMap<>(State.class);
            for (State state : STATES) {
                String cell = cells.next();
                if (!cell.equals("-")) {
                    row.put(state, transition(cell));
                }
            }
            table.put(event, row);
        }
        return table;
    }

    private static Transition transition(String cell) {
        List<Action> actions = new ArrayList<>();
        int slash = cell.indexOf('/');
        if (slash > 0) {
            for (String action : cell.substring(0, slash).split(",", -1)) {
                actions.add(Action.valueOf(action.toUpperCase(Locale.ROOT)));
            }
        }
        return new Transition(List.copyOf(actions), STATES.get(Integer.parseInt(cell.substring(slash + 1))));
    }
}
