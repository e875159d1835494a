package org.jpptp.client.diagnosis;

import java.util.List;
import java.util.stream.Collectors;
import org.jpptp.ppp.AddressFailure;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.wire.PppProtocol;

/** What was seen of the end of a PPP link, in words: clauses without a capital letter and without a full stop. */
public final class LinkEvidence implements PppFailure.Cases<List<String>>, AuthEvidence, EncryptionEvidence {
    private static final LinkEvidence WORDS = new LinkEvidence();

    private LinkEvidence() {}

    /** One line, for traces. */
    public static String line(PppFailure failure) {
        return String.join("; ", clauses(failure));
    }

    /** The same of a verdict against a user. */
    public static String line(Refusal refusal) {
        return String.join("; ", AuthEvidence.clauses(refusal));
    }

    static List<String> clauses(PppFailure failure) {
        return failure.fold(WORDS);
    }

    @Override
    public List<String> closed(LinkFailure.Closed failure) {
        return List.of(failure.reason());
    }

    @Override
    public List<String> lcpTimeout(LinkFailure.LcpTimeout failure) {
        return Clauses.seen("", failure.seen());
    }

    @Override
    public List<String> lcpNotConverging(LinkFailure.LcpNotConverging failure) {
        return Clauses.seen("", failure.seen());
    }

    @Override
    public List<String> lcpRenegotiated(LinkFailure.LcpRenegotiated failure) {
        return List.of("the peer renegotiated LCP " + failure.times() + " times");
    }

    @Override
    public List<String> lcpRejected(LinkFailure.LcpRejected failure) {
        return List.of("the peer rejects LCP itself");
    }

    @Override
    public List<String> looped(LinkFailure.Looped failure) {
        return List.of(
                switch (failure.what()) {
                    case CONFIGURE_REQUESTS ->
                        failure.times() + " Configure-Requests came back with our own magic number: the line is looped";
                    case ECHO_REQUESTS -> failure.times() + " Echo-Requests came with our own magic number";
                });
    }

    @Override
    public List<String> networkTimeout(LinkFailure.NetworkTimeout failure) {
        return List.of("after " + failure.after().toSeconds() + " s CCP is "
                + (failure.ccpSettled() ? "settled" : "not settled") + " and IPCP is in state "
                + failure.ipcpState());
    }

    @Override
    public List<String> peerTerminated(LinkFailure.PeerTerminated failure) {
        String terminated = Clauses.TERMINATED + Clauses.saying(failure.said());
        return failure.rejected().isEmpty()
                ? List.of(terminated)
                : List.of(
                        terminated,
                        "just before, we rejected "
                                + failure.rejected().stream()
                                        .map(PppProtocol::name)
                                        .collect(Collectors.joining(", "))
                                + " of it");
    }

    @Override
    public List<String> ipcpTerminated(LinkFailure.IpcpTerminated failure) {
        return List.of("the peer ended IPCP" + Clauses.saying(failure.said()));
    }

    @Override
    public List<String> ipcpRejected(LinkFailure.IpcpRejected failure) {
        return List.of("the peer rejects IPCP, which it had agreed to");
    }

    @Override
    public List<String> echoLost(LinkFailure.EchoLost failure) {
        return List.of(
                failure.unanswered() + " LCP Echo-Requests in a row were not answered, and nothing else came",
                switch (failure.before()) {
                    case NEVER_ANSWERED -> "none was ever answered on this link";
                    case ANSWERED -> "earlier ones were answered";
                });
    }

    @Override
    public List<String> ipcpTimeout(AddressFailure.IpcpTimeout failure) {
        return Clauses.seen("IPCP fell silent: ", failure.seen());
    }

    @Override
    public List<String> ipcpNotConverging(AddressFailure.IpcpNotConverging failure) {
        return Clauses.seen("IPCP did not converge: ", failure.seen());
    }

    @Override
    public List<String> addressesRefused(AddressFailure.AddressesRefused failure) {
        return List.of(
                switch (failure.how()) {
                    case IPCP_REJECTED -> "the peer rejects IPCP";
                    case REQUEST_REJECTED -> "the server rejects our request for an address";
                    case NONE_NAMED -> "the peer agreed, but named no address that we could use";
                });
    }

    @Override
    public List<String> ipcpRefused(AddressFailure.IpcpRefused failure) {
        return List.of("the peer ended IPCP" + Clauses.saying(failure.said()));
    }

    @Override
    public List<String> addressAbsurd(AddressFailure.AddressAbsurd failure) {
        return List.of("the server gives us the address " + failure.address().getHostAddress());
    }

    @Override
    public List<String> ipv6Refused(AddressFailure.Ipv6Refused failure) {
        return List.of(
                switch (failure.how()) {
                    case SILENT -> "the peer is silent about IPv6CP";
                    case IPV6CP_REJECTED -> "the peer rejects IPv6CP";
                    case IDENTIFIER_REJECTED -> "the peer rejects interface identifiers";
                    case NO_IDENTIFIER -> "the peer names no interface identifier that differs from ours";
                });
    }

    @Override
    public List<String> ipv6Terminated(AddressFailure.Ipv6Terminated failure) {
        return List.of("the peer ended IPv6CP" + Clauses.saying(failure.said()));
    }

    @Override
    public List<String> ipv6cpNotConverging(AddressFailure.Ipv6cpNotConverging failure) {
        return Clauses.seen("", failure.seen());
    }
}
