package org.jpptp.lab.fuzz;

import java.util.List;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.wire.PppProtocol;

/** MS-CHAP v1, on either side. */
public final class MsChapV1Fuzz {
    private MsChapV1Fuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        LinkRun.run(data, PppProtocol.CHAP, List.of(AuthMethod.MSCHAPV1), LinkSetting.ENCRYPTED);
    }
}
