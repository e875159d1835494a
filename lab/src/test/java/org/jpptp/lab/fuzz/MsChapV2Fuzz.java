package org.jpptp.lab.fuzz;

import java.util.List;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.wire.PppProtocol;

/** MS-CHAPv2 with its password change, on either side. */
public final class MsChapV2Fuzz {
    private MsChapV2Fuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        LinkRun.run(data, PppProtocol.CHAP, List.of(AuthMethod.MSCHAPV2), LinkSetting.ENCRYPTED);
    }
}
