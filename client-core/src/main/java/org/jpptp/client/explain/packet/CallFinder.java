package org.jpptp.client.explain.packet;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jpptp.client.explain.capture.Frame;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.control.wire.ControlCodec;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tunnels in a capture: control connections, the GRE that belongs to them, GRE whose control connection was not
 * captured, and PPP without either. The oldest are handed on where there are too many at once.
 */
public final class CallFinder {
    private static final int PPTP_PORT = 1723;
    private static final int MOST_TALKS = 64;
    private static final int MOST_IDS = 4 * MOST_TALKS;
    private static final int COOKIE_AT = 4;

    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int ACK = 0x10;

    private static final int UNREACHABLE = 3;
    private static final int TIME_EXCEEDED = 11;
    private static final int PROTOCOL_UNREACHABLE = 2;
    private static final int GRE = 47;
    private static final int TCP = 6;

    private record Connection(int client, int clientPort, int server, int serverPort) {
        @SuppressWarnings("ArgumentSelectionDefectChecker") // That is what the way back is.
        Connection back() {
            return new Connection(server, serverPort, client, clientPort);
        }
    }

    /** GRE for a call: where it goes, and the id in it. */
    private record Leg(int destination, int callId) {}

    private record Pair(int low, int high) {
        static Pair of(int one, int other) {
            return new Pair(Math.min(one, other), Math.max(one, other));
        }
    }

    /** Who is heard on a leg, and from where. */
    private record Heard(Talk talk, Side by, int source) {}

    /** What else there was. */
    public static final class Rest {
        public long frames;
        public long otherGre;
        public long unknownLinkTypes;
    }

    private final Consumer<Call> found;
    private final FrameListener frames;
    private final Map<Connection, Talk> connections = new LinkedHashMap<>();
    private final Map<Leg, Heard> legs = new LinkedHashMap<>();
    private final Map<Pair, Talk> pairs = new LinkedHashMap<>();
    private final Map<Talk, Integer> open = new LinkedHashMap<>();
    private final Rest rest = new Rest();
    private final IpWalk walk = new IpWalk(new FromIp());
    private final PppSides sides = new PppSides();
    private @Nullable Talk bare;
    private Moment now = new Moment(0, Moment.NO_TIME);

    /**
     * @param found takes each tunnel when nothing more comes of it
     * @param frames hears of the frames of all of them
     */
    public CallFinder(Consumer<Call> found, FrameListener frames) {
        this.found = found;
        this.frames = frames;
    }

    /** The next packet. */
    public void frame(Frame frame) {
        rest.frames++;
        now = new Moment(frame.number(), frame.nanos());
        if (!LinkLayer.knows(frame.linkType())) {
            rest.unknownLinkTypes++;
            return;
        }
        ByteBuf octets = frame.octets();
        switch (LinkLayer.strip(frame.linkType(), octets)) {
            case IP -> walk.walk(octets);
            case PPP -> bare(sides.from(octets), octets, frame.missing());
            case PPP_SENT -> bare(Side.CLIENT, octets, frame.missing());
            case PPP_RECEIVED -> bare(Side.SERVER, octets, frame.missing());
            case OTHER -> {
                // Nothing of ours.
            }
        }
    }

    /** The capture is over: hands on what is left. */
    public void end() {
        for (Talk talk : open.keySet().toArray(new Talk[0])) {
            close(talk, now);
        }
    }

    /** What else there was. */
    public Rest rest() {
        return rest;
    }

    private void bare(Side from, ByteBuf octets, int missing) {
        Talk talk = bare;
        if (talk == null) {
            talk = begin("", "");
            talk.call().headIsMissing();
            bare = talk;
        }
        talk.bare(now, from, octets, missing);
    }

    private Talk begin(String client, String server) {
        Call call = new Call(Call.Source.CAPTURE, client, server);
        Talk[] self = new Talk[1];
        Talk talk = new Talk(call, frames, (by, callId) -> {
            Connection connection = connection(self[0]);
            if (connection != null) {
                chosen(self[0], connection, by, callId);
            }
        });
        self[0] = talk;
        open.put(talk, open.size());
        if (open.size() > MOST_TALKS) {
            close(open.keySet().iterator().next(), now);
        }
        return talk;
    }

