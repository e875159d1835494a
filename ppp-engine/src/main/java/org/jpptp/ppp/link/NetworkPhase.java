package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AddressFailure;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppHabits.EarlyIpcp;
import org.jpptp.ppp.PppHabits.Way;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.ipcp.IpcpPolicy;
import org.jpptp.ppp.ipv6cp.Ipv6cpPolicy;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * The network-layer protocol phase (RFC 1661 §3.7): first CCP, and only once encryption is settled, IPCP, with IPv6CP
 * beside it where that is wanted.
 */
final class NetworkPhase {
    /** How long addresses of IPv4 wait for those of IPv6: a server may not speak IPv6CP, and not say so. */
    private static final Duration IPV6_PATIENCE = Duration.ofSeconds(2);

    private final PppConfig config;
    private final LinkServices link;
    private final DatagramPath data;
    private final CcpLayer ccp;
    private final IpcpPolicy ipcpPolicy;
    private final NetworkLayer ipcp;
    private final Ipv6cpPolicy ipv6cpPolicy;
    private final NetworkLayer ipv6cp;

    private final EncryptionDemand demand = new EncryptionDemand();
    private AddressPhase addresses = new AddressPhase.Stopped();
    private Ipv6Phase ipv6 = new Ipv6Phase.Over();
    /** Whether IPCP was ever open. */
    private boolean wasUp;

    NetworkPhase(PppConfig config, RandomGenerator random, LinkServices link, DatagramPath data) {
        this.config = config;
        this.link = link;
        this.data = data;
        ccp = new CcpLayer(config, random, link, data, new CcpEvents());
        ipcpPolicy = new IpcpPolicy(config.ipcp(), config.habits().ipcpOptions());
        ipcp = new NetworkLayer(
                PppProtocol.IPCP,
                ipcpPolicy,
                config.timing(),
                random.nextInt(256),
                config.habits().earlyIpcp(),
                link,
                new IpcpEvents());
        ipv6cpPolicy = new Ipv6cpPolicy(random);
        ipv6cp = new NetworkLayer(
                PppProtocol.IPV6CP,
                ipv6cpPolicy,
                config.timing(),
                config.ipv6() ? random.nextInt(256) : 0,
                EarlyIpcp.WAITS,
                link,
                new Ipv6cpEvents());
    }

    /** Authentication is complete. */
    void start(@Nullable MppeMasterKeys masterKeys, int peerMru, long now) {
        addresses = new AddressPhase.Negotiating(giveUpAt(now));
        ipv6 = config.ipv6() ? new Ipv6Phase.Awaited(Deadlines.NEVER) : new Ipv6Phase.Over();
        ipcp.limitPackets(peerMru);
        ipv6cp.limitPackets(peerMru);
        if (config.habits().earlyIpcp() == EarlyIpcp.STARTS) {
            ipcp.begin(now);
        }
        if (offersMpls()) {
            link.send(PppProtocol.MPLSCP, ControlPacket.encode(ControlPacket.CONFIGURE_REQUEST, 1), now);
        }
        ccp.start(masterKeys, peerMru, now);
    }

    private boolean offersMpls() {
        return config.habits().has(Way.OFFERS_MPLS);
    }

    private long giveUpAt(long now) {
        return Deadlines.after(config.timing().network(), now);
    }

    /** LCP is no longer open. */
    void stop(long now) {
        addresses = new AddressPhase.Stopped();
        ipv6 = new Ipv6Phase.Over();
        data.close();
        ipv6cp.stop(now);
        ipcp.stop(now);
        ccp.stop(now);
    }

    long deadlineNanos() {
        long earliest = Deadlines.earlier(addresses.deadlineNanos(), ipv6.deadlineNanos());
        earliest = Deadlines.earlier(earliest, ipcp.deadlineNanos());
        earliest = Deadlines.earlier(earliest, ipv6cp.deadlineNanos());
        return Deadlines.earlier(earliest, ccp.deadlineNanos());
    }

    void onDeadline(long now) {
        ccp.onDeadline(now);
        ipcp.onDeadline(now);
        ipv6cp.onDeadline(now);
        if (Deadlines.passed(ipv6.deadlineNanos(), now)) {
            goWithoutIpv6(AddressFailure.Ipv6How.SILENT, now);
        }
        if (Deadlines.passed(addresses.deadlineNanos(), now)) {
            link.fail(new LinkFailure.NetworkTimeout(
                    config.timing().network(),
                    ccp.isSettled(),
                    ipcp.state().toString().toLowerCase(Locale.ROOT)));
        }
    }

    /** A packet of CCP; false where CCP is not for us. */
    boolean receiveCcp(ByteBuf packet, long now) {
        boolean ours = ccp.receive(packet, now);
        if (!ours) {
            demand.refused(packet);
        }
        return ours;
    }

    void receiveIpcp(ByteBuf packet, long now) {
        demand.addresses(packet);
        if (config.habits().has(Way.ENDS_WITH_EARLY_IPCP)
                && !ccp.isSettled()
                && ControlPacket.parse(packet) instanceof ControlPacket control
                && control.code() == ControlPacket.TERMINATE_ACK) {
            link.fail(new AddressFailure.IpcpRefused(""));
            return;
        }
        ipcp.receive(packet, now);
    }

    /** A packet of IPv6CP; false where IPv6CP is not for us. */
    boolean receiveIpv6cp(ByteBuf packet, long now) {
        if (ipv6 instanceof Ipv6Phase.Over) {
            return false;
        }
        ipv6cp.receive(packet, now);
        return true;
    }

