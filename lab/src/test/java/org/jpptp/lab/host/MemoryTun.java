package org.jpptp.lab.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.client.tun.TunStats;
import org.jpptp.gre.io.Errno;
import org.jpptp.lab.simulation.Ipv4Packets;
import org.jspecify.annotations.Nullable;

/** A tunnel interface of a {@link MemoryHost}, which a test reads and writes as the host's programs would. */
public final class MemoryTun implements TunDevice {
    private final MemoryHost host;
    private final String name;
    private final Queue<byte[]> fromHost = new ArrayDeque<>();
    private final List<byte[]> waiting = new ArrayList<>();
    private final List<String> toHost = new ArrayList<>();
    private @Nullable Listener listener;
    private boolean paused;
    private boolean closed;
    private boolean deleted;

    MemoryTun(MemoryHost host, String name) {
        this.host = host;
        this.name = name;
        host.add("link " + name);
    }

    /** A program of the host's sends a datagram into the tunnel. */
    public void write(String text) {
        write(ByteBufUtil.getBytes(Ipv4Packets.datagram(text)));
    }

    /** The same with the octets of a whole datagram. */
    void write(byte[] datagram) {
        fromHost.add(datagram);
        host.threads().execute(this::poll);
    }

    /** The texts of the datagrams that programs of the host's have received. */
    public List<String> read() {
        return List.copyOf(toHost);
    }

    /** How many datagrams the host keeps until they are read. */
    public int queued() {
        return fromHost.size();
    }

    /** Somebody deletes the interface. */
    public void delete() {
        Listener reading = listener;
        if (!closed && reading != null) {
            gone();
            deleted = true;
            host.takeAwayIf(line -> line.endsWith(" dev " + name));
            reading.failed(Errno.EBADFD.code());
        }
    }

    @Override
    public void reopen() throws HostChangeException {
        if (host.isRefused(Step.REOPEN_TUN)) {
            throw new HostChangeException(
                    Failure.of(FailureReason.NO_TUN, "The TUN interface " + name + " cannot be made: EBUSY.", ""));
        }
        if (deleted) {
            deleted = false;
            closed = false;
            paused = false;
            host.add("link " + name);
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** It counts nothing. */
    @Override
    public TunStats stats() {
        return new TunStats();
    }

    @Override
    public void start(Listener reading) {
        if (host.isRefused(Step.START_TUN)) {
            throw new IllegalStateException("epoll_ctl() failed");
        }
        listener = reading;
    }

    @Override
    public void send(ByteBuf datagram) {
        waiting.add(ByteBufUtil.getBytes(datagram));
    }

    @Override
    public void flush() {
        waiting.forEach(datagram -> toHost.add(Ipv4Packets.text(datagram)));
        waiting.clear();
    }

    @Override
    public void poll() {
        Listener reading = listener;
        if (reading == null || closed || paused || fromHost.isEmpty()) {
            return;
        }
        while (!paused && !fromHost.isEmpty()) {
            ByteBuf buffer = reading.buffer();
            byte[] datagram = fromHost.remove();
            if (datagram.length <= buffer.writableBytes()) {
                reading.received(buffer.writeBytes(datagram));
            }
        }
        reading.batchEnd();
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        host.threads().execute(this::poll);
    }

    @Override
    public void close() {
        deleted = false;
        if (!closed) {
            gone();
        }
    }

    private void gone() {
        closed = true;
        host.remove("link " + name);
    }
}
