package org.jpptp.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;

/** What a simulated client has told, a line each behind its virtual time in seconds. */
final class ClientLog implements TunnelListener {
    final List<String> lines = new ArrayList<>();
    boolean up;
    private final SimulatedNetwork network;
    private final long began;

    ClientLog(SimulatedNetwork network) {
        this.network = network;
        this.began = network.now();
    }

    private String time() {
        return String.format(Locale.ROOT, "%8.3f ", (network.now() - began) / 1e9);
    }

    @Override
    public void event(TunnelEvent event) {
        up |= event instanceof TunnelEvent.TunnelUp;
        lines.add(time() + "*** " + event);
    }

    /** Everything is virtual, the password, too. */
    @Override
    public boolean showsSecrets() {
        return true;
    }

    @Override
    public boolean traces(Detail detail) {
        return detail != Detail.OCTETS;
    }

    @Override
    public void trace(Detail detail, String line) {
        lines.add(time() + (detail == Detail.DECISIONS ? "  . " : "") + line);
    }
}
