package org.jpptp.ppp.lcp;

import java.util.List;
import org.jpptp.ppp.wire.ConfigOption;

/**
 * What the peer asked for, and was acknowledged.
 *
 * @param mru the largest datagram that it receives, in octets
 * @param pfc whether we may send it a one-octet protocol field
 * @param acfc whether we may leave out address and control fields
 */
record PeerTerms(int mru, boolean pfc, boolean acfc) {
    /** Before it has asked for anything. */
    static final PeerTerms DEFAULT = of(List.of());

    /** @param request acceptable, each type at most once */
    static PeerTerms of(List<ConfigOption> request) {
        int mru = request.stream()
                .filter(option -> option.type() == LcpOption.MRU)
                .findFirst()
                .map(ConfigOption::shortValue)
                .orElse(LcpOption.DEFAULT_MRU);
        return new PeerTerms(mru, names(request, LcpOption.PFC), names(request, LcpOption.ACFC));
    }

    private static boolean names(List<ConfigOption> request, int type) {
        return request.stream().anyMatch(option -> option.type() == type);
    }
}
