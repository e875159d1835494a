package org.jpptp.client.proxy.netty;

import org.jpptp.client.ProxyCounts;

/** Counts on the event loop. */
final class ProxyCount {
    private int open;
    private long served;
    private long refused;

    void opened() {
        open++;
    }

    void closed() {
        open--;
    }

    void served() {
        served++;
    }

    void refused() {
        refused++;
    }

    int open() {
        return open;
    }

    ProxyCounts now() {
        return new ProxyCounts(open, served, refused);
    }
}
