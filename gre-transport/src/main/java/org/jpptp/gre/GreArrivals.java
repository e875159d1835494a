package org.jpptp.gre;

import java.net.Inet4Address;
import java.util.Map;

/**
 * What arrives at this host for one call, whoever sent it, seen before any of the host's packet filters: evidence for a call
 * whose {@link GreSocket} hears nothing. Used on one event loop only.
 */
public interface GreArrivals extends AutoCloseable {
    /** Where nobody can look. */
    GreArrivals NONE = new GreArrivals() {
        @Override
        public Map<Inet4Address, Integer> bySource() {
            return Map.of();
        }

        @Override
        public void close() {}
    };

    /** How many packets with the call's id have come since, by the address that they came from, in the order of the first. */
    Map<Inet4Address, Integer> bySource();

    @Override
    void close();
}
