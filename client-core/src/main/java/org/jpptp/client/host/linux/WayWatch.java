package org.jpptp.client.host.linux;

import com.sun.jna.Memory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jpptp.client.net.Surroundings;
import org.jpptp.client.net.linux.HostSurroundings;
import org.jpptp.gre.io.Libc;
import org.jpptp.gre.io.PolledDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Hears of changes of links, addresses, routes, rules and packet filters from the kernel (rtnetlink(7)), for all tunnels of a loop. What the kernel says is not
 * read but for its being said: it may say less than there is when much happens at once, and the tables have it all. On the loop.
 */
final class WayWatch {
    // linux/netlink.h, linux/rtnetlink.h
    private static final int AF_NETLINK = 16;
    private static final int NETLINK_ROUTE = 0;
    private static final int RTMGRP_LINK = 0x01;
    private static final int RTMGRP_IPV4_IFADDR = 0x10;
    private static final int RTMGRP_IPV4_ROUTE = 0x40;
    private static final int RTMGRP_IPV4_RULE = 0x80;
    // linux/netfilter/nfnetlink.h: the group of NFNLGRP_NFTABLES, which is 7
    private static final int NETLINK_NETFILTER = 12;
    private static final int NFTABLES = 0x40;

    private static final int SOCKADDR_NL_OCTETS = 12;
    private static final int GROUPS = 8;

    private static final int MESSAGES_OCTETS = 1 << 15;
    /** Changes come several at once, and the tables of a host with many tunnels are long. */
    private static final long MOMENT_MILLIS = 300;

    private final EventLoop loop;
    private final List<Consumer<Surroundings>> listeners = new ArrayList<>();
    private final List<PolledDescriptor> sockets = new ArrayList<>();
    private @Nullable Future<?> look;

    WayWatch(EventLoop loop) {
        this.loop = loop;
    }

    /** Begins to tell; the result ends it. */
    Runnable add(Consumer<Surroundings> listener) {
        // An object of its own, however often the same listener is added.
        Consumer<Surroundings> each = surroundings -> listener.accept(surroundings);
        listeners.add(each);
        if (sockets.isEmpty()) {
            open(NETLINK_ROUTE, RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV4_RULE);
            open(NETLINK_NETFILTER, NFTABLES);
        }
        return () -> {
            listeners.remove(each);
            if (listeners.isEmpty()) {
                close();
            }
        };
    }

    /** Where the host does not let it, tunnels notice by the silence. */
    private void open(int family, int groups) {
        int fd = Libc.socket(AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, family);
        if (fd < 0) {
            return;
        }
        try (Memory address = new Memory(SOCKADDR_NL_OCTETS)) {
            address.clear();
            address.setShort(0, (short) AF_NETLINK);
            address.setInt(GROUPS, groups);
            if (Libc.bind(fd, address, SOCKADDR_NL_OCTETS) < 0) {
                Libc.close(fd);
                return;
            }
        }
        Reader reader = new Reader();
        try {
            reader.socket = PolledDescriptor.register(loop, fd, reader);
            sockets.add(reader.socket);
        } catch (UncheckedIOException e) {
            Libc.close(fd);
        }
    }

    private void close() {
        sockets.forEach(PolledDescriptor::close);
        sockets.clear();
        if (look != null) {
            look.cancel(false);
            look = null;
        }
    }

    private void lookSoon() {
        if (look == null) {
            look = loop.schedule(this::look, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        look = null;
        Surroundings now = HostSurroundings.read(null);
        List.copyOf(listeners).forEach(listener -> listener.accept(now));
    }

    /** Empties the socket. */
    private final class Reader implements PolledDescriptor.Handler {
        private @Nullable PolledDescriptor socket;
        private final ByteBuf room = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(MESSAGES_OCTETS));

        @Override
        public void readable() {
            PolledDescriptor reading = socket;
            while (reading != null && reading.read(room.clear()) > 0) {
                lookSoon();
            }
        }

        /** The kernel had more to say than the socket holds (ENOBUFS), which the first read takes away. */
        @Override
        public void error() {
            lookSoon();
            readable();
        }
    }
}