    private @Nullable Connection connection(Talk talk) {
        for (Map.Entry<Connection, Talk> entry : connections.entrySet()) {
            if (entry.getValue() == talk) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** What the server sends to the client has the id that the client has chosen, and the other way round. */
    private void chosen(Talk talk, Connection connection, Side by, int callId) {
        int destination = by == Side.CLIENT ? connection.client() : connection.server();
        int source = by == Side.CLIENT ? connection.server() : connection.client();
        legs.put(new Leg(destination, callId), new Heard(talk, by.other(), source));
        if (legs.size() > MOST_IDS) {
            legs.remove(legs.keySet().iterator().next());
        }
        pairs.put(Pair.of(connection.client(), connection.server()), talk);
    }

    private void close(Talk talk, Moment at) {
        open.remove(talk);
        connections.values().removeIf(other -> other == talk);
        legs.values().removeIf(heard -> heard.talk() == talk);
        pairs.values().removeIf(other -> other == talk);
        if (bare == talk) {
            bare = null;
        }
        talk.end();
        talk.call().endsAt(at);
        found.accept(talk.call());
    }

    private final class FromIp implements IpWalk.Sink {
        @Override
        public void tcp(int source, int destination, ByteBuf segment, int missing) {
            if (segment.readableBytes() < 20) {
                return;
            }
            int start = segment.readerIndex();
            int header = (segment.getUnsignedByte(start + 12) >> 4) * 4;
            if (header < 20 || header > segment.readableBytes() + missing) {
                return;
            }
            int options = Math.min(header, segment.readableBytes());
            ByteBuf payload = segment.slice(start + options, segment.readableBytes() - options);
            segment(
                    new Connection(
                            source, segment.getUnsignedShort(start), destination, segment.getUnsignedShort(start + 2)),
                    segment.getUnsignedByte(start + 13),
                    segment.getInt(start + 4),
                    segment.getInt(start + 8),
                    payload,
                    missing - (header - options));
        }

        @Override
        public void gre(int source, int destination, ByteBuf packet, int missing) {
            greOf(source, destination, packet, missing);
        }

        @Override
        public void icmp(int source, int destination, ByteBuf message) {
            error(source, message);
        }

        @Override
        public void otherGre() {
            rest.otherGre++;
        }
    }

    private void segment(Connection way, int flags, int sequence, int acknowledged, ByteBuf payload, int missing) {
        Connection back = way.back();
        Talk talk = connections.get(way);
        Side from = Side.CLIENT;
        Connection connection = way;
        if (talk == null && connections.get(back) != null) {
            talk = connections.get(back);
            from = Side.SERVER;
            connection = back;
        }
        boolean opens = (flags & SYN) != 0 && (flags & ACK) == 0;
        if (talk != null
                && opens
                && talk.control(from).octets().hasBegun()
                && !talk.call().steps().isEmpty()
                && talk.call().steps().size() > 1) {
            close(talk, now); // the same ports once more
            talk = null;
        }
        if (talk == null) {
            boolean toServer = way.serverPort() == PPTP_PORT;
            boolean fromServer = way.clientPort() == PPTP_PORT;
            if (!toServer && !fromServer && !isControl(payload)) {
                return;
            }
            from = fromServer && !toServer ? Side.SERVER : Side.CLIENT;
            connection = from == Side.CLIENT ? way : back;
            talk = (flags & SYN) == 0 ? joined(connection) : null;
            if (talk == null) {
                talk = begin(text(connection.client()), text(connection.server()));
            }
            connections.put(connection, talk);
            pairs.merge(
                    Pair.of(connection.client(), connection.server()), talk, (old, next) -> old.isOver() ? next : old);
            if (!opens) {
                talk.call().headIsMissing();
            }
        }
        tcp(talk, from, flags, sequence, payload, missing);
        if ((flags & ACK) != 0) {
            talk.control(from.other()).octets().acknowledged(acknowledged);
        }
    }

    /** The tunnel whose GRE came before anything of its control connection; who calls whom is known from now on. */
    private @Nullable Talk joined(Connection connection) {
        Talk talk = pairs.get(Pair.of(connection.client(), connection.server()));
        if (talk == null || connection(talk) != null) {
            return null;
        }
        if (!talk.call().client().equals(text(connection.client()))) {
            talk.call().mirror();
        }
        return talk;
    }

    private static boolean isControl(ByteBuf payload) {
        return payload.readableBytes() >= COOKIE_AT + 4
                && payload.getInt(payload.readerIndex() + COOKIE_AT) == ControlCodec.MAGIC_COOKIE;
    }

    private void tcp(Talk talk, Side from, int flags, int sequence, ByteBuf payload, int missing) {
        Call call = talk.call();
        ControlTalk side = talk.control(from);
        if ((flags & SYN) != 0) {
            boolean again = side.octets().hasBegun();
            side.octets().begin(sequence);
            if (!again) {
                call.add(
                        now,
                        from,
                        new Fact.Transport(
                                (flags & ACK) == 0 ? Fact.Transport.Step.ASKED : Fact.Transport.Step.OPENED, ""));
            }
        }
        int length = payload.readableBytes() + missing;
        if (length > 0) {
            side.segment(now, sequence, payload, missing);
        }
        if ((flags & (RST | FIN)) != 0) {
            talk.closes();
        }
        if ((flags & RST) != 0) {
            boolean neverOpened = call.steps().size() == 1
                    && call.steps().get(0).fact() instanceof Fact.Transport first
                    && first.step() == Fact.Transport.Step.ASKED;
            call.add(
                    now,
                    from,
                    new Fact.Transport(neverOpened ? Fact.Transport.Step.REFUSED : Fact.Transport.Step.RESET, ""));
        } else if ((flags & FIN) != 0) {
            side.octets().finish(sequence + length);
            call.add(now, from, new Fact.Transport(Fact.Transport.Step.CLOSED, Integer.toString(side.unfinished())));
        }
    }

    private void greOf(int source, int destination, ByteBuf packet, int missing) {
        if (packet.readableBytes() < 8) {
            return;
        }
        Heard heard = legs.get(new Leg(destination, packet.getUnsignedShort(packet.readerIndex() + 6)));
        if (heard != null) {
            if (source == heard.source()) {
                heard.talk().gre(now, heard.by(), packet, missing);
            } else {
                heard.talk().call().gre().fromElsewhere(address(source));
            }
            return;
        }
        Pair pair = Pair.of(source, destination);
        Talk talk = pairs.get(pair);
        if (talk == null) {
            // Nothing says yet who calls whom; behind a router, as most are, is the client.
            boolean called = !address(source).isSiteLocalAddress()
                    && address(destination).isSiteLocalAddress();
            talk = called ? begin(text(destination), text(source)) : begin(text(source), text(destination));
            talk.call().headIsMissing();
            pairs.put(pair, talk);
        }
        talk.gre(now, talk.call().client().equals(text(source)) ? Side.CLIENT : Side.SERVER, packet, missing);
    }

    /** An error about a packet of PPTP, which it quotes. */
    private void error(int source, ByteBuf message) {
        int start = message.readerIndex();
        if (message.readableBytes() < 8 + 20 + 4) {
            return;
        }
        int type = message.getUnsignedByte(start);
        int code = message.getUnsignedByte(start + 1);
        if (type != UNREACHABLE && type != TIME_EXCEEDED) {
            return;
        }
        int ip = start + 8;
        int header = (message.getUnsignedByte(ip) & 15) * 4;
        int sender = message.getInt(ip + 12);
        int receiver = message.getInt(ip + 16);
        int protocol = message.getUnsignedByte(ip + 9);
        int rest = ip + header;
        if (protocol == GRE && message.writerIndex() >= rest + 8) {
            Heard heard = legs.get(new Leg(receiver, message.getUnsignedShort(rest + 6)));
            Talk talk = heard == null ? pairs.get(Pair.of(sender, receiver)) : heard.talk();
            if (talk != null) {
                Side about = talk.call().client().equals(text(sender)) ? Side.CLIENT : Side.SERVER;
                talk.call()
                        .add(
                                now,
                                about,
                                new Fact.Icmp(type, code, address(source), message.getUnsignedShort(rest + 6)));
            }
        } else if (protocol == TCP && message.writerIndex() >= rest + 4) {
            Talk talk = connections.get(new Connection(
                    sender, message.getUnsignedShort(rest), receiver, message.getUnsignedShort(rest + 2)));
            if (talk != null) {
                boolean refuses = code == 3 || code == PROTOCOL_UNREACHABLE;
                talk.call()
                        .add(
                                now,
                                Side.SERVER,
                                new Fact.Transport(
                                        refuses ? Fact.Transport.Step.REFUSED : Fact.Transport.Step.UNREACHABLE,
                                        text(source)));
            }
        }
    }

    private static String text(int address) {
        return address(address).getHostAddress();
    }

    private static Inet4Address address(int address) {
        try {
            return (Inet4Address) InetAddress.getByAddress(
                    new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }
}
