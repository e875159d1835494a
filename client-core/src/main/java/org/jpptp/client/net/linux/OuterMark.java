package org.jpptp.client.net.linux;

import java.util.EnumSet;
import org.jpptp.client.diagnosis.HostDiagnosis.Capability;

/**
 * What tells a tunnel's own packets from all others: the mark of the sockets of its outer connection (SO_MARK of socket(7)).
 * Nobody without CAP_NET_ADMIN can set it. It is the same for all tunnels, so that none of them swallows the packets of
 * another, whichever was there first.
 */
public final class OuterMark {
    /** Also the first of the routing tables that a tunnel may take for itself. */
    public static final int NUMBER = 172300;

    /** The number where this process may set it, else 0: one that only asks, such as a probe, goes the way of all. */
    public static int ofProcess() {
        return Privileges.missing(EnumSet.of(Capability.CAP_NET_ADMIN)).isEmpty() ? NUMBER : 0;
    }

    /** Routing tables from {@link #NUMBER} on. */
    static final int TABLES = 100;

    private OuterMark() {}
}
