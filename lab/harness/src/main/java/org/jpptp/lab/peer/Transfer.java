package org.jpptp.lab.peer;

import java.time.Duration;

/** Transfers through a tunnel to the services of a {@link RealPeer}'s guest. Every line of what is sent differs. */
public enum Transfer {
    /** 16 MiB. */
    WHOLE("b58a985a2280d31732f24d3421a50ffda79ff6c747650ecaee350ff91cbce8f2", 16 << 20, 9001),
    /** The first 2.5 MiB of it: with an MTU of 576, more than a wrap of the coherency count (RFC 3078 §3) each way. */
    WRAP("fceb06cdb1b09bcb921a15aa8bec2b655dac8294355b9209955425ba6a6304c0", 5 << 19, 9004);

    private final String sha256;
    private final int octets;
    private final int downloadPort;

    Transfer(String sha256, int octets, int downloadPort) {
        this.sha256 = sha256;
        this.octets = octets;
        this.downloadPort = downloadPort;
    }

    /** The SHA-256 of what is transferred, either way. */
    public String sha256() {
        return sha256;
    }

    /** Sends it to the guest; returns the SHA-256 of what arrived there. */
    public String upload(TestNamespace from, Duration limit) {
        return run(
                from,
                limit,
                "seq 1 3000000 2> /dev/null | head -c " + octets + " | socat -t 600 - TCP:" + RealPeer.INNER_ADDRESS
                        + ":9000");
    }

    /** Has the guest send it; returns the SHA-256 of what arrived here. */
    public String download(TestNamespace to, Duration limit) {
        return run(
                to,
                limit,
                "socat -u TCP:" + RealPeer.INNER_ADDRESS + ":" + downloadPort + " - | sha256sum | cut -c 1-64");
    }

    private static String run(TestNamespace where, Duration limit, String script) {
        return where.exec(limit, "bash", "-c", script).orThrow().strip();
    }
}
