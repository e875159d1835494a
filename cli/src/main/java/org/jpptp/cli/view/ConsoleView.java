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
        if (event instanceof TunnelEvent.ServerAnswered server) {
            phase("server", phases.server(server), server.took());
        } else if (event instanceof TunnelEvent.CallEstablished call) {
            phase("call", phases.call(call), call.took());
        } else if (event instanceof TunnelEvent.LinkOpened link) {
            phase("link", phases.link(link), link.took());
        } else if (event instanceof TunnelEvent.IdentityProven identity) {
            phase("identity", phases.identity(identity), identity.took());
        } else if (event instanceof TunnelEvent.PasswordChanged changed) {
            say("The password of " + changed.name() + " was changed.");
        } else if (event instanceof TunnelEvent.EncryptionSettled encryption) {
            phase("encryption", phases.encryption(encryption), encryption.took());
        } else if (event instanceof TunnelEvent.AddressesAgreed addresses) {
            phase("addresses", phases.addresses(addresses), addresses.took());
        } else if (event instanceof TunnelEvent.TunnelUp up) {
            say(phases.up(up));
        } else if (event instanceof TunnelEvent.Warning warning) {
            if (verbosity != Verbosity.QUIET) {
                messages.warning(warning.text());
            }
        } else if (event instanceof TunnelEvent.Ended ended) {
            ended(ended);
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

    private void ended(TunnelEvent.Ended ended) {
        if (ended.wasUp()) {
            say(phases.ended(ended));
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
