package org.jpptp.cli.view;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ProxySettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jspecify.annotations.Nullable;

/**
 * Shows a tunnel to people: phases and the end on standard output, warnings and trace on standard error. The failure is
 * the command's to tell, whatever the view.
 */
public final class ConsoleView implements TunnelListener {
    /** Columns before the text of a phase, and of the time behind it with the blank between. */
    private static final int LABEL = 16;

    private static final int TIME = 9;
    private static final int UNKNOWN_WIDTH = 80;
    /** Who waits for less need not be told. */
    private static final long SHORT_NANOS = 1_000_000_000;

    private final PrintStream out;
    private final Messages messages;
    private final Style outStyle;
    private final Style errStyle;
    private final Phases phases;
    private final Verbosity verbosity;
    private final LongSupplier nanoTime;
    private final long start;
    private final MovingLine moving;
    private final Shown shown = new Shown();
    private String ending = "Ctrl-C to disconnect.";
    private @Nullable Stage stage;
    private @Nullable ProxySettings proxy;
    /** Whether the tunnel was up already: how it comes back is then only for those who want to know all. */
    private boolean again;

    private long since;

    /** @param nanoTime a monotonic clock */
    public ConsoleView(
            PrintStream out,
            Style outStyle,
            PrintStream err,
            Style errStyle,
            Verbosity verbosity,
            LongSupplier nanoTime) {
        this.out = out;
        this.outStyle = outStyle;
        this.errStyle = errStyle;
        this.messages = new Messages(err, errStyle);
        this.phases = new Phases(outStyle);
        this.verbosity = verbosity;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.moving = new MovingLine(this, out, this::waiting);
    }

    /** How its user ends the tunnel, a sentence, where that is not by Ctrl-C. */
    public synchronized void endedBy(String how) {
        ending = how;
    }

    /** Which profile says what is done, before anything is. */
    public synchronized void profile(String name, Path file) {
        if (verbosity != Verbosity.QUIET) {
            out.println("Profile " + name + " (" + Style.visible(file.toString()) + ")");
        }
    }

    /** From now on the server is waited for. */
    public synchronized void begin() {
        enter(Stage.SERVER);
    }

    /** On a terminal whose lines can be written over: shows that time passes. What is traced shows that by itself. */
    public void move() {
        if (verbosity == Verbosity.NORMAL) {
            moving.start();
        }
    }

    /** The terminal is needed for a question. */
    public void pause() {
        moving.pause();
    }

    /** The question is answered. */
    public void resume() {
        moving.resume();
    }

    private void enter(Stage next) {
        stage = next;
        since = nanoTime.getAsLong();
    }

    private String waiting() {
        long time = nanoTime.getAsLong() - since;
        return stage == null || stage == Stage.UP || time < SHORT_NANOS
                ? ""
                : String.format(
                        "  %s %-12s%s, %d s", outStyle.dots(), stage.label(), stage.doing(), time / SHORT_NANOS);
    }

    /** What is being read there at this moment; for tests. */
    boolean tick() {
        return moving.tick();
    }

    @Override
    public synchronized void event(TunnelEvent event) {
        moving.clear();
        event.match(shown);
    }

    /** What people see of each event. */
    private final class Shown implements TunnelEvent.Cases {
        @Override
        public void serverAnswered(TunnelEvent.ServerAnswered event) {
            phase(Stage.SERVER, phases.server(event), event.took());
        }

        @Override
        public void callEstablished(TunnelEvent.CallEstablished event) {
            phase(Stage.CALL, phases.call(event), event.took());
        }

        @Override
        public void linkOpened(TunnelEvent.LinkOpened event) {
            phase(Stage.LINK, phases.link(event), event.took());
        }

        @Override
        public void identityProven(TunnelEvent.IdentityProven event) {
            phase(
                    event.serverProved() ? outStyle.tick() : outStyle.warningMark(),
                    Stage.IDENTITY,
                    phases.identity(event),
                    event.took());
        }

        @Override
        public void passwordChanged(TunnelEvent.PasswordChanged event) {
            say("The password of " + event.name() + " was changed.");
        }

        @Override
        public void encryptionSettled(TunnelEvent.EncryptionSettled event) {
            phase(
                    Phases.encrypted(event) ? outStyle.tick() : outStyle.warningMark(),
                    Stage.ENCRYPTION,
                    phases.encryption(event),
                    event.took());
        }

