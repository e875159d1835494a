package org.jpptp.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.io.Errno;
import org.jpptp.gre.io.RawSocketException;
import org.junit.jupiter.api.Test;

/** Calls with one peer share a raw socket. */
class SharedGreSocketTest extends TwoHosts {
    private final Log first = new Log();
    private final Log second = new Log();

    private GreSocket leftToRight() {
        return left.open(rightAddress, 1000, new Log());
    }

    @Test
    void theCallIdTellsWhoseAPacketIs() throws Exception {
        right.open(leftAddress, 1, first);
        right.open(leftAddress, 65_535, second);
        assertThat(right.onLoop(() -> right.sockets.socketsTo(leftAddress))).hasSize(1);
        GreSocket fromLeft = leftToRight();
        left.run(() -> {
            for (int i = 0; i < 3; i++) {
                fromLeft.send(Host.gre(1, "to the first " + i));
                fromLeft.send(Host.gre(65_535, "to the second " + i));
            }
            fromLeft.send(Host.gre(2, "to nobody"));
            fromLeft.send(Host.gre(1, "x").writerIndex(7));
            fromLeft.send(Host.gre(1, "the last one"));
            fromLeft.flush();
        });
        for (int i = 0; i < 3; i++) {
            assertThat(first.next()).endsWith("to the first " + i);
            assertThat(second.next()).endsWith("to the second " + i);
        }
        assertThat(first.next()).endsWith("the last one");
        assertThat(right.onLoop(() -> right.sockets.stats().strays)).isEqualTo(2);
        assertThat(first.failures).isEmpty();
    }

