package org.jpptp.ppp.lcp;

import java.util.Optional;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.PppProtocol;

/** The option types of LCP (RFC 1661 §6) that are more than Rejected, and the authentication option's value. */
public final class LcpOption {
    /** Maximum-Receive-Unit. */
    public static final int MRU = 1;

    /** Async-Control-Character-Map (RFC 1662 §7.1): without meaning here, and sent by many. */
    static final int ACCM = 2;

    /** Authentication-Protocol. */
    public static final int AUTHENTICATION = 3;

    /** Magic-Number. */
    public static final int MAGIC = 5;

    /** Protocol-Field-Compression. */
    public static final int PFC = 7;

    /** Address-and-Control-Field-Compression. */
    public static final int ACFC = 8;

    /** In octets, where nobody asks for another. */
    public static final int DEFAULT_MRU = 1500;

    /** A smaller MRU is a mistake or an attack: LCP itself would not fit. */
    static final int MIN_MRU = 128;

    private LcpOption() {}

    static ConfigOption authentication(AuthProtocol protocol) {
        byte high = (byte) (protocol.number() >> 8);
        byte low = (byte) protocol.number();
        return protocol.algorithm() < 0
                ? ConfigOption.of(AUTHENTICATION, high, low)
                : ConfigOption.of(AUTHENTICATION, high, low, (byte) protocol.algorithm());
    }

    /** The protocol that an authentication option asks for, empty where we know none like it. */
    public static Optional<AuthProtocol> protocol(ConfigOption option) {
        for (AuthProtocol protocol : AuthProtocol.values()) {
            if (option.equals(authentication(protocol))) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }

    /** What an authentication option asks for. */
    public static AuthDemand demand(ConfigOption option) {
        if (option.valueLength() < 2) {
            return new AuthDemand("a malformed authentication option", null, null);
        }
        return protocol(option).map(AuthDemand::of).orElseGet(() -> {
            String algorithm =
                    option.valueLength() > 2 ? " with algorithm 0x" + Integer.toHexString(option.octet(2)) : "";
            return new AuthDemand(PppProtocol.name(option.shortValue()) + algorithm, null, null);
        });
    }
}
