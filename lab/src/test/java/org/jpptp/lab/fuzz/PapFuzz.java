package org.jpptp.lab.fuzz;

import java.util.List;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.wire.PppProtocol;

/** PAP, on either side. */
public final class PapFuzz {
    private PapFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        LinkRun.run(data, PppProtocol.PAP, List.of(AuthMethod.PAP), LinkSetting.CLEAR);
    }
}
