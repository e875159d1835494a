package org.jpptp.gre.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.io.Libc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kernel that takes no more, because the link is slow. */
class CongestedGreSocketTest extends TwoHosts {
    private static final boolean IN_SLOT = true;
    private static final int LENGTH = 1000;

    private final Log atLeft = new Log();
    private final Log atRight = new Log();
    private GreSocket call;

    @BeforeEach
    void openCall() {
        assumeTrue(Files.exists(Path.of("/usr/sbin/tc")) || Files.exists(Path.of("/sbin/tc")), "tc is not installed");
        right.open(leftAddress, 1, atRight);
        call = left.open(rightAddress, 1, atLeft);
    }

    @AfterEach
    void makeFast() throws Exception {
        Namespaces.run("tc -n " + namespaces.left + " qdisc del dev veth0 root");
    }

    /** Two Mbit/s: a packet in four milliseconds. */
    private static void makeSlow(int queueOctets) throws Exception {
        Namespaces.run("tc -n " + namespaces.left + " qdisc add dev veth0 root tbf rate 2mbit burst 2000 limit "
                + queueOctets);
    }

    /** A packet of the test's length, made in the slot or elsewhere. */
    private void send(int number, boolean inSlot) {
        ByteBuf packet = inSlot ? call.slot() : Unpooled.buffer(LENGTH);
        packet.writeCharSequence(String.format("%08d", number), US_ASCII);
        call.send(packet.writeZero(LENGTH - 8));
    }

    private void sendUntilCongested(int limit) {
        int number = 0;
        while (!call.isCongested() && number < limit) {
            send(number++, IN_SLOT);
            assertThat(call.flush()).isZero();
        }
        assertThat(call.isCongested()).as("after %d packets", number).isTrue();
    }

    /** Everything that waited has come, once and in order. */
    private int arrived() throws Exception {
        assertThat(atLeft.rooms.poll(120, TimeUnit.SECONDS)).isEqualTo("room");
        left.run(() -> {
            assertThat(call.isCongested()).isFalse();
            call.send(Unpooled.copiedBuffer("the last", US_ASCII));
            assertThat(call.flush()).isZero();
        });
        int seen = 0;
        for (String text = atRight.next(); !text.equals("the last"); text = atRight.next()) {
            assertThat(text).startsWith(String.format("%08d", seen++));
        }
        return seen;
    }

    @Test
    void whatAFullSocketTakesNoMoreWaitsForRoom() throws Exception {
        makeSlow(1 << 20);
        assertThat(RawSockets.setInt(left.raw(rightAddress).fd(), Libc.SOL_SOCKET, Libc.SO_SNDBUF, 20_000))
                .isZero();
        int[] sent = new int[1];
        left.run(() -> {
            sendUntilCongested(100);
            long waiting = left.sockets.stats().overflows;
            assertThat(waiting).isZero();
            assertThat(call.flush()).isZero();
        });
        sent[0] = arrived();
        assertThat(sent[0]).isGreaterThan(5);
        assertThat(left.onLoop(() -> left.sockets.stats().overflows)).isZero();
    }

    @Test
    void aFullInterfaceQueueIsTriedAgain() throws Exception {
        makeSlow(20_000);
        left.run(() -> sendUntilCongested(100));
        assertThat(arrived()).isGreaterThan(5);
    }

    @Test
    void whatDoesNotFitIsDroppedAndCountedAndControlPacketsFindRoom() throws Exception {
        makeSlow(20_000);
        left.run(() -> {
            sendUntilCongested(100);
            // One waits already.
            for (int i = 0; i < SendBatch.PACKETS; i++) {
                send(i, IN_SLOT);
            }
            assertThat(left.sockets.stats().overflows).isEqualTo(GreCall.RESERVED + 1);
            for (int i = 0; i < GreCall.RESERVED; i++) {
                call.send(Unpooled.copiedBuffer("control", US_ASCII));
            }
            assertThat(left.sockets.stats().overflows).isEqualTo(GreCall.RESERVED + 1);
            call.send(Unpooled.copiedBuffer("too much", US_ASCII));
            assertThat(left.sockets.stats().overflows).isEqualTo(GreCall.RESERVED + 2);
        });
        assertThat(atLeft.rooms.poll(120, TimeUnit.SECONDS)).isEqualTo("room");
        int control = 0;
        for (String text = atRight.next(); control < GreCall.RESERVED; text = atRight.next()) {
            control += text.equals("control") ? 1 : 0;
            if (control == GreCall.RESERVED) {
                break;
            }
        }
        assertThat(control).isEqualTo(GreCall.RESERVED);
    }

    @Test
    void closingWhileCongestedIsQuiet() throws Exception {
        makeSlow(20_000);
        left.run(() -> {
            sendUntilCongested(100);
            call.close();
        });
        assertThat(atLeft.rooms.poll(100, TimeUnit.MILLISECONDS)).isNull();
        assertThat(left.onLoop(() -> call.flush())).isZero();
    }
}
