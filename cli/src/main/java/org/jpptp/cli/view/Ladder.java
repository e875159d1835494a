package org.jpptp.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jpptp.client.explain.Rung;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Side;

/** The steps of a negotiation, one below the other: when, which packet, who to whom, and what. */
final class Ladder {
    private static final int TIME = 9;
    private static final int WITHOUT_TERMINAL = 0;

    private final Style style;

    Ladder(Style style) {
        this.style = style;
    }

    /** Lines that fit the terminal. */
    List<String> of(List<Rung> rungs, long leftOut) {
        List<String> lines = new ArrayList<>();
        int digits = 1;
        for (Rung rung : rungs) {
            digits = Math.max(digits, Long.toString(rung.number()).length());
        }
        long before = 0;
        for (Rung rung : rungs) {
            if (leftOut > 0 && before == Call.FIRST) {
                lines.add(style.dim("  (" + leftOut + " steps are left out)"));
            }
            before++;
            lines.add(line(rung, digits));
        }
        return lines;
    }

    private String line(Rung rung, int digits) {
        String number = " ".repeat(digits - Long.toString(rung.number()).length()) + "#" + rung.number();
        String time = rung.millis() < 0
                ? " ".repeat(TIME)
                : String.format(Locale.ROOT, "%" + TIME + ".3f", rung.millis() / 1000.0);
        String head = time + " " + number + "  " + (rung.from() == Side.CLIENT ? "C > S" : "C < S") + "  ";
        String text = Style.visible(rung.text());
        return style.width() == WITHOUT_TERMINAL ? head + text : style.hanging(head, head.length(), text);
    }
}
