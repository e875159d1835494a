package org.jpptp.client.proxy.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetAddress;
import java.net.SocketAddress;
import org.jpptp.client.proxy.Refusal;

/** The clients that send datagrams, each by a socket of its own on either side, as long as its connection lasts. */
final class UdpAssociations {
    static final int MOST = 64;

    private final Outward outward;
    private int open;

    UdpAssociations(Outward outward) {
        this.outward = outward;
    }

    /**
     * Opens one.
     *
     * @param control the client's connection, which it ends with
     * @param client where its datagrams come from
     * @param port from which port, 0 for that of the first
     * @param answer where the client is to send them
     */
    void open(Channel control, InetAddress client, int port, Outward.Answer<SocketAddress> answer) {
        if (open == MOST) {
            answer.failed(Refusal.TOO_MANY);
            return;
        }
        open++;
        control.closeFuture().addListener(closed -> open--);
        UdpAssociation association = new UdpAssociation(outward, control, client, port);
        outward.openInside(
                control.eventLoop(),
                association.inside(),
                Outward.answer(
                        inside -> outward.openForClients(
                                control.eventLoop(),
                                association.outside(),
                                Outward.answer(outside -> answer.succeeded(outside.localAddress()), why -> {
                                    ChannelFuture unused = inside.close();
                                    answer.failed(why);
                                })),
                        answer::failed));
    }
}
