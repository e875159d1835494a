package org.jpptp.lab.peer;

import java.time.Duration;

/** Transfers through a tunnel to the services of a {@link RealPeer}'s guest: 16 MiB, of which every line differs. */
public final class Transfer {
    /** The SHA-256 of what is transferred, either way. */
    public static final String SHA_256 = "b58a985a2280d31732f24d3421a50ffda79ff6c747650ecaee350ff91cbce8f2";

    private static final String UPLOAD =
            "seq 1 3000000 2> /dev/null | head -c 16777216 | socat -t 60 - TCP:" + RealPeer.INNER_ADDRESS + ":9000";
    private static final String DOWNLOAD =
            "socat -u TCP:" + RealPeer.INNER_ADDRESS + ":9001 - | sha256sum | cut -c 1-64";

    private Transfer() {}

    /** Sends it to the guest; returns the SHA-256 of what arrived there. */
    public static String upload(TestNamespace from, Duration limit) {
        return from.exec(limit, "bash", "-c", UPLOAD).orThrow().strip();
    }

    /** Has the guest send it; returns the SHA-256 of what arrived here. */
    public static String download(TestNamespace to, Duration limit) {
        return to.exec(limit, "bash", "-c", DOWNLOAD).orThrow().strip();
    }
}
