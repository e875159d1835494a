package org.jpptp.lab.fuzz;

import java.util.List;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.wire.PppProtocol;

/** EAP with MS-CHAPv2 and MD5 inside, on either side. */
public final class EapFuzz {
    private EapFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        LinkRun.run(data, PppProtocol.EAP, List.of(AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5), LinkSetting.ENCRYPTED);
    }
}
