package org.jpptp.client.proxy.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.function.Consumer;
import org.jpptp.client.proxy.Refusal;
import org.jpptp.client.proxy.Target;

/** The ways that lead from the proxy into the tunnel. Everything is answered on the event loop of the client's connection. */
public interface Outward {
    /** How something came out. */
    interface Answer<T> {
        void succeeded(T what);

        void failed(Refusal why);
    }

    /**
     * Connects. The connection reads nothing until it is told to.
     *
     * @param loop the client's
     */
    void connect(Target target, EventLoop loop, Answer<Channel> answer);

    /** Looks up an IPv4 address; one that is written as such is its own. */
    void resolve(String host, EventLoop loop, Answer<InetAddress> answer);

    /** Opens a socket for datagrams in the tunnel. */
    void openInside(EventLoop loop, ChannelHandler handler, Answer<Channel> answer);

    /** Opens a socket for datagrams of clients, at the address that they find the proxy at. */
    void openForClients(EventLoop loop, ChannelHandler handler, Answer<Channel> answer);

    /** As one answer. */
    static <T> Answer<T> answer(Consumer<T> succeeded, Consumer<Refusal> failed) {
        return new Answer<>() {
            @Override
            public void succeeded(T what) {
                succeeded.accept(what);
            }

            @Override
            public void failed(Refusal why) {
                failed.accept(why);
            }
        };
    }
}
