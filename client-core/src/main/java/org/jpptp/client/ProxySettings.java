package org.jpptp.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where programs of this host find the proxy that leads into the tunnel.
 *
 * @param address one of this host's own; unspecified for all of them
 * @param port of TCP
 */
public record ProxySettings(InetAddress address, int port) {
    /** Whether programs of other hosts may find it, too. */
    public boolean isOpenToOthers() {
        return !address.isLoopbackAddress();
    }

    /** Both together. */
    public InetSocketAddress listening() {
        return new InetSocketAddress(address, port);
    }

    /** Such as {@code 127.0.0.1:1080}, {@code [::1]:1080}. */
    @Override
    public String toString() {
        String host = address.getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
