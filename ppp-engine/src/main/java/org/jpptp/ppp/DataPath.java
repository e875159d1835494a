package org.jpptp.ppp;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.mppe.MppeDecryptor;
import org.jpptp.ppp.mppe.MppeEncryptor;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams, both ways. With encryption required, nothing leaves and nothing is delivered in clear, whatever the state.
 *
 * <p>Nothing is allocated per datagram.
 */
final class DataPath {
    private static final int IPV4_HEADER = 20;
    /** MPPE's header and the inner protocol field, which count against the peer's MRU. */
    private static final int MPPE_OCTETS = 4;
    /** Packets in a row that do not decrypt before the keys are said to differ. */
    private static final int KEYS_DIFFER_RUN = 32;
    /** How long that has to go on where something was decrypted before: garbage alone does not end a link. */
    private static final long KEYS_DIFFER_NANOS = 5_000_000_000L;

    private final boolean required;
    private final PppOutput output;
    private final PppStats stats;

    private boolean open;
    private int peerMru;
    private boolean pfc;
    private boolean acfc;

    private @Nullable MppeMasterKeys keys;
    private PppEvent.@Nullable EncryptionSettled settled;
    private @Nullable MppeEncryptor encryptor;
    private @Nullable MppeDecryptor decryptor;
    private long runBegan;

    DataPath(boolean required, PppOutput output, PppStats stats) {
        this.required = required;
        this.output = output;
        this.stats = stats;
    }

    /** What LCP came to: the peer's MRU in octets and the headers it takes. */
    void link(int mru, boolean sendPfc, boolean sendAcfc) {
        peerMru = mru;
        pfc = sendPfc;
        acfc = sendAcfc;
    }

    /**
     * What CCP came to.
     *
     * <p>The same terms under the same keys go on where they were: to begin again would use key stream twice.
     */
    void encryption(PppEvent.EncryptionSettled terms, @Nullable MppeMasterKeys masterKeys) {
        if (masterKeys == keys && terms.equals(settled)) {
            return;
        }
        keys = masterKeys;
        settled = terms;
        PppEvent.Coding send = terms.send();
        PppEvent.Coding receive = terms.receive();
        encryptor = send == null || send.strength() == null || masterKeys == null
                ? null
                : new MppeEncryptor(masterKeys.send(), send.strength(), send.mode());
        decryptor = receive == null || receive.strength() == null || masterKeys == null
                ? null
                : new MppeDecryptor(masterKeys.receive(), receive.strength(), receive.mode());
    }

    /** Whether datagrams may flow: CCP is settled and IPCP is open. */
    void open(boolean whether) {
        open = whether;
    }

    /** Whether either direction is encrypted. */
    boolean encrypted() {
        return encryptor != null || decryptor != null;
    }

    /** Whether anything from the peer was ever decrypted. */
    boolean everDecrypted() {
        return decryptor != null && decryptor.decrypted() > 0;
    }

    /** The peer has lost track of our packets. */
    void resetRequested() {
        if (encryptor != null) {
            encryptor.resetRequested();
        }
    }

    /** Whether the peer is to be told that we have lost track of its packets. */
    boolean resetWanted() {
        return decryptor != null && decryptor.resetWanted();
    }

    /** Whether so much did not decrypt that the peer must have other keys. */
    boolean keysDiffer(long now) {
        return decryptor != null
                && decryptor.implausibleRun() >= KEYS_DIFFER_RUN
                && (decryptor.decrypted() == 0 || now - runBegan >= KEYS_DIFFER_NANOS);
    }

    /** Sends a datagram with 64 free octets before it; false where it was dropped. */
    boolean send(ByteBuf datagram) {
        int length = datagram.readableBytes();
        MppeEncryptor cipher = encryptor;
        if (!open
                || (required && cipher == null)
                || !isIpv4(datagram)
                || length + (cipher == null ? 0 : MPPE_OCTETS) > peerMru) {
            stats.datagramsDropped++;
            return false;
        }
        if (cipher == null) {
            PppFrame.prepend(datagram, PppProtocol.IPV4, pfc, acfc);
        } else {
            // The inner protocol field is whole, as every peer takes it.
            PppFrame.prepend(datagram, PppProtocol.IPV4, false, true);
            cipher.encrypt(datagram);
            PppFrame.prepend(datagram, PppProtocol.COMPRESSED, pfc, acfc);
        }
        stats.datagramsSent++;
        stats.octetsSent += length;
        output.sendFrame(datagram);
        return true;
    }

    /** Takes a datagram that came in clear; true where it was delivered. */
    boolean receiveClear(ByteBuf datagram) {
        if (required || decryptor != null) {
            stats.clearDiscarded++;
            return false;
        }
        if (!open || !isIpv4(datagram)) {
            stats.framesDiscarded++;
            return false;
        }
        deliver(datagram);
        return true;
    }

    /** Takes what follows protocol number 0x00FD; true where it was delivered. */
    boolean receiveEncrypted(ByteBuf frame, long now) {
        MppeDecryptor cipher = decryptor;
        if (cipher == null || !open) {
            stats.framesDiscarded++;
            return false;
        }
        int runBefore = cipher.implausibleRun();
        MppeDecryptor.Result result = cipher.decrypt(frame);
        if (runBefore == 0 && cipher.implausibleRun() == 1) {
            runBegan = now;
        }
        if (result == MppeDecryptor.Result.NOT_ENCRYPTED) {
            stats.clearDiscarded++;
            return false;
        }
        if (result != MppeDecryptor.Result.OK) {
            stats.undecipherable++;
            return false;
        }
        if (PppFrame.parseProtocol(frame) != PppProtocol.IPV4 || !isIpv4(frame)) {
            stats.framesDiscarded++;
            return false;
        }
        deliver(frame);
        return true;
    }

    private void deliver(ByteBuf datagram) {
        // Whatever follows the datagram is padding.
        int length = totalLength(datagram);
        datagram.writerIndex(datagram.readerIndex() + length);
        stats.datagramsReceived++;
        stats.octetsReceived += length;
        output.deliver(datagram);
    }

    private static boolean isIpv4(ByteBuf datagram) {
        if (datagram.readableBytes() < IPV4_HEADER) {
            return false;
        }
        int first = datagram.getUnsignedByte(datagram.readerIndex());
        int header = (first & 15) * 4;
        int total = totalLength(datagram);
        return first >> 4 == 4 && header >= IPV4_HEADER && header <= total && total <= datagram.readableBytes();
    }

    private static int totalLength(ByteBuf datagram) {
        return datagram.getUnsignedShort(datagram.readerIndex() + 2);
    }
}
