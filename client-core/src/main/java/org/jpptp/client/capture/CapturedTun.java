package org.jpptp.client.capture;

import io.netty.buffer.ByteBuf;
import org.jpptp.client.explain.capture.PcapngWriter.Direction;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.client.tun.TunStats;

/** A tunnel interface whose datagrams are captured. */
final class CapturedTun implements TunDevice {
    private final TunDevice tun;
    private final Tap tap;

    CapturedTun(TunDevice tun, Tap tap) {
        this.tun = tun;
        this.tap = tap;
    }

    @Override
    public String name() {
        return tun.name();
    }

    @Override
    public void start(Listener listener) {
        tun.start(new Listener() {
            @Override
            public ByteBuf buffer() {
                return listener.buffer();
            }

            @Override
            public void received(ByteBuf datagram) {
                tap.datagram(Direction.SENT, datagram);
                listener.received(datagram);
            }

            @Override
            public void batchEnd() {
                listener.batchEnd();
            }

            @Override
            public void failed(int errno) {
                listener.failed(errno);
            }
        });
    }

    @Override
    public void send(ByteBuf datagram) {
        tap.datagram(Direction.RECEIVED, datagram);
        tun.send(datagram);
    }

    @Override
    public void flush() {
        tun.flush();
    }

    @Override
    public void poll() {
        tun.poll();
    }

    @Override
    public void pause() {
        tun.pause();
    }

    @Override
    public void resume() {
        tun.resume();
    }

    @Override
    public void reopen() throws HostChangeException {
        tun.reopen();
    }

    @Override
    public TunStats stats() {
        return tun.stats();
    }

    @Override
    public void close() {
        tun.close();
    }
}
