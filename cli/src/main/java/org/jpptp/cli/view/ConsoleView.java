package org.jpptp.cli.view;

import java.io.PrintStream;
import java.time.Duration;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;

/**
 * Shows a tunnel to people: phases and the end on standard output, warnings and trace on standard error. The failure is
 * the command's to tell, whatever the view.
 */
public final class ConsoleView implements TunnelListener {
    private final PrintStream out;
    private final Messages messages;
    private final Style outStyle;
    private final Style errStyle;
    private final Phases phases;
    private final Verbosity verbosity;
    private final Shown shown = new Shown();

    public ConsoleView(PrintStream out, Style outStyle, PrintStream err, Style errStyle, Verbosity verbosity) {
        this.out = out;
        this.outStyle = outStyle;
        this.errStyle = errStyle;
        this.messages = new Messages(err, errStyle);
        this.phases = new Phases(outStyle);
        this.verbosity = verbosity;
    }

    @Override
    public void event(TunnelEvent event) {
        event.match(shown);
    }

    /** What people see of each event. */
    private final class Shown implements TunnelEvent.Cases {
        @Override
        public void serverAnswered(TunnelEvent.ServerAnswered event) {
            phase("server", phases.server(event), event.took());
        }

        @Override
        public void callEstablished(TunnelEvent.CallEstablished event) {
            phase("call", phases.call(event), event.took());
        }

        @Override
        public void linkOpened(TunnelEvent.LinkOpened event) {
            phase("link", phases.link(event), event.took());
        }

        @Override
        public void identityProven(TunnelEvent.IdentityProven event) {
            phase("identity", phases.identity(event), event.took());
        }

        @Override
        public void passwordChanged(TunnelEvent.PasswordChanged event) {
            say("The password of " + event.name() + " was changed.");
        }

        @Override
        public void encryptionSettled(TunnelEvent.EncryptionSettled event) {
            phase("encryption", phases.encryption(event), event.took());
        }

        @Override
        public void addressesAgreed(TunnelEvent.AddressesAgreed event) {
            phase("addresses", phases.addresses(event), event.took());
        }

        @Override
        public void tunnelUp(TunnelEvent.TunnelUp event) {
            say(phases.up(event));
        }

        @Override
        public void tunnelChanged(TunnelEvent.TunnelChanged event) {
            say(event.text());
        }

        @Override
        public void warning(TunnelEvent.Warning event) {
            if (verbosity != Verbosity.QUIET) {
                messages.warning(event.text());
            }
        }

        @Override
        public void ended(TunnelEvent.Ended event) {
            // Of a tunnel that never was up there is only the failure to tell, and the command tells that.
            if (event.wasUp()) {
                say(phases.ended(event));
            }
        }
    }

    private void phase(String label, String text, Duration took) {
        if (verbosity != Verbosity.QUIET) {
            out.println(String.format(
                    "  %s %-12s%-59s%8s", outStyle.tick(), label, Style.visible(text), Quantities.millis(took)));
        }
    }

    private void say(String text) {
        if (verbosity != Verbosity.QUIET) {
            out.println(Style.visible(text));
        }
    }

    @Override
    public boolean traces(Detail detail) {
        return verbosity.shows(detail);
    }

    @Override
    public void trace(Detail detail, String line) {
        switch (detail) {
            case PACKETS -> messages.line(Style.visible(line));
            case DECISIONS -> messages.line(errStyle.dim("# " + Style.visible(line)));
            case OCTETS -> messages.line(errStyle.dim("    " + Style.visible(line)));
        }
    }
}
