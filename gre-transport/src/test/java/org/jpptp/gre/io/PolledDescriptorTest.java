package org.jpptp.gre.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tried with a FIFO: two pollable descriptors that need no privilege. */
class PolledDescriptorTest {
    private static final PolledDescriptor.Handler IDLE = new PolledDescriptor.Handler() {
        @Override
        public void readable() {}

        @Override
        public void error() {}
    };

    private MultiThreadIoEventLoopGroup group;

    @BeforeEach
    void startLoop() {
        assumeTrue(Epoll.isAvailable(), () -> "no epoll here: " + Epoll.unavailabilityCause());
        group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    @AfterEach
    void endLoop() {
        if (group != null) {
            // Without any quiet period Netty may end before it has closed what is registered.
            group.shutdownGracefully(10, 5000, TimeUnit.MILLISECONDS).syncUninterruptibly();
        }
    }

    private <T> T onLoop(Callable<T> action) {
        return group.next().submit(action).syncUninterruptibly().getNow();
    }

    @Test
    void readsUntilEmptyAndIsCalledAgainForWhatItLeft(@TempDir Path directory) throws Exception {
        int[] ends = fifo(directory);
        var seen = new LinkedBlockingQueue<String>();
        var polled = new PolledDescriptor[1];
        onLoop(() -> polled[0] = PolledDescriptor.register(group.next(), ends[0], new PolledDescriptor.Handler() {
            @Override
            public void readable() {
                // One octet a turn, so that level-triggering is needed for the rest.
                ByteBuf buffer = Unpooled.directBuffer(1, 1);
                int octets = polled[0].read(buffer);
                seen.add(octets + ":" + buffer.toString(US_ASCII));
                buffer.release();
            }

            @Override
            public void error() {}
        }));
        write(ends[1], "abc");
        assertThat(seen.poll(120, TimeUnit.SECONDS)).isEqualTo("1:a");
        assertThat(seen.poll(120, TimeUnit.SECONDS)).isEqualTo("1:b");
        assertThat(seen.poll(120, TimeUnit.SECONDS)).isEqualTo("1:c");
        polled[0].close();
        Libc.close(ends[1]);
    }

    @Test
    void everyKindOfBufferCarriesTheOctets(@TempDir Path directory) throws Exception {
        int[] ends = fifo(directory);
        PolledDescriptor polled = onLoop(() -> PolledDescriptor.register(group.next(), ends[1], IDLE));
        PolledDescriptor reader = onLoop(() -> PolledDescriptor.register(group.next(), ends[0], IDLE));
        for (boolean directFrom : new boolean[] {true, false}) {
            for (boolean directInto : new boolean[] {true, false}) {
                ByteBuf from = buffer(directFrom);
                from.writerIndex(5).readerIndex(5).writeCharSequence("payload", US_ASCII);
                ByteBuf into = buffer(directInto);
                into.writeByte('>');
                assertThat(onLoop(() -> polled.write(from))).isEqualTo(7);
                assertThat(from.readableBytes()).isEqualTo(7);
                assertThat(onLoop(() -> reader.read(into))).isEqualTo(7);
                assertThat(into.toString(US_ASCII)).isEqualTo(">payload");
                assertThat(onLoop(() -> reader.read(into))).as("nothing left").isZero();
                from.release();
                into.release();
            }
        }
        polled.close();
        reader.close();
    }

    @Test
    void closedMeansBadDescriptorNeverSomebodyElses(@TempDir Path directory) throws Exception {
        int[] ends = fifo(directory);
        PolledDescriptor polled = onLoop(() -> PolledDescriptor.register(group.next(), ends[0], IDLE));
        polled.close();
        polled.close();
        ByteBuf buffer = buffer(true);
        assertThat(onLoop(() -> polled.read(buffer))).isEqualTo(-Errno.EBADF.code());
        assertThat(onLoop(() -> polled.write(buffer))).isEqualTo(-Errno.EBADF.code());
        assertThat(polled.isOpen()).isFalse();
        assertThat(Libc.fcntl(ends[0], Libc.F_GETFL, 0)).isEqualTo(-1);
        assertThat(Libc.errno()).isEqualTo(Errno.EBADF.code());
        buffer.release();
        Libc.close(ends[1]);
    }

    @Test
    void aHangUpIsToldAsAnError(@TempDir Path directory) throws Exception {
        int reader = Libc.open(fifoPath(directory), Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0);
        int writer = Libc.open(fifoPath(directory), Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0);
        var errors = new LinkedBlockingQueue<String>();
        var polled = new PolledDescriptor[1];
        onLoop(() -> polled[0] = PolledDescriptor.register(group.next(), reader, new PolledDescriptor.Handler() {
            @Override
            public void readable() {}

            @Override
            public void error() {
                errors.add("error");
                polled[0].close();
            }
        }));
        Libc.close(writer);
        assertThat(errors.poll(120, TimeUnit.SECONDS)).isEqualTo("error");
    }

    @Test
    void whatCannotBePolledIsRefusedAndStaysOpen() {
        int directory = Libc.open("/", Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
        assertThatThrownBy(() -> PolledDescriptor.register(group.next(), directory, IDLE))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(Libc.close(directory)).isZero();
    }

    @Test
    void needsAnEpollLoop() {
        var nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        assertThatThrownBy(() -> PolledDescriptor.register(nio.next(), 0, IDLE))
                .isInstanceOf(IllegalArgumentException.class);
        nio.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void theEndOfTheLoopClosesTheDescriptor(@TempDir Path directory) throws Exception {
        int[] ends = fifo(directory);
        PolledDescriptor polled = onLoop(() -> PolledDescriptor.register(group.next(), ends[0], IDLE));
        endLoop();
        assertThat(polled.isOpen()).isFalse();
        polled.close();
        Libc.close(ends[1]);
    }

    private static ByteBuf buffer(boolean direct) {
        return direct ? Unpooled.directBuffer(64) : Unpooled.buffer(64);
    }

    private static void write(int fd, String text) {
        ByteBuf buffer = Unpooled.directBuffer(16);
        buffer.writeCharSequence(text, US_ASCII);
        assertThat(Libc.write(fd, buffer.memoryAddress(), buffer.readableBytes()))
                .isEqualTo(text.length());
        buffer.release();
    }

    /** A reading and a writing end. */
    private static int[] fifo(Path directory) throws Exception {
        String path = fifoPath(directory);
        int flags = Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_CLOEXEC;
        return new int[] {Libc.open(path, flags, 0), Libc.open(path, flags, 0)};
    }

    private static String fifoPath(Path directory) throws Exception {
        Path path = directory.resolve("fifo");
        if (!path.toFile().exists()) {
            assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                    .isZero();
        }
        return path.toString();
    }
}
