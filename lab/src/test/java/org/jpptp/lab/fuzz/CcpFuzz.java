package org.jpptp.lab.fuzz;

import java.util.List;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.wire.PppProtocol;

/** CCP, in every phase of a link. */
public final class CcpFuzz {
    private CcpFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        LinkRun.run(data, PppProtocol.CCP, List.of(AuthMethod.MSCHAPV2), LinkSetting.ENCRYPTED);
    }
}
