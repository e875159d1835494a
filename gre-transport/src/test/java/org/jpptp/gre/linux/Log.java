package org.jpptp.gre.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;

/** Notes what it hears. */
final class Log implements GreSocket.Listener {
    /** The packets. */
    final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();

    final LinkedBlockingQueue<Integer> batches = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<IcmpError> icmp = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<Integer> failures = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<String> rooms = new LinkedBlockingQueue<>();
    /** Done within every {@link #received}. */
    private final Runnable whenReceived;

    private int batch;

    Log() {
        this(() -> {});
    }

    Log(Runnable whenReceived) {
        this.whenReceived = whenReceived;
    }

    /** The next packet, null when none comes for long. */
    String next() throws InterruptedException {
        return received.poll(120, TimeUnit.SECONDS);
    }

    @Override
    public void received(ByteBuf packet, int callId) {
        assertThat(callId)
                .isEqualTo(packet.readableBytes() < 8 ? -1 : packet.getUnsignedShort(packet.readerIndex() + 6));
        received.add(packet.toString(US_ASCII));
        batch++;
        whenReceived.run();
    }

    @Override
    public void batchEnd(int datagrams) {
        assertThat(datagrams).isEqualTo(batch);
        batches.add(datagrams);
        batch = 0;
    }

    @Override
    public void writable() {
        rooms.add("room");
    }

    @Override
    public void icmpError(IcmpError error) {
        icmp.add(error);
    }

    @Override
    public void failed(int errno) {
        failures.add(errno);
    }
}
