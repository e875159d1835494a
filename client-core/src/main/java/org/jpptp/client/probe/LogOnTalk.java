package org.jpptp.client.probe;

import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.session.FrameGate;
import org.jpptp.client.session.TunneledLink;
import org.jpptp.gre.GreConfig;
import org.jpptp.gre.GreStats;
import org.jpptp.gre.PacketSink;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.IpcpSettings;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.ccp.MppeOffers;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/** Logs on with methods that prove the server, and sees what it offers in encryption to a client that takes everything. */
final class LogOnTalk implements Talk, TunneledLink.Listener, PppEvent.Cases {
    private static final int MRU = 1400;
    private static final MppePolicy EVERYTHING = MppePolicy.permit(
                    EnumSet.allOf(MppeStrength.class), EnumSet.allOf(MppeMode.class))
            .withMppc();

    private final TunneledLink link;
    private final Set<MppeOffer> offers = new LinkedHashSet<>();
    private @Nullable AuthMethod method;
    private PppEvent.@Nullable EncryptionSettled settled;
    private @Nullable PppFailure failure;

    LogOnTalk(ClientConfig client, GreConfig call, RandomGenerator random, PacketSink network) {
        PppConfig config = new PppConfig(
                MRU,
                "",
                new AuthRole.Authenticatee(
                        client.identity().credentials(), client.policy().auth()),
                EVERYTHING,
                IpcpSettings.client(),
                client.timing().ppp());
        link = new TunneledLink(
                call,
                config,
                random,
                new TunneledLink.Ends(network, datagram -> {}),
                FrameGate.OPEN,
                this,
                new Offers());
    }

    /** Sees what the server says of encryption. */
    private final class Offers implements PppTrace {
        @Override
        public void sent(int protocol, ByteBuf packet) {}

        @Override
        public void received(int protocol, ByteBuf packet) {
            if (protocol == PppProtocol.CCP) {
                MppeOffers.of(packet).ifPresent(offers::add);
            }
        }

        @Override
        public void note(String why) {}

        @Override
        public void ends(PppFailure why) {}

        @Override
        public void goesOnWithout(Omitted what, PppFailure why) {}
    }

    @Override
    public void open(long now) {
        link.open(now);
    }

    @Override
    public void receive(ByteBuf packet, int callId, long now) {
        link.receive(packet, callId, now);
    }

    @Override
    public void batchEnd(long now) {
        link.batchEnd(now);
    }

    @Override
    public void close(long now) {
        link.close("probe", now);
    }

    @Override
    public boolean isClosed() {
        return failure != null;
    }

    @Override
    public boolean isDone(long now) {
        return settled != null || isClosed();
    }

    @Override
    public void onDeadline(long now) {
        link.onDeadline(now);
    }

    @Override
    public long deadlineNanos() {
        return link.deadlineNanos();
    }

    @Override
    public GreStats stats() {
        return link.greStats();
    }

    @Override
    public boolean isHeard() {
        return true; // an earlier call has shown that
    }

    ProbeReport.Encryption encryption() {
        return new ProbeReport.Encryption(method, List.copyOf(offers), settled);
    }

    /** Why the link ended; null where it has not, or where we ended it. */
    @Nullable
    PppFailure failure() {
        return failure == null || failure.cause() == PppFailure.Cause.CLOSED ? null : failure;
    }

    @Override
    public void event(PppEvent event, long now) {
        event.match(this);
    }

    @Override
    public void linkOpened(PppEvent.LinkOpened event) {
        // An earlier call has told it.
    }

    @Override
    public void authenticated(PppEvent.Authenticated event) {
        method = event.method();
    }

    @Override
    public void encryptionSettled(PppEvent.EncryptionSettled event) {
        settled = event;
    }

    @Override
    public void networkUp(PppEvent.NetworkUp event) {
        // The link ends before that, or just after.
    }

    @Override
    public void secretWanted(PppEvent.SecretWanted event) {
        // Nobody is asked.
    }

    @Override
    public void foreignPackets(PppEvent.ForeignPackets event) {
        // It does not last long enough.
    }

    @Override
    public void echoMissed(PppEvent.EchoMissed event) {
        // The same.
    }

    @Override
    public void down(PppEvent.Down event) {
        failure = event.failure();
    }
}
