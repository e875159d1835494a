package org.jpptp.client.explain;

import java.util.Locale;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.explain.evidence.Step;
import org.jpptp.client.explain.evidence.Tally;
import org.jpptp.control.wire.CallClearRequest;
import org.jpptp.control.wire.CallDisconnectNotify;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.StartControlConnectionRequest;
import org.jpptp.control.wire.StopControlConnectionRequest;
import org.jpptp.ppp.ipcp.IpcpOption;
import org.jpptp.ppp.lcp.LcpOption;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;

/** A call told from its beginning to what ended it. */
final class Story implements Fact.Cases<Boolean> {
    /** Who has sent so many Configure-Requests has waited. */
    static final int PATIENT = 3;

    final Call call;
    final ControlStory control = new ControlStory();
    final LinkStory link = new LinkStory();
    private final Milestones milestones = new Milestones();
    private Step step;
    private final StringBuilder words = new StringBuilder();

    private Story(Call call, Step first) {
        this.call = call;
        this.step = first;
    }

    /** Reads a call, which is mirrored where its two sides were mistaken for one another. */
    static Story of(Call call) {
        if (isMirrored(call)) {
            call.mirror();
        }
        Step none = new Step(call.end(), Side.CLIENT, new Fact.Words(""));
        Story story = new Story(call, none);
        for (Step each : call.steps()) {
            story.step = each;
            if (story.link.ending() == null || !(each.fact() instanceof Fact.Packet late)) {
                boolean unused = each.fact().fold(story);
                story.milestones.after(each, story);
            } else if (each.from() == Side.CLIENT) {
                story.link.afterwards(late);
            }
        }
        return story;
    }

