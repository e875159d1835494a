package org.jpptp.lab.server;

import java.net.Inet4Address;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.tun.TunDevice;

/** Where a server's clients get to. On the server's event loop. */
interface InnerNetwork {
    /**
     * Lets a client in.
     *
     * @param assigned its inner address
     * @param listener gets what is sent to that address, in a buffer of its own or of another with as much head-room
     */
    ClientPort attach(Inet4Address assigned, TunDevice.Listener listener) throws HostChangeException;

    /** Removes what no client's end has removed. */
    void close();
}
