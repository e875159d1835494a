package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.FrameTrust;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppOutput;
import org.jpptp.ppp.PppStats;
import org.jpptp.ppp.coding.DatagramDecoder;
import org.jpptp.ppp.coding.DatagramEncoder;
import org.jpptp.ppp.coding.Plausibility;
import org.jpptp.ppp.mppc.MppcCompressor;
import org.jpptp.ppp.mppc.MppcDecoder;
import org.jpptp.ppp.mppc.MppcDecompressor;
import org.jpptp.ppp.mppc.MppcEncoder;
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
final class DatagramPath {
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    /** The header and the inner protocol field of an encoded packet, which count against the peer's MRU. */
    private static final int CODING_OCTETS = 4;
    /** What a packet may decompress to: the largest datagram that we ever take, and its protocol field. */
    private static final int DECOMPRESSED_OCTETS = 1502;

    /** Datagrams that were sent, and were not understood, when the first answer to that comes; at most, as a rule. */
    private static final int ON_THE_WAY = 64;

    private final boolean required;
    private final PppOutput output;
    private final PppStats stats;
    private final PeerProof proof;

    private boolean ipv4Open;
    private boolean ipv6Open;
    private int peerMru;
    private boolean pfc;
    private boolean acfc;

    private @Nullable MppeMasterKeys keys;
    private PppEvent.@Nullable EncryptionSettled settled;
    private @Nullable DatagramEncoder encoder;
    private @Nullable DatagramDecoder decoder;
    private boolean failed;
    /** How many datagrams had been sent when these keys were first used. */
    private long sentBefore;

    DatagramPath(boolean required, PppOutput output, PppStats stats, PeerProof proof) {
        this.required = required;
        this.output = output;
        this.stats = stats;
        this.proof = proof;
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
        encoder = encoder(terms.send(), masterKeys);
        decoder = decoder(terms.receive(), masterKeys);
        sentBefore = stats.datagramsSent;
        proof.keysChanged();
    }

    private static @Nullable DatagramEncoder encoder(PppEvent.@Nullable Coding send, @Nullable MppeMasterKeys keys) {
        if (send == null) {
            return null;
        }
        MppeStrength strength = send.strength();
        if (strength == null) {
            return send.mppc() ? new MppcEncoder(send.mode()) : null;
        }
        return keys == null
                ? null
                : new MppeEncryptor(
                        keys.send(strength), strength, send.mode(), send.mppc() ? new MppcCompressor() : null);
    }