    /**
     * Whoever asks for a proof is the server, and whoever asks for a control connection is the client. So is, where nothing
     * else tells, who is told its own address.
     */
    private static boolean isMirrored(Call call) {
        for (Step each : call.steps()) {
            if (call.source() == Call.Source.LOG
                    && each.from() == Side.SERVER
                    && each.fact() instanceof Fact.Control control
                    && control.message() instanceof StartControlConnectionRequest) {
                return true;
            }
            if (each.from() == Side.CLIENT
                    && each.fact() instanceof Fact.Packet packet
                    && packet.octets().isReadable()) {
                int code = packet.octets().getUnsignedByte(packet.octets().readerIndex());
                boolean asks =
                        switch (packet.protocol()) {
                            case PppProtocol.CHAP -> code == 1 || code == 3 || code == 4;
                            case PppProtocol.PAP -> code == 2 || code == 3;
                            case PppProtocol.EAP -> code != 2;
                            case PppProtocol.LCP -> demands(packet);
                            case PppProtocol.IPCP -> call.isHeadMissing() && assigns(packet);
                            default -> false;
                        };
                if (asks) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean demands(Fact.Packet packet) {
        return ControlPacket.parse(packet.octets()) instanceof ControlPacket control
                && control.code() == ControlPacket.CONFIGURE_REQUEST
                && Dialogue.options(control).stream().anyMatch(option -> option.type() == LcpOption.AUTHENTICATION);
    }

    private static boolean assigns(Fact.Packet packet) {
        return ControlPacket.parse(packet.octets()) instanceof ControlPacket control
                && control.code() == ControlPacket.CONFIGURE_NAK
                && Dialogue.options(control).stream().anyMatch(option -> option.type() == IpcpOption.ADDRESS);
    }

    /** Whether a capture shows a call, and no GRE at all: its filter kept that out. */
    boolean noGre() {
        return call.source() == Call.Source.CAPTURE
                && control.connected() != null
                && call.gre().of(Side.CLIENT).packets == 0
                && call.gre().of(Side.SERVER).packets == 0
                && call.gre().elsewhere().isEmpty();
    }

    /** Whether the record begins in the middle of a call, and has nothing of how it came to be. */
    boolean isHeadless() {
        boolean untold = control.startAnswered() == null && control.connected() == null && link.isUntold();
        return call.isHeadMissing() && (call.source() == Call.Source.LOG || untold);
    }

    /** Whether the call was answered: a client sends no PPP before, so that it was is shown by that, too. */
    boolean isAnswered() {
        return control.connected() != null
                || (call.source() == Call.Source.CAPTURE && call.gre().of(Side.CLIENT).payloads > 0);
    }

    /** The server's packets pass where it was recorded, and the client goes on as if there were none. */
    boolean isClientDeaf() {
        return call.gre().of(Side.SERVER).payloads > 0
                && link.lcp.clientRequests() >= PATIENT
                && link.lcp.heard(Side.SERVER)
                && !link.lcp.clientAgreed()
                && !link.clientAnswers();
    }

    /** What was agreed on. */
    Milestones milestones() {
        return milestones;
    }

    /** What the log says itself. */
    String words() {
        return words.toString();
    }

    /** Whether a log tells that nobody answered LCP: by pppd's complaint, or since its line went away meanwhile. */
    boolean waitedInVain() {
        return says("lcp: timeout sending")
                || says("lcp: timeout: state reqsent")
                || (says("modem hangup") && link.lcp.requests() >= PATIENT);
    }

    /** Whether the log says something, in small letters. */
    boolean says(String text) {
        return words().toLowerCase(Locale.ROOT).contains(text);
    }

    @Override
    public Boolean control(Fact.Control fact) {
        ControlMessage message = fact.message();
        boolean server = step.from() == Side.SERVER;
        control.control(step, message);
        if (message instanceof StopControlConnectionRequest
                || (message instanceof CallDisconnectNotify && server)
                || message instanceof CallClearRequest) {
            link.end(new Ending(server ? Ending.Kind.SERVER_CONTROL : Ending.Kind.CLIENT, step, ""));
        }
        return true;
    }

    @Override
    public Boolean broken(Fact.Broken fact) {
        control.broken(step);
        if (step.from() == Side.SERVER) {
            link.end(new Ending(Ending.Kind.SERVER_CONTROL, step, ""));
        }
        return true;
    }

    @Override
    public Boolean transport(Fact.Transport fact) {
        control.transport(step, fact);
        boolean ends = fact.step() == Fact.Transport.Step.CLOSED || fact.step() == Fact.Transport.Step.RESET;
        if (ends) {
            link.end(new Ending(step.from() == Side.SERVER ? Ending.Kind.SERVER_TCP : Ending.Kind.CLIENT, step, ""));
        }
        return true;
    }

    @Override
    public Boolean packet(Fact.Packet fact) {
        if (call.source() == Call.Source.LOG && call.isHeadMissing()) {
            link.assumeUp(step.at()); // such a log begins as a call ends
        }
        link.packet(step, fact);
        return true;
    }

    @Override
    public Boolean traffic(Fact.Traffic fact) {
        for (Side side : Side.values()) {
            for (Tally.Cover cover : Tally.Cover.values()) {
                if (fact.tally().of(side, cover) > 0) {
                    link.traffic(step, side, cover);
                }
            }
        }
        return true;
    }

    @Override
    public Boolean icmp(Fact.Icmp fact) {
        if (step.from() == Side.CLIENT) {
            control.icmp(step);
        }
        return true;
    }

    @Override
    public Boolean words(Fact.Words fact) {
        words.append(fact.text()).append('\n');
        if (fact.text().startsWith("local ") || fact.text().equals("connected")) {
            link.assumeUp(step.at());
        } else if (fact.text().endsWith("compression enabled")) {
            link.assumeEncrypted();
        } else if (fact.text().equals("terminating...") && link.isUp()) {
            link.end(new Ending(Ending.Kind.CLIENT, step, ""));
        } else if (fact.text().startsWith("Terminating on signal")) {
            link.end(new Ending(Ending.Kind.CLIENT, step, "User request"));
        } else if (fact.text().equals("Modem hangup") && link.isUp()) {
            link.end(new Ending(Ending.Kind.HANGUP, step, ""));
        }
        return true;
    }
}
