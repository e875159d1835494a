package org.jpptp.cli.command;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.view.StatusView;
import org.jpptp.cli.view.Streams;

/** Where tunnels are shown, once or again and again: on a terminal each time in the place of the time before. */
final class StatusScreen {
    private static final String NONE = "No tunnel is up.";

    private final Streams streams;
    private final StatusView view;
    private final boolean json;
    private final boolean again;
    private final PrintStream out;
    private int shown;
    private boolean silent;

    StatusScreen(Streams streams, StatusView view, boolean json, boolean again) {
        this.streams = streams;
        this.view = view;
        this.json = json;
        this.again = again;
        this.out = streams.out();
    }

    /**
     * Whether nobody reads it any more, so that there is nothing to go on for.
     *
     * @param isRead tells where nothing was written that would have found out
     */
    boolean isLost(BooleanSupplier isRead) {
        return out.checkError() || (silent && !isRead.getAsBoolean());
    }

    void show(List<JsonObject> tunnels) {
        silent = json && tunnels.isEmpty();
        if (json) {
            tunnels.forEach(out::println);
        } else if (again && !streams.isMovable()) {
            String time = String.format("%tT ", LocalTime.now(ZoneId.systemDefault()));
            if (tunnels.isEmpty()) {
                out.println(time + NONE);
            }
            tunnels.forEach(tunnel -> out.println(time + view.line(tunnel)));
        } else {
            String block = block(tunnels);
            // ECMA-48 §8.3.22 and §8.3.39: so many lines up, and from there on nothing.
            out.print((shown == 0 ? "" : "\u001b[" + shown + "F\u001b[J") + block);
            shown = again ? (int) block.chars().filter(c -> c == '\n').count() : 0;
        }
        out.flush();
    }

    private String block(List<JsonObject> tunnels) {
        List<String> blocks = new ArrayList<>();
        tunnels.forEach(tunnel -> blocks.add(String.join("\n", view.block(tunnel)) + "\n"));
        return blocks.isEmpty() ? NONE + "\n" : String.join("\n", blocks);
    }
}
