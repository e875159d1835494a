package org.jpptp.ppp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.ccp.CcpPolicy;
import org.jpptp.ppp.fsm.FsmOutput;
import org.jpptp.ppp.fsm.OptionFsm;
import org.jpptp.ppp.fsm.State;
import org.jpptp.ppp.ipcp.IpcpPolicy;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jpptp.ppp.text.PeerText;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * The network-layer protocol phase (RFC 1661 §3.7): first CCP, and only once encryption is settled, IPCP.
 *
 * <p>Encryption that is required, or that was ever on, is never lost without the link ending.
 */
final class NetworkPhase {
    /** Protocol-Rejects of what only wrong keys can have made of our packets. */
    private static final int REJECTS = 3;
    /** A lost Reset-Request is repeated after this. */
    private static final long RESET_NANOS = 1_000_000_000L;

    private final PppConfig config;
    private final LinkServices link;
    private final DataPath data;
    private final @Nullable CcpPolicy ccpPolicy;
    private final @Nullable OptionFsm ccp;
    private final IpcpPolicy ipcpPolicy;
    private final OptionFsm ipcp;

    private @Nullable MppeMasterKeys keys;
    private boolean running;
    private boolean settled;
    /** Whether the peer was let go without encryption, which policy allows; CCP is over then. */
    private boolean abandoned;

    private long deadline = Long.MAX_VALUE;
    private @Nullable ByteBuf early;
    private int dataRejects;
    private String rejectedProtocols = "";
    private int resetId;
    private long lastReset;
    private boolean resetSent;

    NetworkPhase(PppConfig config, RandomGenerator random, LinkServices link, DataPath data) {
        this.config = config;
        this.link = link;
        this.data = data;
        MppePolicy mppe = config.mppe();
        if (mppe.strengths().isEmpty() || mppe.modes().isEmpty()) {
            ccpPolicy = null;
            ccp = null;
        } else {
            ccpPolicy = new CcpPolicy(mppe);
            PppTiming timing = mppe.required() ? config.timing() : impatient(config.timing());
            ccp = new OptionFsm(PppProtocol.CCP, ccpPolicy, timing, random.nextInt(256), new CcpOutput());
        }
        ipcpPolicy = new IpcpPolicy(config.ipcp());
        ipcp = new OptionFsm(PppProtocol.IPCP, ipcpPolicy, config.timing(), random.nextInt(256), new IpcpOutput());
    }

    /** Where encryption is optional, a peer without CCP is to leave time for IPCP. */
    private static PppTiming impatient(PppTiming timing) {
        return new PppTiming(
                timing.restart(),
                timing.terminateRestart(),
                Math.max(1, timing.maxConfigure() / 2),
                timing.maxTerminate(),
                timing.maxFailure(),
                timing.authentication(),
                timing.network(),
                timing.echoInterval(),
                timing.echoFailures());
    }

    /** Authentication is complete. */
    void start(@Nullable MppeMasterKeys masterKeys, int peerMru, long now) {
        running = true;
        keys = masterKeys;
        deadline = now + config.timing().network().toNanos();
        ipcp.limitPackets(peerMru);
        if (config.mppe().required() && (ccp == null || masterKeys == null)) {
            link.fail(new PppFailure(
                    Cause.ENCRYPTION_REFUSED, 0, "encryption is required, but the authentication yields no keys"));
        } else if (ccp == null || masterKeys == null) {
            settle(null, null, now);
        } else {
            ccp.limitPackets(peerMru);
            ccp.open(now);
            ccp.up(now);
        }
    }

    /** LCP is no longer open. */
    void stop(long now) {
        running = false;
        settled = false;
        abandoned = false;
        early = null;
        deadline = Long.MAX_VALUE;
        data.open(false);
        lowerDown(ipcp, now);
        if (ccp != null) {
            lowerDown(ccp, now);
        }
    }

