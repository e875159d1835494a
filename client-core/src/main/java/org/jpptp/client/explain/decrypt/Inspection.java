package org.jpptp.client.explain.decrypt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jpptp.client.diagnosis.RecordDiagnosis;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.coding.DatagramDecoder;
import org.jpptp.ppp.coding.Plausibility;
import org.jpptp.ppp.mppc.MppcDecoder;
import org.jpptp.ppp.mppc.MppcDecompressor;
import org.jpptp.ppp.mppe.MppeDecryptor;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jpptp.ppp.text.PeerText;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ConfigOptions;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/** What a password opens in one call. */
public final class Inspection {
    /** So many packets of one direction that do not decrypt, and none that does, are no accident. */
    private static final int ENOUGH = 32;

    private static final int MPPE = 18;
    private static final int STATELESS = 0x01000000;
    private static final int MPPC = 1;
    /** What a packet may decompress to. */
    private static final int LIMIT = 4096;

    private final Proofs proofs;
    private final Map<Side, Direction> directions = new EnumMap<>(Side.class);

    Inspection(Secret secret) {
        proofs = new Proofs(secret);
        for (Side side : Side.values()) {
            directions.put(side, new Direction(side));
        }
    }

    /** What comes out of a packet. */
    interface Sink {
        /** A datagram, which is borrowed. */
        void datagram(ByteBuf datagram);
    }

    void control(Side from, int protocol, ByteBuf packet) {
        if (protocol == PppProtocol.CCP) {
            if (ControlPacket.parse(packet) instanceof ControlPacket control
                    && control.code() == ControlPacket.CONFIGURE_ACK
                    && ConfigOptions.parse(control.data()) instanceof ConfigOptions.Listed listed) {
                direction(from).agreed(listed.options());
            }
        } else {
            proofs.packet(from, protocol, packet);
        }
    }

    private Direction direction(Side side) {
        Direction direction = directions.get(side);
        if (direction == null) {
            throw new IllegalStateException("each side has one");
        }
        return direction;
    }

    /** A packet behind protocol number 0x00FD. */
    void coded(Side from, ByteBuf octets, int skipped, Sink sink) {
        direction(from).decode(octets, skipped, sink);
    }

    /** What one side sends. */
    private final class Direction {
        private final Side side;
        private @Nullable Integer bits;
        private List<DatagramDecoder> candidates = List.of();
        private boolean made;
        private int missing;
        private long decrypted;
        private long failed;

        Direction(Side side) {
            this.side = side;
        }

        /** What this side acknowledges is what the other can receive. */
        void agreed(List<ConfigOption> options) {
            int now = 0;
            for (ConfigOption option : options) {
                if (option.type() == MPPE && option.valueLength() == 4) {
                    now = option.intValue();
                }
            }
            // The same terms go on where they were.
            if (bits == null || bits != now) {
                bits = now;
                made = false;
            }
        }

        void decode(ByteBuf octets, int skipped, Sink sink) {
            if (!made) {
                candidates = decoders();
                made = true;
            }
            missing += skipped;
            for (DatagramDecoder decoder : candidates) {
                ByteBuf copy = candidates.size() == 1 ? octets : Unpooled.copiedBuffer(octets);
                if (decoder.decode(copy, missing) == DatagramDecoder.Result.OK) {
                    candidates = List.of(decoder);
                    decrypted++;
                    missing = 0;
                    ByteBuf plain = decoder.plaintext(copy);
                    int found = decoder.found();
                    sink.datagram(
                            plain.slice(plain.readerIndex() + Plausibility.offset(found), Plausibility.length(found)));
                    return;
                }
            }
            failed++;
            missing++;
        }

        /** Where the negotiation was not recorded, everything that there is. */
        private List<DatagramDecoder> decoders() {
            MppeMasterKeys keys = proofs.keys();
            List<DatagramDecoder> all = new ArrayList<>();
            Integer agreed = bits;
            for (MppeMode mode : MppeMode.values()) {
                boolean stateless = agreed != null && (agreed & STATELESS) != 0;
                if (agreed != null && stateless != (mode == MppeMode.STATELESS)) {
                    continue;
                }
                for (MppeStrength strength : MppeStrength.values()) {
                    if (keys != null
                            && keys.strengths().contains(strength)
                            && (agreed == null || (agreed & strength.optionBit()) != 0)) {
                        add(all, keys, strength, mode, agreed);
                    }
                }
                if (agreed != null && agreed == (stateless ? STATELESS | MPPC : MPPC)) {
                    all.add(new MppcDecoder(mode, LIMIT));
                }
            }
            return all;
        }

        private void add(
                List<DatagramDecoder> all,
                MppeMasterKeys keys,
                MppeStrength strength,
                MppeMode mode,
                @Nullable Integer agreed) {
            byte[] key = side == proofs.prover() ? keys.receive(strength) : keys.send(strength);
            if (agreed == null || (agreed & MPPC) == 0) {
                all.add(new MppeDecryptor(key, strength, mode, null, MppeDecryptor.Stance.LISTENER));
            }
            if (agreed == null || (agreed & MPPC) != 0) {
                all.add(new MppeDecryptor(
                        key, strength, mode, new MppcDecompressor(LIMIT), MppeDecryptor.Stance.LISTENER));
            }
        }
    }

    /** How many datagrams were decrypted. */
    public long decrypted() {
        return direction(Side.CLIENT).decrypted + direction(Side.SERVER).decrypted;
    }

    /** How many could not be. */
    public long undecrypted() {
        return direction(Side.CLIENT).failed + direction(Side.SERVER).failed;
    }

    /** Whether nothing of the server's decrypts, although the password is right. */
    public boolean nothingDecrypts() {
        Direction server = direction(proofs.prover().other());
        return proofs.outcome() == Proofs.Outcome.RIGHT && server.decrypted == 0 && server.failed >= ENOUGH;
    }

    /** Whether the password is the one that was used here; null where that could not be checked. */
    public @Nullable Boolean right() {
        return switch (proofs.outcome()) {
            case UNCHECKED, MASKED -> decrypted() > 0 ? true : null;
            case RIGHT -> true;
            case WRONG -> false;
        };
    }

    /** The same in a sentence. */
    public String password(String user) {
        return switch (proofs.outcome()) {
            case UNCHECKED ->
                decrypted() > 0 ? RecordDiagnosis.passwordDecrypts() : RecordDiagnosis.passwordNotChecked();
            case MASKED -> RecordDiagnosis.passwordMasked();
            case RIGHT ->
                proofs.serverIsWrong()
                        ? RecordDiagnosis.serverHasAnother()
                        : RecordDiagnosis.passwordIsRight(PeerText.escape(user));
            case WRONG -> RecordDiagnosis.passwordIsWrong(PeerText.escape(user));
        };
    }
}
