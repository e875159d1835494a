package org.jpptp.lab.fuzz;

import java.util.List;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.wire.PppProtocol;

/** CHAP-MD5, on either side. */
public final class ChapMd5Fuzz {
    private ChapMd5Fuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        LinkRun.run(data, PppProtocol.CHAP, List.of(AuthMethod.CHAP_MD5), LinkSetting.CLEAR);
    }
}
