package org.jpptp.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.SplittableRandom;
import org.jpptp.control.ClientTable.State;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever arrives in whatever order with whatever commands in between: nothing is thrown, nothing is sent or told after
 * the end ({@link Recorder} sees to that), and a connection that is closed ends in bounded time.
 */
class ControlFuzzTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void messagesCommandsAndTime(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 3000; round++) {
            Recorder recorder = new Recorder();
            ControlConnection client = new ControlConnection(Machines.CONFIG, random, recorder, recorder);
            long now = random.nextLong();
            for (int step = 0; step < 30; step++) {
                now += random.nextLong(Machines.seconds(20));
                step(client, random, now);
            }
            client.close(now);
            for (int wake = 0; wake < 2; wake++) {
                if (client.deadlineNanos() != Long.MAX_VALUE) {
                    now = client.deadlineNanos();
                    client.onDeadline(now);
                }
            }
            assertThat(recorder.ended()).as("seed %d round %d", seed, round).isNotNull();
            assertThat(client.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        }
    }

    private static void step(ControlConnection client, SplittableRandom random, long now) {
        switch (random.nextInt(16)) {
            case 0 -> client.open(now);
            case 1 -> client.placeCall(0x4A50, now);
            case 2 -> client.linkEstablished(now);
            case 3 -> client.onDeadline(now);
            case 4 -> Machines.receive(client, Machines.START_REPLY, now);
            case 5 -> Machines.receive(client, Machines.callReply(client, random.nextInt(3), 0, 0), now);
            case 6 -> {
                if (random.nextInt(20) == 0) {
                    client.transportClosed(TransportEnd.CLOSED, now);
                }
            }
            case 7 -> {
                if (random.nextInt(10) == 0) {
                    client.close(now);
                }
            }
            case 8 -> client.receive(flipped(random), now);
            default -> Machines.receive(client, any(random), now);
        }
    }

    private static ControlMessage any(SplittableRandom random) {
        List<ControlMessage> all = Samples.all();
        return all.get(random.nextInt(all.size()));
    }

    /** A message with a wrong octet or two, or cut short. */
    private static ByteBuf flipped(SplittableRandom random) {
        ByteBuf octets = Samples.encode(any(random));
        for (int i = random.nextInt(3); i > 0; i--) {
            octets.setByte(random.nextInt(octets.writerIndex()), random.nextInt(256));
        }
        return random.nextInt(4) == 0 ? octets.writerIndex(random.nextInt(octets.writerIndex())) : octets;
    }

    @Test
    void octetsInEveryState() {
        List<State> states = List.of(State.values());
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 5000; round++) {
            Recorder recorder = new Recorder();
            ControlConnection client = Machines.client(states.get(random.nextInt(states.size())), recorder, 0);
            for (int chunk = 0; chunk < 5; chunk++) {
                byte[] noise = new byte[random.nextInt(64)];
                random.nextBytes(noise);
                client.receive(random.nextBoolean() ? Unpooled.wrappedBuffer(noise) : flipped(random), chunk);
            }
            assertThat(recorder.events.size()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void theServerStandsTheSame() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 5000; round++) {
            Recorder recorder = new Recorder();
            ControlServer server = new ControlServer(
                    Machines.CONFIG,
                    new ServerTraits(
                            random.nextInt(6), random.nextInt(8), 0, 0, random.nextBoolean(), random.nextBoolean()),
                    random,
                    id -> true,
                    recorder,
                    recorder);
            long now = random.nextLong();
            for (int step = 0; step < 30; step++) {
                now += random.nextLong(Machines.seconds(20));
                server.onDeadline(now);
                server.receive(random.nextInt(10) == 0 ? flipped(random) : Samples.encode(any(random)), now);
            }
            server.close(now);
            if (server.deadlineNanos() != Long.MAX_VALUE) {
                server.onDeadline(server.deadlineNanos());
            }
            assertThat(recorder.ended()).as("round %d", round).isNotNull();
        }
    }

    @Test
    void everyShortSequenceOfMessages() {
        List<ControlMessage> all = Samples.all();
        for (State state : State.values()) {
            for (ControlMessage first : all) {
                for (ControlMessage second : all) {
                    for (ControlMessage third : all) {
                        Recorder recorder = new Recorder();
                        ControlConnection client = Machines.client(state, recorder, 0);
                        Machines.receive(client, first, 1);
                        Machines.receive(client, second, 2);
                        Machines.receive(client, third, 3);
                        client.transportClosed(TransportEnd.CLOSED, 4);
                        assertThat(state == State.ENDED || recorder.ended() != null)
                                .isTrue();
                    }
                }
            }
        }
    }
}
