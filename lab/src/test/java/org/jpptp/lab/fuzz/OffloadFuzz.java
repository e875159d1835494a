package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jpptp.client.Offload;
import org.jpptp.client.tun.Coalescer;
import org.jpptp.client.tun.Segmenter;
import org.jpptp.client.tun.TunBuffers;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.client.tun.TunStats;

/** Packets of the host's with any header, cut; and datagrams of the peer's, joined: what was joined can be cut again. */
public final class OffloadFuzz {
    private static final int STEPS = 512;
    private static final int ROOM = 1900;
    private static final TunBuffers BUFFERS = new TunBuffers();

    private OffloadFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Input input = new Input(data);
        Far far = new Far();
        Segmenter segmenter = new Segmenter(far.stats);
        Coalescer coalescer = new Coalescer(Offload.USO, BUFFERS, far);
        for (int step = 0; step < STEPS && !input.isEmpty(); step++) {
            switch (input.below(3)) {
                case 0 -> {
                    ByteBuf packet = direct(input.chunk());
                    long accounted = far.accounted();
                    segmenter.take(packet, far);
                    kept(far.accounted() > accounted, "what does not go on is counted");
                }
                case 1 -> {
                    far.sent++;
                    coalescer.send(direct(input.chunk()));
                }
                default -> coalescer.flush();
            }
        }
        coalescer.flush();
        kept(far.sent == far.written, "every datagram gets to the host");
    }

    private static ByteBuf direct(byte[] octets) {
        return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(octets.length).put(0, octets));
    }

    private static final class Far implements Coalescer.Host, TunDevice.Listener {
        private final TunStats stats = new TunStats();
        private final TunStats again = new TunStats();
        private final Segmenter inverse = new Segmenter(again);
        private final ByteBuf slot = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(ROOM));
        private long sent;
        private long written;

        private long accounted() {
            return stats.received + stats.malformed + stats.tooLong;
        }

        @Override
        public void write(ByteBuf packet, int datagrams, int octets) {
            written += datagrams;
            long before = again.receivedOctets;
            int taken = inverse.take(packet, this);
            kept(
                    octets == 0 || again.tooLong > 0 || (taken == datagrams && again.receivedOctets - before == octets),
                    "what was joined is cut into the same");
        }

        @Override
        public ByteBuf buffer() {
            return slot.clear();
        }

        @Override
        public void received(ByteBuf datagram) {
            kept(datagram.isReadable(), "a datagram is not empty");
        }

        @Override
        public void batchEnd() {}

        @Override
        public void failed(int errno) {}
    }
}