    private static void lowerDown(OptionFsm fsm, long now) {
        if (fsm.state() != State.INITIAL && fsm.state() != State.STARTING) {
            fsm.down(now);
        }
    }

    long deadlineNanos() {
        long earliest = Deadlines.earlier(deadline, ipcp.deadlineNanos());
        return ccp == null ? earliest : Deadlines.earlier(earliest, ccp.deadlineNanos());
    }

    void onDeadline(long now) {
        if (ccp != null) {
            ccp.onDeadline(now);
        }
        ipcp.onDeadline(now);
        if (Deadlines.passed(deadline, now)) {
            link.fail(new PppFailure(
                    Cause.NETWORK_TIMEOUT,
                    0,
                    "after " + config.timing().network().toSeconds() + " s CCP is "
                            + (settled ? "settled" : "not settled") + " and IPCP is in state "
                            + ipcp.state().toString().toLowerCase(Locale.ROOT)));
        }
    }

    /** A packet of CCP; false where CCP is not for us. */
    boolean receiveCcp(ByteBuf packet, long now) {
        if (ccp == null || keys == null || abandoned) {
            return false;
        }
        if (!ccp.receive(packet, now)) {
            link.note("a malformed CCP packet is discarded");
        }
        return true;
    }

    /** A packet of IPCP. A peer that is ahead of us is not told so; its request waits for CCP. */
    void receiveIpcp(ByteBuf packet, long now) {
        if (!settled) {
            if (ControlPacket.parse(packet) instanceof ControlPacket control
                    && control.code() == ControlPacket.CONFIGURE_REQUEST) {
                link.note("IPCP waits until encryption is settled");
                early = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(packet));
            }
        } else if (!ipcp.receive(packet, now)) {
            link.note("a malformed IPCP packet is discarded");
        }
    }

    /** Looks at what an encrypted packet did to the keys. */
    void afterUndecipherable(long now) {
        if (data.keysDiffer(now)) {
            link.fail(new PppFailure(
                    Cause.KEYS_DIFFER,
                    0,
                    "authentication succeeded, but none of the last encrypted packets of the peer decrypts: its keys "
                            + "differ or are missing"));
        } else if (data.resetWanted() && (!resetSent || now - lastReset >= RESET_NANOS)) {
            resetSent = true;
            lastReset = now;
            resetId = (resetId + 1) & 0xFF;
            link.send(PppProtocol.CCP, ControlPacket.encode(ControlPacket.RESET_REQUEST, resetId));
        }
    }

    /** The peer does not know a protocol of ours, or says so of one that we never sent. */
    void protocolRejected(int protocol, long now) {
        switch (protocol) {
            case PppProtocol.CCP -> encryptionLost("the peer rejects CCP, encryption is switched off there", now);
            case PppProtocol.IPCP -> link.fail(ipcpPolicy.refused("the peer rejects IPCP"));
            case PppProtocol.IPV4, PppProtocol.CHAP ->
                link.note("the peer was not ready for " + PppProtocol.name(protocol));
            default -> dataRejected(protocol);
        }
    }

    private void dataRejected(int protocol) {
        if (!data.encrypted() || data.everDecrypted()) {
            return;
        }
        dataRejects++;
        rejectedProtocols += (rejectedProtocols.isEmpty() ? "0x" : ", 0x") + Integer.toHexString(protocol);
        if (dataRejects < REJECTS) {
            return;
        }
        if (protocol == PppProtocol.COMPRESSED && ccpPolicy != null) {
            link.fail(ccpPolicy.refused("the peer rejects encrypted packets"));
        } else {
            link.fail(new PppFailure(
                    Cause.KEYS_DIFFER,
                    0,
                    "authentication succeeded, but the peer rejects protocols that we never sent (" + rejectedProtocols
                            + "): its encryption keys differ or are missing"));
        }
    }

    private void encryptionLost(String how, long now) {
        if (ccp == null || ccpPolicy == null) {
            return;
        }
        if (config.mppe().required() || data.encrypted()) {
            link.fail(ccpPolicy.refused(how));
        } else if (!settled) {
            link.note(how + "; going on without encryption");
            abandoned = true;
            lowerDown(ccp, now);
            settle(null, null, now);
        }
    }

    private void settle(PppEvent.@Nullable Coding send, PppEvent.@Nullable Coding receive, long now) {
        PppEvent.EncryptionSettled terms = new PppEvent.EncryptionSettled(send, receive);
        if (!link.tell(terms)) {
            return;
        }
        data.encryption(terms, keys);
        settled = true;
        data.open(ipcp.state() == State.OPENED);
        ipcp.open(now);
        if (ipcp.state() == State.STARTING) {
            ipcp.up(now);
        }
        ByteBuf waiting = early;
        early = null;
        if (waiting != null) {
            ipcp.receive(waiting, now);
        }
    }

    private final class CcpOutput implements FsmOutput {
        @Override
        public void send(ByteBuf packet) {
            link.send(PppProtocol.CCP, packet);
        }

        @Override
        public void note(String why) {
            link.note("CCP: " + why);
        }

        @Override
        public void up(long now) {
            if (ccpPolicy != null) {
                settle(ccpPolicy.send(), ccpPolicy.receive(), now);
            }
        }

        @Override
        public void down(long now) {
            data.open(false);
            settled = false;
        }

        @Override
        public void finished(long now) {
            // Only reached after a close of ours, and what follows from that was done then.
        }

        @Override
        public void failed(PppFailure failure, long now) {
            if (config.mppe().required() || data.encrypted()) {
                link.fail(failure);
            } else {
                encryptionLost(failure.evidence(), now);
            }
        }

        @Override
        public void terminated(ByteBuf reason, long now) {
            String text = PeerText.escape(reason);
            encryptionLost("the peer ended CCP" + (text.isEmpty() ? "" : ": " + text), now);
        }

        @Override
        public void extension(ControlPacket packet, long now) {
            // A Reset-Ack means nothing: the FLUSHED bit does what it would do (RFC 3078 §8.2).
            if (packet.code() == ControlPacket.RESET_REQUEST) {
                data.resetRequested();
            }
        }

        @Override
        public void codeRejected(int code) {
            link.note("CCP: the peer does not know code " + code);
        }
    }

    private final class IpcpOutput implements FsmOutput {
        private boolean wasUp;

        @Override
        public void send(ByteBuf packet) {
            link.send(PppProtocol.IPCP, packet);
        }

        @Override
        public void note(String why) {
            link.note("IPCP: " + why);
        }

        @Override
        public void up(long now) {
            Inet4Address local = ipcpPolicy.local();
            if (local == null) {
                link.fail(ipcpPolicy.refused("the peer agreed, but named no address that we could use"));
                return;
            }
            wasUp = true;
            deadline = Long.MAX_VALUE;
            data.open(settled);
            link.tell(new PppEvent.NetworkUp(local, ipcpPolicy.remote(), ipcpPolicy.dns(), ipcpPolicy.wins(), null));
        }

        @Override
        public void down(long now) {
            data.open(false);
            if (running) {
                deadline = now + config.timing().network().toNanos();
            }
        }

        @Override
        public void finished(long now) {
            // IPCP is never closed by itself.
        }

        @Override
        public void failed(PppFailure failure, long now) {
            link.fail(failure);
        }

        @Override
        public void terminated(ByteBuf reason, long now) {
            String text = PeerText.escape(reason);
            String how = "the peer ended IPCP" + (text.isEmpty() ? "" : ": " + text);
            link.fail(wasUp ? new PppFailure(Cause.PEER_TERMINATED, 0, how) : ipcpPolicy.refused(how));
        }

        @Override
        public void extension(ControlPacket packet, long now) {
            // IPCP has no codes of its own.
        }

        @Override
        public void codeRejected(int code) {
            link.note("IPCP: the peer does not know code " + code);
        }
    }
}
