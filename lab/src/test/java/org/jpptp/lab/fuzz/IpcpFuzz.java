package org.jpptp.lab.fuzz;

import java.util.List;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.wire.PppProtocol;

/** IPCP, in every phase of a link. */
public final class IpcpFuzz {
    private IpcpFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        LinkRun.run(data, PppProtocol.IPCP, List.of(AuthMethod.MSCHAPV2), LinkSetting.ENCRYPTED);
    }
}
