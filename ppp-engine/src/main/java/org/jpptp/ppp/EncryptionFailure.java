package org.jpptp.ppp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What ends a link over encryption: the peer refuses what policy requires, or its keys are not ours. */
public sealed interface EncryptionFailure extends PppFailure {
    /** A peer that does not agree to what policy requires. */
    sealed interface Refused extends EncryptionFailure {
        /** What was allowed and what was offered. */
        Terms terms();
    }

    /** Encryption is required, and there are no keys for it. */
    record NoKeys(Lack lack) implements EncryptionFailure {
        @Override
        public Cause cause() {
            return Cause.ENCRYPTION_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.noKeys(this);
        }
    }

    /** No answer to our CCP Configure-Requests. */
    record CcpTimeout(Negotiation seen, MppePolicy required) implements EncryptionFailure {
        @Override
        public Cause cause() {
            return Cause.NETWORK_TIMEOUT;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.ccpTimeout(this);
        }
    }

    /** CCP was answered, but the two sides never agreed. */
    record CcpNotConverging(Negotiation seen, Terms terms) implements Refused {
        @Override
        public Cause cause() {
            return Cause.ENCRYPTION_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.ccpNotConverging(this);
        }
    }

    /** The peer refuses the encryption that policy requires. */
    record EncryptionRefused(How how, Terms terms) implements Refused {
        @Override
        public Cause cause() {
            return Cause.ENCRYPTION_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.encryptionRefused(this);
        }
    }

    /**
     * The peer sent a Configure-Reject of all that policy allows.
     *
     * @param rejected what we asked for, in order
     */
    record MppeRejected(List<MppeOffer> rejected, Terms terms) implements Refused {
        public MppeRejected {
            rejected = List.copyOf(rejected);
        }

        @Override
        public Cause cause() {
            return Cause.ENCRYPTION_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.mppeRejected(this);
        }
    }

    /**
     * The peer sent a CCP Terminate-Request.
     *
     * @param said the reason in it, escaped; empty for none
     */
    record CcpTerminated(String said, Terms terms) implements Refused {
        @Override
        public Cause cause() {
            return Cause.ENCRYPTION_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.ccpTerminated(this);
        }
    }

    /**
     * The peer offered other encryption, and then sent an LCP Terminate-Request.
     *
     * @param said the reason in it, escaped; empty for none
     */
    record LinkTerminatedInstead(String said, Terms terms) implements Refused {
        @Override
        public Cause cause() {
            return Cause.ENCRYPTION_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.linkTerminatedInstead(this);
        }
    }

    /**
     * The peer asked for encryption, got none, and then sent an LCP Terminate-Request.
     *
     * @param said the reason in it, escaped; empty for none
     */
    record EncryptionDemanded(String said, Terms terms) implements EncryptionFailure {
        @Override
        public Cause cause() {
            return Cause.ENCRYPTION_DEMANDED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.encryptionDemanded(this);
        }
    }

    /** The peer renegotiated encryption to other terms than before. */
    record EncryptionRenegotiated() implements EncryptionFailure {
        @Override
        public Cause cause() {
            return Cause.ENCRYPTION_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.encryptionRenegotiated(this);
        }
    }

    /** None of the last encrypted packets of the peer decrypts. */
    record NothingDecrypts() implements EncryptionFailure {
        @Override
        public Cause cause() {
            return Cause.KEYS_DIFFER;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.nothingDecrypts(this);
        }
    }

    /**
     * The peer sent Protocol-Rejects of protocols that we never sent: that is what other keys make of our packets.
     *
     * @param protocols their PPP numbers, in order
     */
    record GarbageRejected(List<Integer> protocols) implements EncryptionFailure {
        public GarbageRejected {
            protocols = List.copyOf(protocols);
        }

        @Override
        public Cause cause() {
            return Cause.KEYS_DIFFER;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.garbageRejected(this);
        }
    }

    /**
     * What was encrypted with the same keys is no longer understood, once it was: the two sides have lost step, as where more
     * packets get lost in one piece than are counted.
     *
     * @param rejected the PPP numbers of the protocols that we never sent and that the peer sent Protocol-Rejects of, in order;
     *     empty where it is the peer's packets that do not decrypt
     */
    record OutOfStep(List<Integer> rejected) implements EncryptionFailure {
        public OutOfStep {
            rejected = List.copyOf(rejected);
        }

        @Override
        public Cause cause() {
            return Cause.OUT_OF_STEP;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.outOfStep(this);
        }
    }

    /**
     * The peer sent an LCP Terminate-Request after authentication, before a word of CCP.
     *
     * @param said the reason in it, escaped; empty for none
     */
    record EndedBeforeCcp(String said) implements EncryptionFailure {
        @Override
        public Cause cause() {
            return Cause.KEYS_DIFFER;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.endedBeforeCcp(this);
        }
    }

    /** Why there are no keys. */
    enum Lack {
        /** The method of authentication yields none. */
        METHOD_WITHOUT_KEYS,
        /** MS-CHAP v1 makes keys of 128 bits only of a password without a LAN Manager hash, and policy allows others only. */
        OTHER_STRENGTH
    }

    /** How a peer refuses encryption. */
    enum How {
        /** With a Protocol-Reject of CCP. */
        CCP_REJECTED,
        /** With Protocol-Rejects of encrypted packets. */
        PACKETS_REJECTED,
        /** It insists on what it asked for. */
        OTHER_ASKED,
        /** It insists on none. */
        NONE_ASKED
    }

    /**
     * What was allowed and what was offered.
     *
     * @param allowed the policy
     * @param offered what the peer named instead of what we asked for, each once, in order
     * @param lastOffered what it named last, null where it named nothing
     */
    record Terms(
            MppePolicy allowed,
            List<MppeOffer> offered,
            @Nullable MppeOffer lastOffered) {
        public Terms {
            offered = List.copyOf(offered);
        }
    }

    /** One answer for each of them; a new one does not compile until everybody has decided on it. */
    interface Cases<R> {
        R noKeys(NoKeys failure);

        R ccpTimeout(CcpTimeout failure);

        R ccpNotConverging(CcpNotConverging failure);

        R encryptionRefused(EncryptionRefused failure);

        R mppeRejected(MppeRejected failure);

        R ccpTerminated(CcpTerminated failure);

        R linkTerminatedInstead(LinkTerminatedInstead failure);

        R encryptionDemanded(EncryptionDemanded failure);

        R encryptionRenegotiated(EncryptionRenegotiated failure);

        R nothingDecrypts(NothingDecrypts failure);

        R garbageRejected(GarbageRejected failure);

        R outOfStep(OutOfStep failure);

        R endedBeforeCcp(EndedBeforeCcp failure);
    }
}
