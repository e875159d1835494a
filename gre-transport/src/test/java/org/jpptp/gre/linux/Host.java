package org.jpptp.gre.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.Inet4Address;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jpptp.gre.GreSocket;

/** One end of the wire: an event loop that lives in a namespace, and its raw sockets. */
final class Host implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    final EventLoop loop = group.next();
    final GreSockets sockets = new GreSockets(loop);

    Host(String namespace) throws Exception {
        // A thread begins in the namespace of the one that starts it.
        Namespaces.in(namespace, () -> loop.submit(() -> {}).sync());
    }

    <T> T onLoop(Callable<T> action) {
        return loop.submit(action).syncUninterruptibly().getNow();
    }

    void run(Runnable action) {
        loop.submit(action).syncUninterruptibly();
    }

    GreSocket open(Inet4Address peer, int callId, GreSocket.Listener listener) {
        return onLoop(() -> sockets.open(peer, callId, listener));
    }

    /** The one socket to a peer. */
    RawGreSocket raw(Inet4Address peer) {
        return onLoop(() -> sockets.socketsTo(peer).get(0));
    }

    /** Sends a text, which need be no GRE, and answers what flushing did. */
    int send(GreSocket socket, String text) {
        return onLoop(() -> {
            socket.send(Unpooled.copiedBuffer(text, US_ASCII));
            return socket.flush();
        });
    }

    /** An enhanced GRE packet: sequence number 1, and the text as its payload. */
    static ByteBuf gre(int callId, String text) {
        ByteBuf packet = Unpooled.buffer();
        packet.writeInt(0x3001880B).writeShort(text.length()).writeShort(callId).writeInt(1);
        packet.writeCharSequence(text, US_ASCII);
        return packet;
    }

    /** Sends one to a call of the peer's. */
    int sendTo(int callId, GreSocket socket, String text) {
        return onLoop(() -> {
            socket.send(gre(callId, text));
            return socket.flush();
        });
    }

    @Override
    public void close() {
        group.shutdownGracefully(10, 5000, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
}
