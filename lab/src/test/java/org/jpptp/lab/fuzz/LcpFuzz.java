package org.jpptp.lab.fuzz;

import java.util.List;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.wire.PppProtocol;

/** LCP, in every phase of a link. */
public final class LcpFuzz {
    private LcpFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        LinkRun.run(data, PppProtocol.LCP, List.of(AuthMethod.MSCHAPV2), LinkSetting.ENCRYPTED);
    }
}
