package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.fsm.FsmOutput;
import org.jpptp.ppp.text.PeerText;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;

/**
 * What the three layers of a link do alike with the results of their automatons: packets and notes carry the name of the
 * protocol, and what the peer says is escaped before anybody reads it.
 */
abstract class LayerOutput implements FsmOutput {
    private final int protocol;
    private final LinkServices link;

    /** @param protocol the PPP protocol number */
    LayerOutput(int protocol, LinkServices link) {
        this.protocol = protocol;
        this.link = link;
    }

    @Override
    public final void send(ByteBuf packet, long now) {
        link.send(protocol, packet, now);
    }

    @Override
    public final void note(String why) {
        link.note(PppProtocol.name(protocol) + ": " + why);
    }

    /** Most layers are never closed by themselves, and have nothing to do at the end. */
    @Override
    public void finished(long now) {}

    @Override
    public final void terminated(ByteBuf reason, long now) {
        terminated(PeerText.escape(reason), now);
    }

    /** The peer sent a Terminate-Request; its text is escaped, and empty where there is none. */
    abstract void terminated(String text, long now);

    /** Most protocols have no codes of their own. */
    @Override
    public void extension(ControlPacket packet, long now) {}

    @Override
    public void codeRejected(int code) {
        note("the peer does not know code " + code);
    }
}
