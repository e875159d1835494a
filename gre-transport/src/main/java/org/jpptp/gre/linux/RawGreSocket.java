package org.jpptp.gre.linux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.netty.util.concurrent.Future;
import java.net.Inet4Address;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;
import org.jpptp.gre.io.Errno;
import org.jpptp.gre.io.PolledDescriptor;
import org.jpptp.gre.io.PolledDescriptor.Interest;
import org.jpptp.gre.wire.GreDatagram;
import org.jpptp.gre.wire.GreHeader;
import org.jspecify.annotations.Nullable;

/**
 * A raw IPv4 socket for protocol 47, connected to one peer: the kernel lets through only what that address sent, and
 * reports ICMP errors about what we sent. All calls with the peer share it, because every such socket would be given a copy
 * of each packet; the call id in the GRE header tells whose it is. It closes with its last call.
 *
 * <p>Outer datagrams go without "don't fragment", and are cut where the way out of this host is too narrow for them; what
 * ICMP says of the path behind is not believed (IP_PMTUDISC_OMIT). On a narrow path a fragmented tunnel is slow, one whose
 * large packets vanish is broken, and a forged "fragmentation needed" cannot shrink it.
 */
final class RawGreSocket {
    /**
     * A full interface queue is not polled, unlike a full socket buffer. In this time it sends a part of what it holds, on
     * all but the fastest links.
     */
    private static final long QUEUE_WAIT_MICROS = 1_000;

    /**
     * How often a packet is tried in vain before it is given up. A queue that takes nothing for a tenth of a second never takes
     * this packet: so says an interface whose other end is too narrow for it, and those behind it would wait for ever.
     */
    private static final int QUEUE_TRIES = 100;

    private final EventLoop loop;
    private final Sink sink;
    private final GreDatagram arrived;
    private final Inet4Address local;
    private final ReceiveBatch batch;
    private final ErrorQueue errors;
    private final GreSocketStats stats;
    private final Consumer<RawGreSocket> closed;
    private final PolledDescriptor descriptor;
    private final Events events = new Events();
    private final SendBatch sending = new SendBatch();
    private final IntObjectMap<GreCall> calls = new IntObjectHashMap<>();
    /** The call, when there is exactly one. */
    private @Nullable GreCall only;

    private final GreCall[] heard = new GreCall[ReceiveBatch.DATAGRAMS];
    private int heardCount;
    /** While what has been read is handed out, and the answers to it are collected. */
    private boolean reading;

    private boolean congested;
    /** In vain, since the queue has last taken a packet. */
    private int tries;

    private final Runnable turnEnd = this::endTurn;
    private boolean turnEnds;

    /**
     * @param fd connected to the peer, and taken over
     * @param local our address
     * @param shared what the sockets of the loop have in common
     * @param closed told when the last call has gone
     * @throws java.io.UncheckedIOException when the descriptor cannot be polled; it is then still open
     */
    RawGreSocket(
            EventLoop loop,
            int fd,
            Inet4Address peer,
            Inet4Address local,
            Shared shared,
            Consumer<RawGreSocket> closed) {
        this.loop = loop;
        this.arrived = new GreDatagram(peer);
        this.local = local;
        this.batch = shared.batch;
        this.errors = shared.errors;
        this.stats = shared.stats;
        this.closed = closed;
        this.descriptor = PolledDescriptor.register(loop, fd, events);
        this.sink = Sink.open(loop, fd, peer, local);
    }

    /** What the sockets of one loop have in common, because only one of them has its turn. */
    record Shared(ReceiveBatch batch, ErrorQueue errors, GreSocketStats stats) {
        Shared() {
            this(new ReceiveBatch(), new ErrorQueue(), new GreSocketStats());
        }
    }

    Inet4Address local() {
        return local;
    }

    int fd() {
        return descriptor.fd();
    }

    boolean isOpen() {
        return descriptor.isOpen();
    }

    boolean has(int callId) {
        return calls.containsKey(callId);
    }

    GreCall add(int callId, GreSocket.Listener listener) {
        GreCall call = new GreCall(this, sending, callId, listener);
        calls.put(callId, call);
        only = calls.size() == 1 ? call : null;
        return call;
    }

    /** A call has ended; what it has sent still goes out. */
    void remove(GreCall call) {
        calls.remove(call.callId());
        only = calls.size() == 1 ? calls.values().iterator().next() : null;
        if (calls.isEmpty()) {
            transmit();
            descriptor.close();
            sink.close();
            closed.accept(this);
        }
    }

    boolean isCongested() {
        return congested;
    }

    /** There is no room for a packet, neither in the kernel's queue nor in the batch. */
    void overflowed() {
        stats.overflows++;
    }