    private static @Nullable DatagramDecoder decoder(PppEvent.@Nullable Coding receive, @Nullable MppeMasterKeys keys) {
        if (receive == null) {
            return null;
        }
        MppeStrength strength = receive.strength();
        if (strength == null) {
            return receive.mppc() ? new MppcDecoder(receive.mode(), DECOMPRESSED_OCTETS) : null;
        }
        return keys == null
                ? null
                : new MppeDecryptor(
                        keys.receive(strength),
                        strength,
                        receive.mode(),
                        receive.mppc() ? new MppcDecompressor(DECOMPRESSED_OCTETS) : null);
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

    /** Whether anything may flow. */
    boolean isOpen() {
        return ipv4Open || ipv6Open;
    }

    /** Whether either direction is encrypted. */
    boolean encrypted() {
        return encoder instanceof MppeEncryptor || decoder instanceof MppeDecryptor;
    }

    /** How many datagrams were sent. */
    long sent() {
        return stats.datagramsSent;
    }

    /**
     * Whether these keys have worked in both directions, as far as one can tell: something was decrypted with them, and more
     * was sent than is on its way before the peer can say that it does not understand it.
     */
    boolean worked() {
        return proof.decrypted() && stats.datagramsSent - sentBefore > ON_THE_WAY;
    }

    /** The peer has lost track of our packets. */
    void resetRequested() {
        if (encoder != null) {
            encoder.resetRequested();
        }
    }

    /** Whether the peer is to be told that we have lost track of its packets. */
    boolean resetWanted() {
        return decoder != null && decoder.resetWanted();
    }

    /** A frame has come from where the peer's numbers are not, as far as the transport knows. */
    void strayed(long now) {
        if (isOpen()) {
            proof.strayed(now);
        }
    }

    /** Sends a datagram with 64 free octets before it; false where it was dropped. */
    boolean send(ByteBuf datagram, long now) {
        int length = datagram.readableBytes();
        DatagramEncoder coder = encoder;
        int protocol = Plausibility.protocol(look(datagram));
        if (!isOpen(protocol)
                || (required && !(coder instanceof MppeEncryptor))
                || length + (coder == null ? 0 : CODING_OCTETS) > peerMru) {
            stats.datagramsDropped++;
            return false;
        }
        if (coder == null) {
            PppFrame.prepend(datagram, protocol, pfc, acfc);
        } else {
            PppFrame.prependProtocol(datagram, protocol);
            coder.encode(datagram);
            PppFrame.prepend(datagram, PppProtocol.COMPRESSED, pfc, acfc);
        }
        stats.datagramsSent++;
        stats.octetsSent += length;
        output.sendFrame(datagram, now);
        return true;
    }

    /** Takes a datagram that came in clear. */
    FrameTrust receiveClear(int protocol, ByteBuf datagram, int number, long now) {
        failed = false;
        if (required || decoder instanceof MppeDecryptor) {
            stats.clearDiscarded++;
            return FrameTrust.REFUSED;
        }
        proof.unproven(number, now);
        int found = look(datagram);
        deliver(Plausibility.protocol(found) == protocol ? found : Plausibility.NOTHING, datagram);
        return FrameTrust.UNPROVEN;
    }

    /**
     * Takes what follows protocol number 0x00FD; {@link #failed} tells of one that brought nothing.
     *
     * @param number as for {@link PppLink#receive}
     */
    FrameTrust receiveCoded(ByteBuf frame, int number, long now) {
        DatagramDecoder coder = decoder;
        failed = false;
        if (coder == null || !(ipv4Open || ipv6Open)) {
            stats.framesDiscarded++;
            return FrameTrust.UNPROVEN;
        }
        DatagramDecoder.Result result = coder.decode(frame, proof.missing(number));
        if (result != DatagramDecoder.Result.OK) {
            return undecipherable(result, number, now);
        }
        FrameTrust trust = decoded(coder, number, now);
        deliver(coder.found(), coder.plaintext(frame));
        return trust;
    }

    private FrameTrust decoded(DatagramDecoder coder, int number, long now) {
        if (coder instanceof MppeDecryptor) {
            proof.proven(number, now);
            return FrameTrust.PROVEN;
        }
        proof.unproven(number, now);
        return FrameTrust.UNPROVEN;
    }

    private FrameTrust undecipherable(DatagramDecoder.Result result, int number, long now) {
        failed = true;
        tell(result, number, now);
        if (result == DatagramDecoder.Result.NOT_ENCRYPTED) {
            stats.clearDiscarded++;
        } else {
            stats.undecipherable++;
        }
        if (!(decoder instanceof MppeDecryptor)) {
            return FrameTrust.UNPROVEN;
        }
        // While the key streams are out of step, nobody can tell.
        return result == DatagramDecoder.Result.AWAITING_RESET ? FrameTrust.DOUBTED : FrameTrust.REFUSED;
    }

    /** Only what is encrypted, and came to nothing, says anything of the keys. */
    private void tell(DatagramDecoder.Result result, int number, long now) {
        if (result == DatagramDecoder.Result.IMPLAUSIBLE && decoder instanceof MppeDecryptor) {
            proof.undecipherable(number, now);
        }
    }

    /** Delivers what {@link Plausibility} has found in a buffer. */
    private void deliver(int found, ByteBuf buffer) {
        if (!isOpen(Plausibility.protocol(found))) {
            stats.framesDiscarded++;
            return;
        }
        int length = Plausibility.length(found);
        int start = buffer.readerIndex() + Plausibility.offset(found);
        stats.datagramsReceived++;
        stats.octetsReceived += length;
        output.deliverDatagram(buffer.setIndex(start, start + length));
    }

    /** Looks at a frame that came early without taking it: false where it would be refused at any time. */
    boolean early(int protocol, ByteBuf frame, int number, long now) {
        return switch (protocol) {
            case PppProtocol.IPV4, PppProtocol.IPV6 -> !required && !(decoder instanceof MppeDecryptor);
            case PppProtocol.COMPRESSED -> decoder == null || earlyCoded(decoder, frame, number, now);
            default -> true;
        };
    }

    private boolean earlyCoded(DatagramDecoder coder, ByteBuf frame, int number, long now) {
        DatagramDecoder.Result result = coder.look(frame);
        if (result != DatagramDecoder.Result.OK) {
            tell(result, number, now);
        }
        return result == DatagramDecoder.Result.OK;
    }

    /** Whether the last datagram was a coded one that did not decode. */
    boolean failed() {
        return failed;
    }

    private boolean isOpen(int protocol) {
        return protocol == PppProtocol.IPV4 ? ipv4Open : protocol == PppProtocol.IPV6 && ipv6Open;
    }

    /**
     * Looks at the header of a datagram that is not encrypted, as {@link Plausibility} does at others: version, Total
     * Length (RFC 791 §3.1), Payload Length (RFC 8200 §3).
     */
    private static int look(ByteBuf datagram) {
        int available = datagram.readableBytes();
        int index = datagram.readerIndex();
        int first = available == 0 ? 0 : datagram.getUnsignedByte(index);
        if (first >> 4 == 4 && available >= IPV4_HEADER) {
            int header = (first & 15) * 4;
            int total = datagram.getUnsignedShort(index + 2);
            return header >= IPV4_HEADER && header <= total && total <= available
                    ? Plausibility.found(PppProtocol.IPV4, 0, total)
                    : Plausibility.NOTHING;
        }
        if (first >> 4 != 6 || available < IPV6_HEADER) {
            return Plausibility.NOTHING;
        }
        int total = IPV6_HEADER + datagram.getUnsignedShort(index + 4);
        return total <= available ? Plausibility.found(PppProtocol.IPV6, 0, total) : Plausibility.NOTHING;
    }
}
