package org.jpptp.cli.tunnel;

import org.jpptp.lab.peer.TestNamespace;

/** Two clients' hosts behind a Linux router with NAT, and a server's host before it. */
final class BehindNat implements AutoCloseable {
    private static final String OUTSIDE = "192.0.2.2/30";

    private final TestNamespace client = TestNamespace.create();
    private final TestNamespace other = TestNamespace.create();
    private final TestNamespace router = TestNamespace.create();
    private final TestNamespace server = TestNamespace.create();

    BehindNat() {
        inside(client, "10.1.0", "inside1");
        inside(other, "10.2.0", "inside2");
        router.link("outside", server, "eth0");
        router.address("outside", OUTSIDE);
        server.address("eth0", TwoHosts.SERVER + "/30");
        router.exec("sysctl", "-qw", "net.ipv4.ip_forward=1").orThrow();
        router.nft("""
                table ip nat {
                  chain out {
                    type nat hook postrouting priority 100
                    oifname "outside" masquerade
                  }
                }
                """);
    }

    private void inside(TestNamespace host, String network, String device) {
        router.link(device, host, "eth0");
        router.address(device, network + ".1/24");
        host.address("eth0", network + ".2/24");
        host.route("default via " + network + ".1");
    }

    TestNamespace client() {
        return client;
    }

    /** Another host behind the same router. */
    TestNamespace other() {
        return other;
    }

    TestNamespace router() {
        return router;
    }

    TestNamespace server() {
        return server;
    }

    /** The router knows one client that speaks GRE, as many small ones do: all that comes is for that. */
    void giveAllGreToTheOther() {
        router.nft("""
                table ip passthrough {
                  chain begin {
                    type nat hook prerouting priority -100
                    iifname "outside" ip protocol gre dnat to 10.2.0.2
                  }
                }
                """);
    }

    /** The router lets pass what belongs to connections from inside, and new ones of TCP only. */
    void forwardOnlyWhatIsKnown() {
        router.nft("""
                table ip guard {
                  chain through {
                    type filter hook forward priority 0; policy drop;
                    ct state established,related accept
                    iifname != "outside" ip protocol tcp accept
                  }
                }
                """);
    }

    /** The router knows from now on which GRE belongs to which control connection. */
    void assignTheHelper() {
        router.nft("""
                table ip helping {
                  ct helper of_pptp {
                    type "pptp" protocol tcp
                  }
                  chain begin {
                    type filter hook prerouting priority 0
                    tcp dport 1723 ct helper set "of_pptp"
                  }
                }
                """);
    }

    @Override
    public void close() {
        client.close();
        other.close();
        router.close();
        server.close();
    }
}
