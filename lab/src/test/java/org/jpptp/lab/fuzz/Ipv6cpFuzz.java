package org.jpptp.lab.fuzz;

import java.util.List;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.wire.PppProtocol;

/** IPv6CP, in every phase of a link. */
public final class Ipv6cpFuzz {
    private Ipv6cpFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        LinkRun.run(data, PppProtocol.IPV6CP, List.of(AuthMethod.MSCHAPV2), LinkSetting.ENCRYPTED);
    }
}
