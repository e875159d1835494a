package org.jpptp.client.explain;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.explain.evidence.Step;
import org.jpptp.client.explain.evidence.Tally;
import org.jpptp.control.wire.MessageText;
import org.jpptp.control.wire.MessageType;
import org.jpptp.ppp.text.PacketText;
import org.jpptp.ppp.text.PeerText;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;

/** Steps in words. Of what a password could be found by there is only the beginning, unless secrets are asked for. */
final class Ladders implements Fact.Cases<String> {
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** In characters: the ladders of all calls of a file are kept, and a packet may have 1500 octets of text. */
    static final int LONGEST_RUNG = 500;

    /** Whether challenges and responses are shown in full. */
    enum Secrets {
        SHORTENED,
        SHOWN
    }

    private final Secrets secrets;
    private long start = Moment.NO_TIME;

    Ladders(Call call, Secrets secrets) {
        this.secrets = secrets;
        for (Step step : call.steps()) {
            if (start == Moment.NO_TIME && step.at().isTimed()) {
                start = step.at().nanos();
            }
        }
    }

    List<Rung> of(List<Step> steps) {
        List<Rung> rungs = new ArrayList<>();
        for (Step step : steps) {
            long millis = step.at().isTimed() ? (step.at().nanos() - start) / NANOS_PER_MILLI : -1;
            rungs.add(new Rung(
                    step.at().number(),
                    millis,
                    step.from(),
                    kind(step.fact()),
                    shortened(step.fact().fold(this))));
        }
        return rungs;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_RUNG ? text : text.substring(0, LONGEST_RUNG - 3) + "...";
    }

    private static Rung.Kind kind(Fact fact) {
        boolean echo = fact instanceof Fact.Control control
                ? control.message().type() == MessageType.ECHO_REQUEST
                        || control.message().type() == MessageType.ECHO_REPLY
                : fact instanceof Fact.Packet packet
                        && packet.protocol() == PppProtocol.LCP
                        && ControlPacket.parse(packet.octets()) instanceof ControlPacket lcp
                        && (lcp.code() == ControlPacket.ECHO_REQUEST || lcp.code() == ControlPacket.ECHO_REPLY);
        return echo ? Rung.Kind.KEEPALIVE : Rung.Kind.PROGRESS;
    }

    @Override
    public String control(Fact.Control fact) {
        return MessageText.describe(fact.message());
    }

    @Override
    public String broken(Fact.Broken fact) {
        return "no message of PPTP: " + fact.evidence();
    }

    @Override
    public String transport(Fact.Transport fact) {
        return switch (fact.step()) {
            case ASKED -> "TCP SYN";
            case OPENED -> "TCP SYN, ACK";
            case REFUSED -> "TCP is refused";
            case UNREACHABLE -> "ICMP: cannot be reached";
            case TIMED_OUT -> "TCP is not answered";
            case CLOSED -> "TCP FIN";
            case RESET -> "TCP RST";
        };
    }

    @Override
    public String packet(Fact.Packet fact) {
        if (fact.missing() > 0) {
            return cut(fact);
        }
        return secrets == Secrets.SHOWN
                ? PacketText.describe(fact.protocol(), fact.octets())
                : PacketText.describeForOthers(fact.protocol(), fact.octets());
    }

    private static String cut(Fact.Packet fact) {
        ByteBuf octets = fact.octets();
        String kind = octets.isReadable()
                ? PacketText.kind(fact.protocol(), octets.getUnsignedByte(octets.readerIndex()))
                : PppProtocol.name(fact.protocol());
        return kind + ", cut short by the capture";
    }

    @Override
    public String traffic(Fact.Traffic fact) {
        Tally tally = fact.tally();
        long encrypted = tally.of(Side.CLIENT, Tally.Cover.ENCRYPTED) + tally.of(Side.SERVER, Tally.Cover.ENCRYPTED);
        long clear = tally.of(Side.CLIENT, Tally.Cover.CLEAR) + tally.of(Side.SERVER, Tally.Cover.CLEAR);
        String what = clear == 0
                ? "encrypted datagrams"
                : encrypted == 0 ? "datagrams in clear" : "datagrams, " + clear + " of them in clear";
        return tally.of(Side.CLIENT) + " up, " + tally.of(Side.SERVER) + " down: " + what + ", " + tally.octets()
                + " octets";
    }

    @Override
    public String icmp(Fact.Icmp fact) {
        return "ICMP type " + fact.type() + " code " + fact.code() + " from "
                + fact.offender().getHostAddress() + " about GRE";
    }

    @Override
    public String words(Fact.Words fact) {
        return PeerText.escape(fact.text());
    }
}
