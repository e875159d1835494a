package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jpptp.client.Cidr;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.Timing;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.net.Surroundings;
import org.jpptp.client.session.GreReceiver;
import org.jpptp.client.session.Session;
import org.jpptp.client.session.SessionConfig;
import org.jpptp.client.session.SessionConfig.Attendance;
import org.jpptp.client.session.SessionEdge;
import org.jpptp.client.session.SessionEnd;
import org.jpptp.client.session.TunneledLink;
import org.jpptp.control.TransportEnd;
import org.jpptp.gre.GreArrivals;
import org.jpptp.gre.IcmpError;
import org.jpptp.lab.server.Personality;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/** The client's end. */
final class ClientEnd extends TunnelEnd implements SessionEdge, TunnelListener {
    static final String PASSWORD = "secret";

    private final Session session;
    private boolean asked;
    private boolean planned;
    private boolean encrypted;

    ClientEnd(Personality.Client allows, String password) {
        super(SERVER);
        ClientConfig config = ClientConfig.to("192.0.2.1", new Credentials("alice", password.toCharArray()))
                .with(allows.policy())
                .with(NetworkSettings.DEFAULT.withRoutes(
                        List.of(Cidr.parse("10.0.0.0/8").orElseThrow())))
                .with(Timing.DEFAULT.withComingUp(Duration.ofMinutes(2)));
        Attendance attendance = password.equals(PASSWORD) ? Attendance.UNATTENDED : Attendance.ATTENDED;
        session = new Session(
                SessionConfig.of(config, SERVER, "client", attendance), new SplittableRandom(1), this, this);
    }

    @Override
    void start(long now) {
        session.start(now, now);
    }

    @Override
    void controlReceived(ByteBuf octets, long now) {
        session.controlReceived(octets, now);
    }

    @Override
    void controlClosed(long now) {
        session.controlClosed(TransportEnd.CLOSED, now);
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
        switch (input.below(9)) {
            case 0 -> session.disconnect(now);
            case 1 -> session.controlClosed(TransportEnd.CLOSED, now);
            case 2 -> session.hostFailed(Failure.of(FailureReason.HOST_CHANGE_REFUSED, "It failed.", ""), now);
            case 3 ->
                session.greUnreachable(
                        new IcmpError(
                                input.octet(),
                                input.octet(),
                                input.number16(),
                                SERVER,
                                input.number16(),
                                input.number16()),
                        now);
            case 4 -> greBatchEnd(now);
            case 5 -> session.hostReady(now);
            case 6 -> session.onDeadline(now);
            case 7 -> {
                asked = false;
                session.secretProvided(new Credentials("alice", PASSWORD.toCharArray(), "n3w".toCharArray()), now);
            }
            default -> hostAnswers(now);
        }
    }

    @Override
    void hostAnswers(long now) {
        if (planned) {
            planned = false;
            session.hostReady(now);
        }
        if (asked) {
            asked = false;
            session.secretProvided(null, now);
        }
    }

    @Override
    void close(long now) {
        session.disconnect(now);
    }

    @Override
    ByteBuf fromPeer(byte[] gre) {
        return Packets.ipv4(Packets.GRE, SERVER, CLIENT, gre);
    }

    @Override
    public String interfaceName() {
        return "pptp0";
    }

    @Override
    public Surroundings surroundings() {
        return Surroundings.NOTHING;
    }

    @Override
    public GreArrivals arrivals(int callId) {
        return GreArrivals.NONE;
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
    public @Nullable Failure openGre(int chosen, GreReceiver early) {
        receiver = early;
        return null;
    }

    @Override
    public TunneledLink.Ends ends() {
        return ways();
    }

    @Override
    public void callConnected(TunneledLink link) {
        connected(link);
    }

    @Override
    public void configureHost(NetworkPlan plan) {
        kept(encrypted, "the host is not asked for anything before encryption");
        planned = true;
    }

    @Override
    public void askSecret(PppEvent.SecretWanted wanted, Credentials tried) {
        kept(!asked, "the user is not asked again before the answer");
        asked = true;
    }

    @Override
    public void ended(SessionEnd how) {
        hasEnded();
    }

    @Override
    public void event(TunnelEvent event) {
        kept(!ended, "nothing is told after the end");
        events++;
        if (event instanceof TunnelEvent.CallEstablished call) {
            callId = call.localCallId();
        } else if (event instanceof TunnelEvent.EncryptionSettled) {
            encrypted = true;
        } else if (event instanceof TunnelEvent.TunnelUp) {
            kept(!up, "the tunnel comes up once");
            up = true;
        }
        kept(event.toString().length() < 10_000, "an event is bounded");
    }

    @Override
    public boolean traces(Detail detail) {
        return true;
    }

    @Override
    public void trace(Detail detail, String line) {
        kept(line.chars().allMatch(c -> c >= ' ' && c <= '~'), "a trace line is printable ASCII");
    }
}