    @Test
    void onlyWhoReceivedSomethingIsToldOfTheBatch() throws Exception {
        right.open(leftAddress, 1, first);
        right.open(leftAddress, 2, second);
        left.sendTo(1, leftToRight(), "one");
        assertThat(first.batches.poll(120, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(second.batches).isEmpty();
    }

    @Test
    void theOnlyCallHearsOfForeignOnes() throws Exception {
        right.open(leftAddress, 1, first);
        GreSocket other = right.open(leftAddress, 2, second);
        right.run(other::close);
        left.sendTo(2, leftToRight(), "to one that has gone");
        assertThat(first.next()).endsWith("to one that has gone");
        assertThat(second.received).isEmpty();
    }

    @Test
    void callIdsAreTakenAndFree() {
        GreSocket call = right.open(leftAddress, 1, first);
        right.run(() -> {
            assertThat(right.sockets.isFree(leftAddress, 1)).isFalse();
            assertThat(right.sockets.isFree(leftAddress, 2)).isTrue();
            assertThat(right.sockets.isFree(rightAddress, 1)).isTrue();
        });
        assertThatThrownBy(() -> right.open(leftAddress, 1, second))
                .isInstanceOf(RawSocketException.class)
                .hasMessage("call id 1: EADDRINUSE (Address already in use)");
        right.run(call::close);
        assertThat(right.onLoop(() -> right.sockets.isFree(leftAddress, 1))).isTrue();
    }

    @Test
    void theSocketClosesWithItsLastCall() throws Exception {
        GreSocket one = right.open(leftAddress, 1, first);
        GreSocket two = right.open(leftAddress, 2, second);
        RawGreSocket raw = right.raw(leftAddress);
        right.run(one::close);
        right.run(one::close);
        assertThat(right.onLoop(raw::isOpen)).isTrue();
        right.run(two::close);
        assertThat(right.onLoop(raw::isOpen)).isFalse();
        assertThat(right.onLoop(() -> right.sockets.socketsTo(leftAddress))).isEmpty();
        right.open(leftAddress, 2, first);
        left.sendTo(2, leftToRight(), "to the new one");
        assertThat(first.next()).endsWith("to the new one");
    }

    @Test
    void whatWasSentBeforeClosingGoesOut() throws Exception {
        right.open(leftAddress, 1, first);
        GreSocket fromLeft = leftToRight();
        left.run(() -> {
            fromLeft.send(Host.gre(1, "the last word"));
            fromLeft.close();
        });
        assertThat(first.next()).endsWith("the last word");
    }

    @Test
    void aListenerMayCloseAnyCall() throws Exception {
        GreSocket[] calls = new GreSocket[2];
        Log closing = new Log(() -> {
            calls[0].close();
            calls[1].close();
        });
        calls[0] = right.open(leftAddress, 1, closing);
        calls[1] = right.open(leftAddress, 2, second);
        RawGreSocket raw = right.raw(leftAddress);
        GreSocket fromLeft = leftToRight();
        left.run(() -> {
            for (int i = 0; i < 5; i++) {
                fromLeft.send(Host.gre(1, "first " + i));
                fromLeft.send(Host.gre(2, "second " + i));
            }
            fromLeft.flush();
        });
        assertThat(closing.next()).endsWith("first 0");
        assertThat(right.onLoop(raw::isOpen)).isFalse();
        assertThat(closing.received).isEmpty();
        assertThat(second.received).isEmpty();
        assertThat(closing.batches).isEmpty();
    }

    @Test
    void answersToABatchGoOutTogetherAtItsEnd() throws Exception {
        GreSocket[] call = new GreSocket[1];
        Log answering = new Log(() -> {
            call[0].send(Host.gre(1000, "answer"));
            assertThat(call[0].flush()).isZero();
        });
        call[0] = right.open(leftAddress, 1, answering);
        Log atLeft = new Log();
        GreSocket fromLeft = left.open(rightAddress, 1000, atLeft);
        for (int i = 0; i < 3; i++) {
            left.sendTo(1, fromLeft, "question");
            assertThat(atLeft.next()).endsWith("answer");
        }
    }

    @Test
    void anIcmpErrorGoesToTheCallWhosePacketItQuotes() throws Exception {
        GreSocket one = left.open(rightAddress, 1, first);
        GreSocket two = left.open(rightAddress, 2, second);
        left.sendTo(302, two, "nobody there");
        assertThat(second.icmp.poll(120, TimeUnit.SECONDS)).isNotNull();
        left.sendTo(301, one, "nobody there");
        assertThat(first.icmp.poll(120, TimeUnit.SECONDS)).isNotNull();
        assertThat(second.icmp).isEmpty();
        left.sendTo(303, one, "and of another name");
        assertThat(first.icmp.poll(120, TimeUnit.SECONDS)).isNotNull();
        assertThat(second.icmp).isEmpty();
    }

    @Test
    void aRefusedPacketIsItsOwnersAndTheOthersGoOn() throws Exception {
        Path nft = Path.of("/usr/sbin/nft");
        assumeTrue(Files.exists(nft), "nft is not installed");
        right.open(leftAddress, 1, first);
        GreSocket one = left.open(rightAddress, 1, new Log());
        GreSocket two = left.open(rightAddress, 2, second);
        String nftInLeft = "ip netns exec " + namespaces.left + " nft ";
        Namespaces.run(nftInLeft + "add table ip t");
        Namespaces.run(nftInLeft + "add chain ip t out { type filter hook output priority 0 ; }");
        Namespaces.run(nftInLeft + "add rule ip t out ip protocol gre ip length > 100 drop");
        left.run(() -> {
            ByteBuf packet = two.slot();
            packet.writeBytes(Host.gre(1, "x".repeat(200)));
            one.send(Host.gre(1, "before"));
            two.send(packet);
            one.send(Host.gre(1, "after"));
            assertThat(one.flush()).as("it goes out at the end of the turn").isZero();
        });
        left.run(() -> {
            assertThat(one.flush()).as("not its packet").isZero();
            assertThat(two.flush()).isEqualTo(Errno.EPERM.code());
            assertThat(two.flush()).as("told once").isZero();
        });
        Namespaces.run(nftInLeft + "delete table ip t");
        assertThat(first.next()).endsWith("before");
        assertThat(first.next()).endsWith("after");
    }
}
