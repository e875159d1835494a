package org.jpptp.client.capture;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import org.jpptp.client.explain.capture.PcapngWriter.Direction;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;
import org.jpptp.gre.io.Errno;

/** A raw socket whose packets are captured, with a header of IP that is made up. */
final class CapturedGre implements GreSocket {
    private final GreSocket socket;
    private final Tap tap;
    private final int server;

    CapturedGre(GreSocket socket, Tap tap, int server) {
        this.socket = socket;
        this.tap = tap;
        this.server = server;
    }

    /** Takes what arrives, before anybody else hears of it. */
    static GreSocket.Listener listening(GreSocket.Listener listener, Tap tap, int server) {
        return new Listener() {
            @Override
            public void received(ByteBuf packet, int callId) {
                tap.gre(Direction.RECEIVED, server, packet);
                tap.deciding(() -> listener.received(packet, callId));
            }

            @Override
            public void batchEnd(int datagrams) {
                tap.deciding(() -> listener.batchEnd(datagrams));
            }

            @Override
            public void writable() {
                listener.writable();
            }

            @Override
            public void icmpError(IcmpError error) {
                if (error.offender() instanceof Inet4Address offender) {
                    tap.icmp(Tap.number(offender), server, error.type(), error.code(), error.info());
                }
                tap.deciding(() -> listener.icmpError(error));
            }

            @Override
            public void failed(int errno) {
                listener.failed(errno);
            }
        };
    }

    @Override
    public ByteBuf slot() {
        return socket.slot();
    }

    @Override
    public void send(ByteBuf packet) {
        tap.gre(Direction.SENT, server, packet);
        socket.send(packet);
    }

    @Override
    public int flush() {
        int errno = socket.flush();
        if (errno != 0) {
            tap.remark("This host refused to send a packet: " + Errno.describe(errno));
        }
        return errno;
    }

    @Override
    public boolean isCongested() {
        return socket.isCongested();
    }

    @Override
    public void keepWhole() {
        socket.keepWhole();
    }

    @Override
    public void close() {
        socket.close();
    }
}
