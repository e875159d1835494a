package org.jpptp.client.diagnosis;

import java.util.List;
import java.util.stream.Collectors;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.MppeOffer;

/** The words for what was seen of encryption. */
interface EncryptionEvidence extends EncryptionFailure.Cases<List<String>> {
    @Override
    default List<String> noKeys(EncryptionFailure.NoKeys failure) {
        return List.of(
                switch (failure.lack()) {
                    case METHOD_WITHOUT_KEYS -> "encryption is required, but the authentication yields no keys";
                    case OTHER_STRENGTH ->
                        "encryption is required, but of this password MS-CHAP v1 makes keys of 128 bits only";
                });
    }

    @Override
    default List<String> ccpTimeout(EncryptionFailure.CcpTimeout failure) {
        return Clauses.and(
                Clauses.seen("CCP fell silent: ", failure.seen()),
                "required is " + failure.required().label());
    }

    @Override
    default List<String> ccpNotConverging(EncryptionFailure.CcpNotConverging failure) {
        return failure.terms().offered().isEmpty()
                ? Clauses.and(Clauses.seen("CCP did not converge: ", failure.seen()), allowed(failure.terms()))
                : List.of("the peer offered " + offers(failure.terms().offered()), allowed(failure.terms()));
    }

    @Override
    default List<String> encryptionRefused(EncryptionFailure.EncryptionRefused failure) {
        return List.of(
                switch (failure.how()) {
                    case CCP_REJECTED -> "the peer rejects CCP, encryption is switched off there";
                    case PACKETS_REJECTED -> "the peer rejects encrypted packets";
                    case OTHER_ASKED ->
                        "the peer asked for " + offers(failure.terms().offered());
                    case NONE_ASKED -> "the peer asked for no encryption";
                },
                allowed(failure.terms()));
    }

    @Override
    default List<String> mppeRejected(EncryptionFailure.MppeRejected failure) {
        return List.of(
                "the peer rejects MPPE " + offers(failure.rejected())
                        + (failure.terms().offered().isEmpty()
                                ? ""
                                : ", and offered " + offers(failure.terms().offered())),
                allowed(failure.terms()));
    }

    @Override
    default List<String> ccpTerminated(EncryptionFailure.CcpTerminated failure) {
        return List.of("the peer ended CCP" + Clauses.saying(failure.said()), allowed(failure.terms()));
    }

    @Override
    default List<String> linkTerminatedInstead(EncryptionFailure.LinkTerminatedInstead failure) {
        return List.of(
                "the peer offered " + offers(failure.terms().offered()) + ", then " + Clauses.TERMINATED
                        + Clauses.saying(failure.said()),
                allowed(failure.terms()));
    }

    @Override
    default List<String> encryptionDemanded(EncryptionFailure.EncryptionDemanded failure) {
        List<MppeOffer> asked = failure.terms().offered();
        return List.of(
                (asked.isEmpty() ? "" : "the peer asked for " + offers(asked) + ", then ")
                        + Clauses.TERMINATED
                        + Clauses.saying(failure.said()),
                allowed(failure.terms()));
    }

    @Override
    default List<String> encryptionRenegotiated(EncryptionFailure.EncryptionRenegotiated failure) {
        return List.of("the peer renegotiated encryption to other terms");
    }

    @Override
    default List<String> nothingDecrypts(EncryptionFailure.NothingDecrypts failure) {
        return List.of(
                "authentication succeeded, but none of the last encrypted packets of the peer decrypts",
                "its keys differ or are missing");
    }

    @Override
    default List<String> garbageRejected(EncryptionFailure.GarbageRejected failure) {
        return List.of(
                "authentication succeeded, but the peer rejects " + neverSent(failure.protocols()),
                "its encryption keys differ or are missing");
    }

    @Override
    default List<String> outOfStep(EncryptionFailure.OutOfStep failure) {
        return List.of(
                failure.rejected().isEmpty()
                        ? "none of the last encrypted packets of the peer decrypts"
                        : "the peer rejects " + neverSent(failure.rejected()),
                "earlier packets were understood, with the same keys");
    }

    private static String neverSent(List<Integer> protocols) {
        return protocols.stream()
                .map(protocol -> "0x" + Integer.toHexString(protocol))
                .collect(Collectors.joining(", ", "protocols that we never sent (", ")"));
    }

    @Override
    default List<String> endedBeforeCcp(EncryptionFailure.EndedBeforeCcp failure) {
        return List.of(
                "authentication succeeded, then " + Clauses.TERMINATED + Clauses.saying(failure.said())
                        + ", before a word on encryption",
                "likeliest its RADIUS server returned no MPPE keys");
    }

    private static String offers(List<MppeOffer> offers) {
        return offers.stream().map(MppeOffer::label).distinct().collect(Collectors.joining(", then "));
    }

    private static String allowed(EncryptionFailure.Terms terms) {
        return "allowed is " + terms.allowed().label();
    }
}
