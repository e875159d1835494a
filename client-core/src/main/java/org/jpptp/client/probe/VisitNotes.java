package org.jpptp.client.probe;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.Background;
import org.jpptp.client.diagnosis.LinkDiagnosis;
import org.jpptp.control.ControlEvent;
import org.jpptp.control.ControlTrace;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.StartControlConnectionReply;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.PppFailure;
import org.jspecify.annotations.Nullable;

/**
 * What a visit adds to the findings: what the server says of itself, what the call has shown, and what a tunnel would have
 * failed for. It reads the trace, since the server's reply has more in it than the machine tells.
 */
final class VisitNotes implements ControlTrace {
    /** How far a visit had come when the connection broke. */
    enum Before {
        THE_CALL,
        THE_END
    }

    private final Visit.Aim aim;
    private final Inet4Address address;
    private final Duration tcp;
    private final ClientConfig client;
    private final Findings findings;
    private @Nullable StartControlConnectionReply reply;

    /** @param tcp how long TCP took to be answered */
    VisitNotes(Visit.Aim aim, Inet4Address address, Duration tcp, ClientConfig client, Findings findings) {
        this.aim = aim;
        this.address = address;
        this.tcp = tcp;
        this.client = client;
        this.findings = findings;
    }

    /** The visit of another aim knows that already. */
    private boolean isAboutTheServer() {
        return aim == Visit.Aim.GREETING || aim == Visit.Aim.METHODS;
    }

    /** The server has let us in. */
    void accepted(ControlEvent.Accepted event) {
        if (isAboutTheServer()) {
            findings.address(new ProbeReport.Address(address, tcp, greeting(event), null));
        }
    }

    private ProbeReport.Greeting greeting(ControlEvent.Accepted event) {
        StartControlConnectionReply whole = reply;
        return whole == null
                ? new ProbeReport.Greeting(event.vendor(), event.hostName(), event.firmware(), 0, 0, 0)
                : new ProbeReport.Greeting(
                        whole.vendor(),
                        whole.hostName(),
                        whole.firmware(),
                        whole.framing(),
                        whole.bearer(),
                        whole.maximumChannels());
    }

    /** This host lets no GRE through. */
    void noGre(ProbeReport.Passage passage, Failure why) {
        findings.gre = new ProbeReport.Gre(passage, 0, 0, Map.of());
        findings.fails(why);
    }

    /**
     * The call is about to end, or has ended.
     *
     * @param going what was said over it
     * @param silence whether GRE passed; null where nobody looked
     */
    void called(Talk going, @Nullable GreSilence silence) {
        if (aim == Visit.Aim.METHODS && silence != null && findings.gre.passage() != ProbeReport.Passage.FORBIDDEN) {
            findings.gre = silence.found(going);
        }
        if (going instanceof LinkTalk link) {
            shown(link);
        } else if (going instanceof LogOnTalk logOn) {
            findings.encryption = logOn.encryption();
            AuthMethod method = findings.encryption.method();
            if (!findings.encryption.isShown()) {
                fails(logOn.failure(), method == null ? Background.NONE : Background.NONE.with(method));
            }
        }
    }

    private void shown(LinkTalk link) {
        ProbeReport.Link seen = link.link();
        if (aim == Visit.Aim.METHODS) {
            findings.link = seen;
            fails(link.failure(), Background.NONE);
            if (link.said() != null && seen.methods().isEmpty() && !seen.asksForNothing()) {
                fails(
                        new LinkFailure.PeerTerminated(LinkFailure.Reached.ESTABLISHING, List.of(), link.said()),
                        Background.NONE);
            }
        } else {
            ProbeReport.Link before = findings.link;
            List<AuthDemand> methods = new ArrayList<>(before.methods());
            LinkAims.unnamed(before)
                    .map(AuthDemand::of)
                    .filter(seen.methods()::contains)
                    .ifPresent(methods::add);
            findings.link =
                    new ProbeReport.Link(before.request(), seen.peerMru(), methods, before.complete(), seen.eap());
            findings.path = link.path();
        }
    }

    private void fails(@Nullable PppFailure why, Background background) {
        if (why != null && why.cause() != PppFailure.Cause.CLOSED) {
            findings.fails(LinkDiagnosis.of(why, client, background));
        }
    }

    /** The control connection has ended, and not because we wanted it. */
    void broken(Failure failure, Before before) {
        if (before == Before.THE_CALL && isAboutTheServer()) {
            ProbeReport.Address known = findings.addresses.get(address);
            ProbeReport.Greeting said = known == null ? null : known.greeting();
            findings.address(new ProbeReport.Address(address, tcp, said, failure));
            if (said == null) {
                return; // another address may do
            }
        }
        boolean methodsKnown =
                aim == Visit.Aim.METHODS && !findings.link.methods().isEmpty();
        boolean shown = findings.encryption != null && findings.encryption.isShown();
        if (!methodsKnown && !shown && aim != Visit.Aim.SIZES) {
            findings.fails(failure);
        }
    }

    @Override
    public void sent(ControlMessage message, ByteBuf octets) {}

    @Override
    public void received(ControlMessage message, ByteBuf octets) {
        if (message instanceof StartControlConnectionReply start && reply == null) {
            reply = start;
        }
    }

    @Override
    public void note(String why) {}
}
