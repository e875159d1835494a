package org.jpptp.client;

import java.net.Inet4Address;
import java.util.List;

/**
 * How the proxy into a tunnel is doing.
 *
 * @param listening where clients find it
 * @param resolvers whom it asks for names
 * @param pid the process whose network namespace the tunnel is in
 * @param counts what it has done
 */
public record ProxyState(ProxySettings listening, List<Inet4Address> resolvers, long pid, ProxyCounts counts) {
    public ProxyState {
        resolvers = List.copyOf(resolvers);
    }
}
