package org.jpptp.client.probe;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jpptp.client.AuthWords;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthProtocol;

/** What the methods that a server asks for mean to a client. */
final class LinkAims {
    private LinkAims() {}

    static boolean isEap(AuthDemand demand) {
        return demand.protocol() == AuthProtocol.EAP;
    }

    /**
     * A method that the server may know and has not named: pppd with the plain option auth, which asks for CHAP-MD5 before its
     * other kinds of CHAP, forgets one of these at each Nak.
     */
    static Optional<AuthProtocol> unnamed(ProbeReport.Link link) {
        boolean likePppd = link.methods().contains(AuthDemand.of(AuthProtocol.CHAP_MD5));
        boolean named = link.methods().contains(AuthDemand.of(AuthProtocol.MSCHAPV1));
        return likePppd && !named ? Optional.of(AuthProtocol.MSCHAPV1) : Optional.empty();
    }

    /** The methods that we could log on with, the best first. */
    static List<AuthMethod> usable(ProbeReport.Link link) {
        return Stream.concat(link.methods().stream(), link.eap().stream())
                .flatMap(demand -> Optional.ofNullable(demand.method()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether a method is there that proves the server, as far as that is known: EAP whose types are not told may have it. */
    static boolean proves(ProbeReport.Link link) {
        return usable(link).stream().anyMatch(method -> !AuthWords.isWeak(method)) || link.concealsEap();
    }
}