    /** Looks at what an encrypted packet did to the keys. */
    void afterUndecipherable(long now) {
        ccp.afterUndecipherable(now);
    }

    /** What is going on once authentication is complete. */
    LinkFailure.Reached reached() {
        return ccp.isSettled() ? LinkFailure.Reached.ADDRESSING : LinkFailure.Reached.ENCRYPTING;
    }

    /** The peer ended the link; what for depends on how far CCP was. */
    PppFailure terminated(LinkFailure.PeerTerminated plain) {
        PppFailure demanded =
                config.mppe().required() || data.encrypted() ? null : demand.terminated(plain, ccp.terms());
        return demanded == null ? ccp.terminated(plain) : demanded;
    }

    /** The peer does not know a protocol of ours, or says so of one that we never sent. */
    void protocolRejected(int protocol, long now) {
        switch (protocol) {
            case PppProtocol.CCP -> ccp.protocolRejected(now);
            case PppProtocol.IPCP ->
                link.fail(
                        wasUp
                                ? new LinkFailure.IpcpRejected()
                                : new AddressFailure.AddressesRefused(AddressFailure.How.IPCP_REJECTED));
            case PppProtocol.IPV6CP -> goWithoutIpv6(AddressFailure.Ipv6How.IPV6CP_REJECTED, now);
            case PppProtocol.IPV4, PppProtocol.IPV6, PppProtocol.CHAP ->
                link.note("the peer was not ready for " + PppProtocol.name(protocol));
            default -> {
                if (!offersMpls() || protocol != PppProtocol.MPLSCP) {
                    ccp.dataRejected(protocol);
                }
            }
        }
    }

    private void goWithoutIpv6(AddressFailure.Ipv6How how, long now) {
        goWithoutIpv6(new AddressFailure.Ipv6Refused(how), now);
    }

    private void goWithoutIpv6(PppFailure why, long now) {
        if (!(ipv6 instanceof Ipv6Phase.Over)) {
            link.goesOnWithout(PppTrace.Omitted.IPV6, why);
            decideIpv6(new Ipv6Phase.Over(), now);
            ipv6cp.stop(now);
        }
    }

    private void decideIpv6(Ipv6Phase decision, long now) {
        ipv6 = decision;
        tellAddresses(now);
        openData();
    }

    private void openData() {
        boolean ready = addresses.networkUp() && ccp.isSettled();
        data.openIpv4(ready && ipcp.isOpen());
        data.openIpv6(ready && ipv6 instanceof Ipv6Phase.Carried && ipv6cp.isOpen());
    }

    /** Once IPv4 has its addresses, and IPv6 has its own or goes without. */
    private void tellAddresses(long now) {
        Inet4Address local = ipcpPolicy.local();
        if (!(addresses instanceof AddressPhase.Agreed) || local == null) {
            return;
        }
        if (ipv6 instanceof Ipv6Phase.Awaited) {
            ipv6 = new Ipv6Phase.Awaited(Deadlines.after(IPV6_PATIENCE, now));
            return;
        }
        addresses = new AddressPhase.Told();
        link.tell(
                new PppEvent.NetworkUp(
                        local,
                        ipcpPolicy.remote(),
                        ipcpPolicy.dns(),
                        ipcpPolicy.wins(),
                        ipv6cp.isOpen() ? ipv6cpPolicy.agreed() : null),
                now);
    }

    private final class CcpEvents implements CcpLayer.Events {
        @Override
        public void settled(long now) {
            openData();
            ipcp.begin(now);
            if (!(ipv6 instanceof Ipv6Phase.Over)) {
                ipv6cp.begin(now);
            }
        }

        @Override
        public void unsettled(long now) {
            data.close();
            ipcp.pause();
            ipv6cp.pause();
        }
    }

    private final class IpcpEvents implements NetworkLayer.Events {
        @Override
        public void up(long now) {
            if (ipcpPolicy.local() == null) {
                link.fail(new AddressFailure.AddressesRefused(AddressFailure.How.NONE_NAMED));
                return;
            }
            wasUp = true;
            addresses = new AddressPhase.Agreed();
            tellAddresses(now);
            openData();
        }

        @Override
        public void down(long now) {
            if (addresses.networkUp()) {
                addresses = new AddressPhase.Renegotiating(giveUpAt(now));
            } else if (!(addresses instanceof AddressPhase.Stopped)) {
                addresses = new AddressPhase.Negotiating(giveUpAt(now));
            }
            openData();
        }

        @Override
        public void failed(PppFailure failure, long now) {
            link.fail(failure);
        }

        @Override
        public void terminated(String text, long now) {
            link.fail(wasUp ? new LinkFailure.IpcpTerminated(text) : new AddressFailure.IpcpRefused(text));
        }
    }

    /** Whatever becomes of IPv6, the link goes on without it. */
    private final class Ipv6cpEvents implements NetworkLayer.Events {
        @Override
        public void up(long now) {
            decideIpv6(new Ipv6Phase.Carried(), now);
        }

        @Override
        public void down(long now) {
            openData();
        }

        @Override
        public void failed(PppFailure failure, long now) {
            goWithoutIpv6(failure, now);
        }

        @Override
        public void terminated(String text, long now) {
            goWithoutIpv6(new AddressFailure.Ipv6Terminated(text), now);
        }
    }
}