        @Override
        public void addressesAgreed(TunnelEvent.AddressesAgreed event) {
            phase(Stage.ADDRESSES, phases.addresses(event), event.took());
        }

        @Override
        public void namesSettled(TunnelEvent.NamesSettled event) {
            say(phases.names(event));
        }

        @Override
        public void proxyOpened(TunnelEvent.ProxyOpened event) {
            proxy = event.listening();
        }

        @Override
        public void tunnelUp(TunnelEvent.TunnelUp event) {
            enter(Stage.UP);
            again = false;
            say(event.reconnections() == 0 ? phases.up(event, proxy, ending) : phases.upAgain(event));
        }

        @Override
        public void tunnelChanged(TunnelEvent.TunnelChanged event) {
            say(event.text());
        }

        @Override
        public void reconnecting(TunnelEvent.Reconnecting event) {
            enter(Stage.SERVER);
            again = true;
            if (verbosity != Verbosity.QUIET) {
                messages.warning(phases.reconnecting(event));
            }
        }

        @Override
        public void warning(TunnelEvent.Warning event) {
            if (verbosity != Verbosity.QUIET) {
                messages.warning(event.text());
            }
        }

        @Override
        public void statistics(TunnelEvent.Statistics event) {
            // Asked for, so also where nothing else is told.
            out.println(outStyle.hanging("", 0, Style.visible(phases.statistics(event))));
        }

        @Override
        public void ended(TunnelEvent.Ended event) {
            // Of a tunnel that never was up there is only the failure to tell, and the command tells that, below the
            // phase that failed.
            moving.end();
            if (event.wasUp()) {
                say(phases.ended(event));
            } else if (stage != null && failed(event) && verbosity != Verbosity.QUIET) {
                row(outStyle.cross(), stage, stage.doing(), Duration.ofNanos(nanoTime.getAsLong() - since));
            }
        }
    }

    /** Whether a phase did. What this host refused before anything was sent failed in none. */
    private boolean failed(TunnelEvent.Ended event) {
        FailureReason reason = event.failure() == null
                ? FailureReason.INTERRUPTED
                : event.failure().reason();
        return reason != FailureReason.INTERRUPTED
                && (stage != Stage.SERVER || reason.compareTo(FailureReason.NAME_NOT_FOUND) >= 0);
    }

    private void phase(Stage over, String text, Duration took) {
        phase(outStyle.tick(), over, text, took);
    }

    private void phase(String mark, Stage over, String text, Duration took) {
        if (verbosity != Verbosity.QUIET && !(again && verbosity == Verbosity.NORMAL)) {
            row(mark, over, text, took);
        }
        enter(over.next());
    }

    private void row(String mark, Stage of, String text, Duration took) {
        int width = Math.min(outStyle.width() == 0 ? UNKNOWN_WIDTH : outStyle.width(), Style.WIDEST);
        List<String> lines = outStyle.wrap(Style.visible(text), LABEL + TIME);
        int room = Math.max(0, width - LABEL - TIME - Style.columns(lines.get(0)));
        out.println("  " + mark + " " + Quantities.left(of.label(), LABEL - 4) + lines.get(0) + " ".repeat(room) + " "
                + Quantities.right(Quantities.millis(took), TIME - 1));
        for (String more : lines.subList(1, lines.size())) {
            out.println(" ".repeat(LABEL) + more);
        }
    }

    private void say(String text) {
        if (verbosity != Verbosity.QUIET) {
            out.println(outStyle.hanging("", 0, Style.visible(text)));
        }
    }

    @Override
    public boolean traces(Detail detail) {
        return verbosity.shows(detail);
    }

    @Override
    public synchronized void trace(Detail detail, String line) {
        long millis = (nanoTime.getAsLong() - start) / 1_000_000;
        String time = Quantities.sinceStart(millis) + " ";
        switch (detail) {
            case PACKETS -> messages.line(time + Style.visible(line));
            case DECISIONS -> messages.line(errStyle.dim(time + "# " + Style.visible(line)));
            case OCTETS -> messages.line(errStyle.dim(time + "    " + Style.visible(line)));
        }
    }
}
