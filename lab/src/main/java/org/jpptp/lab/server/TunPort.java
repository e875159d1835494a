package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;

/** A client's way through an interface, its own or that of all. */
abstract class TunPort implements ClientPort {
    private final ServerTun tun;

    TunPort(ServerTun tun) {
        this.tun = tun;
    }

    @Override
    public final void send(ByteBuf datagram) {
        tun.device().send(datagram);
    }

    @Override
    public final void flush() {
        tun.device().flush();
    }

    @Override
    public final void poll() {
        tun.device().poll();
    }

    @Override
    public final void fit(int clientMru) {
        tun.fit(clientMru);
    }
}
