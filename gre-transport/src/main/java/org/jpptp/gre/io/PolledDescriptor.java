package org.jpptp.gre.io;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A non-blocking file descriptor on one of Netty's epoll loops: what a channel is without pipeline, promises and queues.
 * One read or write is one system call and allocates nothing.
 *
 * <p>Readiness is level-triggered. A handler may stop reading whenever it wants to let others have their turn: it is
 * called again in the next one as long as something is left. {@link #read} and {@link #write} belong to the loop's thread.
 */
public final class PolledDescriptor {
    /** What happens at the descriptor. Called on the loop's thread; must not throw. */
    public interface Handler {
        /** There is something to read; called again until there is not, or the descriptor is closed. */
        void readable();

        /** It can be written to; only after {@link #interest} was told so. */
        default void writable() {}

        /**
         * The descriptor has an error pending (EPOLLERR): read it, or close, because this is called again as long as it
         * is there.
         */
        void error();
    }

    /** What a handler is called for, beside errors. */
    public enum Interest {
        NONE,
        READ,
        READ_AND_WRITE
    }

    /** More than any packet has. */
    private static final int COPY_OCTETS = 1 << 16;

    private static final EpollIoOps NOTHING = EpollIoOps.EPOLLERR;
    private static final EpollIoOps READ = NOTHING.with(EpollIoOps.EPOLLIN);
    private static final EpollIoOps READ_AND_WRITE = READ.with(EpollIoOps.EPOLLOUT);

    private final EventLoop loop;
    private final FileDescriptor descriptor;
    private final Handler handler;
    private final Handle handle = new Handle();
    private @Nullable ByteBuffer copy;

    private PolledDescriptor(EventLoop loop, int fd, Handler handler) {
        this.loop = loop;
        this.descriptor = new FileDescriptor(fd);
        this.handler = handler;
    }

    /**
     * Takes over a descriptor that is in non-blocking mode. From a thread that is not the loop's this waits for the loop,
     * and the handler may be called before it returns; on the loop it never is.
     *
     * @throws IllegalArgumentException when the loop is not one of Netty's epoll loops
     * @throws UncheckedIOException when the descriptor cannot be polled; it is then still open, and the caller's
     */
    public static PolledDescriptor register(EventLoop loop, int fd, Handler handler) {
        if (!(loop instanceof IoEventLoop io) || !io.isCompatible(EpollIoHandle.class)) {
            throw new IllegalArgumentException("not an epoll loop: " + loop);
        }
        PolledDescriptor polled = new PolledDescriptor(loop, fd, handler);
        if (loop.inEventLoop()) {
            polled.registerOn(io);
        } else {
            Future<?> registering = loop.submit(() -> polled.registerOn(io)).awaitUninterruptibly();
            if (registering.cause() instanceof UncheckedIOException failure) {
                throw failure;
            }
            if (!registering.isSuccess()) {
                throw new IllegalStateException(registering.cause());
            }
        }
        return polled;
    }

    /** On the loop's thread, where {@link IoEventLoop#register} has its result at once. */
    private void registerOn(IoEventLoop io) {
        var registering = io.register(handle);
        if (!registering.isSuccess()) {
            throw new UncheckedIOException(new IOException("epoll registration failed", registering.cause()));
        }
        IoRegistration registration = registering.getNow();
        try {
            registration.submit(READ);
        } catch (UncheckedIOException e) {
            registration.cancel();
            throw e;
        }
        handle.registration = registration;
    }

    public int fd() {
        return descriptor.intValue();
    }

    /** What the handler is called for from now on; reading only, at first. On the loop's thread. */
    public void interest(Interest what) {
        IoRegistration registration = handle.registration;
        if (registration != null && registration.isValid()) {
            registration.submit(
                    switch (what) {
                        case NONE -> NOTHING;
                        case READ -> READ;
                        case READ_AND_WRITE -> READ_AND_WRITE;
                    });
        }
    }

    public boolean isOpen() {
        return descriptor.isOpen();
    }

    /**
     * Reads once into the writable octets and moves the writer index.
     *
     * @return octets read; 0 when there is nothing to read now; the negative errno otherwise, −EPIPE at an end of file
     */
    public int read(ByteBuf into) {
        if (!descriptor.isOpen()) {
            return -Errno.EBADF.code(); // the number may be somebody else's by now
        }
        try {
            int index = into.writerIndex();
            int octets = readOnce(into, index, into.writableBytes());
            if (octets < 0) {
                return -Errno.EPIPE.code();
            }
            into.writerIndex(index + octets);
            return octets;
        } catch (IOException e) {
            return negativeErrno(e);
        }
    }

    private int readOnce(ByteBuf into, int index, int room) throws IOException {
        if (into.hasMemoryAddress()) {
            return descriptor.readAddress(into.memoryAddress(), index, index + room);
        }
        if (into.isDirect()) {
            ByteBuffer nio = into.internalNioBuffer(index, room);
            return descriptor.read(nio, nio.position(), nio.limit());
        }
        ByteBuffer copy = copy();
        int octets = descriptor.read(copy, 0, Math.min(room, COPY_OCTETS));
        if (octets > 0) {
            into.setBytes(index, copy.clear().limit(octets));
        }
        return octets;
    }

    /**
     * Writes the readable octets by one call; indices stay.
     *
     * @return octets written; 0 when the descriptor takes nothing now; the negative errno otherwise
     */
    public int write(ByteBuf from) {
        if (!descriptor.isOpen()) {
            return -Errno.EBADF.code();
        }
        try {
            return writeOnce(from, from.readerIndex(), from.readableBytes());
        } catch (IOException e) {
            return negativeErrno(e);
        }
    }

    private int writeOnce(ByteBuf from, int index, int length) throws IOException {
        if (from.hasMemoryAddress()) {
            return descriptor.writeAddress(from.memoryAddress(), index, index + length);
        }
        if (from.isDirect()) {
            ByteBuffer nio = from.internalNioBuffer(index, length);
            return descriptor.write(nio, nio.position(), nio.limit());
        }
        if (length > COPY_OCTETS) {
            return -Errno.EMSGSIZE.code();
        }
        ByteBuffer copy = copy();
        from.getBytes(index, copy.clear().limit(length));
        return descriptor.write(copy, 0, length);
    }

    /** The system can only be handed memory outside the heap; buffers inside it go through this. */
    private ByteBuffer copy() {
        if (copy == null) {
            copy = ByteBuffer.allocateDirect(COPY_OCTETS);
        }
        return copy;
    }

    /** Deregisters and closes the descriptor; nothing is called afterwards. Idempotent, from any thread. */
    public void close() {
        if (loop.inEventLoop()) {
            handle.close();
        } else {
            try {
                loop.execute(handle::close);
            } catch (RejectedExecutionException e) {
                // The loop has ended, and closed what was registered with it.
            }
        }
    }

    private static int negativeErrno(IOException e) {
        if (e instanceof NativeIoException failure) {
            return failure.expectedErr();
        }
        // Netty turns EBADF into this one, and says it of a descriptor that was closed here.
        return e instanceof ClosedChannelException ? -Errno.EBADF.code() : -Errno.EIO.code();
    }

    /** Netty's side of it, kept out of the public API. */
    private final class Handle implements EpollIoHandle {
        private @Nullable IoRegistration registration;

        @Override
        public FileDescriptor fd() {
            return descriptor;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            EpollIoOps ops = ((EpollIoEvent) event).ops();
            // The error first: a read would take a pending socket error away, and with it the reason. A bare hang-up
            // is one too, for it would be reported for ever.
            boolean readable = ops.contains(EpollIoOps.EPOLLIN);
            boolean writable = ops.contains(EpollIoOps.EPOLLOUT);
            if (ops.contains(EpollIoOps.EPOLLERR) || !(readable || writable)) {
                handler.error();
            }
            if (readable && descriptor.isOpen()) {
                handler.readable();
            }
            if (writable && descriptor.isOpen()) {
                handler.writable();
            }
        }

        /** Also called by the loop when it ends. */
        @Override
        public void close() {
            if (!descriptor.isOpen()) {
                return;
            }
            if (registration != null) {
                registration.cancel();
            }
            try {
                descriptor.close();
            } catch (IOException e) {
                // close(2) frees the descriptor whatever it answers.
            }
        }
    }
}