    /**
     * What waits goes out. While a batch is being read, its end does this, and where there are several calls, the end of
     * the loop's turn: many calls' packets then go out by one call.
     */
    void flush() {
        if (reading || congested || sending.count() == 0) {
            return;
        }
        if (only != null) {
            transmit();
        } else if (!turnEnds) {
            turnEnds = true;
            loop.execute(turnEnd);
        }
    }

    private void endTurn() {
        turnEnds = false;
        if (!congested) {
            transmit();
        }
    }

    /** The batch goes out now. */
    void transmit() {
        if (sending.count() == 0) {
            return;
        }
        if (!descriptor.isOpen()) {
            sending.refuse(Errno.EBADF.code());
            return;
        }
        int full = sending.transmit(descriptor.fd());
        if (full != 0) {
            congested = true;
            await(full);
        }
    }

    private void await(int full) {
        boolean socketFull = full == Errno.EAGAIN.code();
        descriptor.interest(socketFull ? Interest.READ_AND_WRITE : Interest.READ);
        if (!socketFull) {
            Future<?> unused = loop.schedule(events::writable, QUEUE_WAIT_MICROS, TimeUnit.MICROSECONDS);
        }
    }

    /** Whoever hears of something may open and close calls. */
    private void forAll(Consumer<GreCall> action) {
        for (GreCall call : calls.values().toArray(new GreCall[0])) {
            action.accept(call);
        }
    }

    private void deliver(int count) {
        for (int i = 0; i < count && descriptor.isOpen(); i++) {
            if (batch.isTruncated(i)) {
                stats.truncated++;
            } else {
                deliver(batch.datagram(i));
            }
        }
        for (int i = 0; i < heardCount; i++) {
            heard[i].batchEnd();
        }
    }

    private void deliver(ByteBuf datagram) {
        GreDatagram.Result result = arrived.unwrap(datagram);
        if (result != GreDatagram.Result.OK) {
            drop(result);
            return;
        }
        int callId = GreHeader.callId(datagram);
        GreCall call = calls.get(callId);
        if (call == null) {
            call = only; // its counters then tell of it
        }
        if (call == null) {
            stats.strays++;
            return;
        }
        if (call.hear()) {
            heard[heardCount++] = call;
        }
        call.listener().received(datagram, callId);
    }

    private void drop(GreDatagram.Result result) {
        if (result == GreDatagram.Result.FOREIGN) {
            stats.foreign++;
        } else {
            stats.malformed++;
        }
    }

    /** What happens at the descriptor. */
    private final class Events implements PolledDescriptor.Handler, ErrorQueue.Reader {
        @Override
        public void readable() {
            int count = batch.read(descriptor.fd());
            if (count < 0) {
                complain(-count);
                return;
            }
            sink.read(count);
            reading = true;
            try {
                deliver(count);
            } finally {
                heardCount = 0;
                reading = false;
            }
            flush();
        }

        /** An errno that comes with an ICMP error is told as that. */
        private void complain(int errno) {
            if (!takeErrors()) {
                failed(errno);
            }
        }

        /** Tries again what there was no room for; also called by the clock. */
        @Override
        public void writable() {
            if (!congested || !descriptor.isOpen()) {
                return;
            }
            int waiting = sending.count();
            int full = sending.transmit(descriptor.fd());
            tries = full == Errno.ENOBUFS.code() && sending.count() == waiting ? tries + 1 : 0;
            if (tries >= QUEUE_TRIES) {
                tries--; // the next one has to wait once only, unless the queue takes it
                sending.refuseFirst(full);
                full = sending.count() == 0 ? 0 : full;
            }
            if (full != 0) {
                await(full);
                return;
            }
            congested = false;
            descriptor.interest(Interest.READ);
            forAll(call -> call.listener().writable());
        }

        @Override
        public void error() {
            if (!takeErrors()) {
                int errno = RawSockets.takeError(descriptor.fd());
                if (errno != 0) {
                    failed(errno);
                }
            }
        }

        private boolean takeErrors() {
            boolean some = false;
            for (int i = 0; i < ReceiveBatch.DATAGRAMS && descriptor.isOpen(); i++) {
                if (!errors.takeOne(descriptor.fd(), this)) {
                    break;
                }
                some = true;
            }
            return some;
        }

        /** Tells the call whose packet is quoted; all of them where that cannot be known. */
        @Override
        public void icmpError(IcmpError error) {
            boolean[] told = new boolean[1];
            forAll(call -> {
                if (error.quotes(call.peerCallId())) {
                    told[0] = true;
                    call.listener().icmpError(error);
                }
            });
            if (!told[0]) {
                forAll(call -> call.listener().icmpError(error));
            }
        }

        @Override
        public void failed(int errno) {
            forAll(call -> call.listener().failed(errno));
        }
    }
}
