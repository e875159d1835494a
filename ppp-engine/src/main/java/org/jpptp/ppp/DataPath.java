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
    private static final int IPV6_HEADER = 40;
    /** MPPE's header and the inner protocol field, which count against the peer's MRU. */
    private static final int MPPE_OCTETS = 4;
    /** Packets in a row that do not decrypt before the keys are said to differ. */
    private static final int KEYS_DIFFER_RUN = 32;
    /** How long that has to go on where something was decrypted before: garbage alone does not end a link. */
    private static final long KEYS_DIFFER_NANOS = 5_000_000_000L;

    private final boolean required;
    private final PppOutput output;
    private final PppStats stats;

    private boolean ipv4Open;
    private boolean ipv6Open;
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
                : new MppeEncryptor(masterKeys.send(send.strength()), send.strength(), send.mode());
        decryptor = receive == null || receive.strength() == null || masterKeys == null
                ? null
                : new MppeDecryptor(masterKeys.receive(receive.strength()), receive.strength(), receive.mode());
    }

    /** Whether datagrams of IPv4 may flow: CCP is settled and IPCP is open. */
    void openIpv4(boolean whether) {
        ipv4Open = whether;
    }

    /** Whether datagrams of IPv6 may flow: CCP is settled and IPv6CP is open. */
    void openIpv6(boolean whether) {
        ipv6Open = whether;
    }

    /** Nothing may flow. */
    void close() {
        ipv4Open = false;
        ipv6Open = false;
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
        int protocol = protocolOf(datagram);
        if (!isOpen(protocol)
                || (required && cipher == null)
                || length + (cipher == null ? 0 : MPPE_OCTETS) > peerMru) {
            stats.datagramsDropped++;
            return false;
        }
        if (cipher == null) {
            PppFrame.prepend(datagram, protocol, pfc, acfc);
        } else {
            // The inner protocol field is whole, as every peer takes it.
            PppFrame.prepend(datagram, protocol, false, true);
            cipher.encrypt(datagram);
            PppFrame.prepend(datagram, PppProtocol.COMPRESSED, pfc, acfc);
        }
        stats.datagramsSent++;
        stats.octetsSent += length;
        output.sendFrame(datagram);
        return true;
    }

    /** Takes a datagram that came in clear; true where it was delivered. */
    boolean receiveClear(int protocol, ByteBuf datagram) {
        if (required || decryptor != null) {
            stats.clearDiscarded++;
            return false;
        }
        return deliver(protocol, datagram);
    }

    /** Takes what follows protocol number 0x00FD; true where it was delivered. */
    boolean receiveEncrypted(ByteBuf frame, long now) {
        MppeDecryptor cipher = decryptor;
        if (cipher == null || !(ipv4Open || ipv6Open)) {
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
        return deliver(PppFrame.parseProtocol(frame), frame);
    }

    private boolean deliver(int protocol, ByteBuf datagram) {
        if (!isOpen(protocol) || protocolOf(datagram) != protocol) {
            stats.framesDiscarded++;
            return false;
        }
        // Whatever follows the datagram is padding.
        int length = protocol == PppProtocol.IPV4 ? ipv4Length(datagram) : ipv6Length(datagram);
        datagram.writerIndex(datagram.readerIndex() + length);
        stats.datagramsReceived++;
        stats.octetsReceived += length;
        output.deliver(datagram);
        return true;
    }

    private boolean isOpen(int protocol) {
        return protocol == PppProtocol.IPV4 ? ipv4Open : protocol == PppProtocol.IPV6 && ipv6Open;
    }

    /** The PPP protocol number of a datagram, by its version; 0 where its header cannot be right. */
    private static int protocolOf(ByteBuf datagram) {
        int available = datagram.readableBytes();
        int first = available == 0 ? 0 : datagram.getUnsignedByte(datagram.readerIndex());
        if (first >> 4 == 4 && available >= IPV4_HEADER) {
            int header = (first & 15) * 4;
            int total = ipv4Length(datagram);
            return header >= IPV4_HEADER && header <= total && total <= available ? PppProtocol.IPV4 : 0;
        }
        return first >> 4 == 6 && available >= IPV6_HEADER && ipv6Length(datagram) <= available ? PppProtocol.IPV6 : 0;
    }

    /** Total Length (RFC 791 §3.1). */
    private static int ipv4Length(ByteBuf datagram) {
        return datagram.getUnsignedShort(datagram.readerIndex() + 2);
    }

    /** Payload Length, and the header (RFC 8200 §3). */
    private static int ipv6Length(ByteBuf datagram) {
        return IPV6_HEADER + datagram.getUnsignedShort(datagram.readerIndex() + 4);
    }
}
