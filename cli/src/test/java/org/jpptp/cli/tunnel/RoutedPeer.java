package org.jpptp.cli.tunnel;

import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.TestNamespace;

/** pptpd, and a host of its own for the client, with a router between them: the namespace that the guest's link is in. */
record RoutedPeer(RealPeer peer, TestNamespace here) implements AutoCloseable {
    /** The host's interface. */
    static final String OURS = "eth0";

    /** The router's, towards the host. */
    static final String TOWARDS_US = "client0";

    /** Boots a server with one user, alice, whose password is secret. */
    static RoutedPeer boot() {
        RealPeer peer = RealPeer.start("alice", "secret");
        TestNamespace here = TestNamespace.create();
        here.link(OURS, peer.namespace(), TOWARDS_US);
        here.address(OURS, "192.0.2.2/30");
        peer.namespace().address(TOWARDS_US, "192.0.2.1/30");
        here.route("default via 192.0.2.1");
        peer.namespace().exec("sysctl", "-qw", "net.ipv4.ip_forward=1").orThrow();
        return new RoutedPeer(peer, here);
    }

    @Override
    public void close() {
        here.close();
        peer.close();
    }
}
