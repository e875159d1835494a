package org.jpptp.lab.fuzz;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.SplittableRandom;
import org.jpptp.client.session.TunneledLink;
import org.jpptp.control.ControlTrace;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.OutgoingCallReply;
import org.jpptp.lab.server.Personality;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.server.ServerEdge;
import org.jpptp.lab.server.ServerSession;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppTrace;

/** The server's end. */
final class ServerEnd extends TunnelEnd implements ServerEdge, ControlTrace {
    private final ServerSession session;

    ServerEnd(Personality personality) {
        super(CLIENT);
        AuthRole.Account alice = new AuthRole.Account(new Credentials("alice", "secret".toCharArray()), 0);
        ServerConfig config = ServerConfig.standard(
                        name -> name.equals("alice") ? alice : null,
                        Packets.address("192.168.77.1"),
                        List.of(Packets.address("192.168.77.10")))
                .with(personality);
        session = new ServerSession(
                config, config.network().pool().get(0), new SplittableRandom(2), this, this, PppTrace.NONE);
    }

    @Override
    void start(long now) {
        // It waits for the client.
    }

    @Override
    void controlReceived(ByteBuf octets, long now) {
        session.controlReceived(octets, now);
    }

    @Override
    void controlClosed(long now) {
        session.controlClosed(now);
    }

    @Override
    void onDeadline(long now) {
        session.onDeadline(now);
    }

    @Override
    long deadlineNanos() {
        return session.deadlineNanos();
    }

    @Override
    void command(Input input, long now) {
        switch (input.below(4)) {
            case 0 -> session.close(now);
            case 1 -> session.controlClosed(now);
            case 2 -> session.terminateLink("the administrator ends it", now);
            default -> session.onDeadline(now);
        }
    }

    @Override
    void hostAnswers(long now) {
        // Its host is asked for nothing.
    }

    @Override
    void close(long now) {
        session.close(now);
    }

    @Override
    ByteBuf fromPeer(byte[] gre) {
        return Packets.ipv4(Packets.GRE, CLIENT, SERVER, gre);
    }

    @Override
    public void sendControl(ByteBuf octets) {
        send(Way.TCP, octets);
    }

    @Override
    public boolean callIdIsFree(int candidate) {
        return true;
    }

    @Override
    public TunneledLink.Ends openGre(int chosen) {
        return ways();
    }

    @Override
    public void callConnected(TunneledLink link) {
        connected(link);
    }

    @Override
    public void callEnded() {
        disconnected();
    }

    @Override
    public void event(PppEvent event) {
        events++;
        if (event instanceof PppEvent.NetworkUp) {
            up = true;
        }
    }

    @Override
    public void ended(String why) {
        hasEnded();
    }

    @Override
    public void sent(ControlMessage message, ByteBuf octets) {
        if (message instanceof OutgoingCallReply reply) {
            callId = reply.callId();
        }
    }

    @Override
    public void received(ControlMessage message, ByteBuf octets) {}

    @Override
    public void note(String why) {
        Promise.kept(why.chars().allMatch(c -> c >= ' ' && c <= '~'), "a note is a printable line");
    }
}
