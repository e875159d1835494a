package org.jpptp.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.wire.PppProtocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What lay behind "Error 5: Access denied" (Microsoft Q222060): authentication while frames are early, late, repeated,
 * and Challenges are issued again.
 */
class AuthenticationRaceTest {
    private static final int SEEDS = 1000;
    private static final String NAME = "EXAMPLE\\alice";

    @ParameterizedTest
    @EnumSource(names = {"MSCHAPV2", "MSCHAPV1"})
    void everyInterleavingComesUp(AuthMethod method) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Lab lab = new Lab(client(method), server(method), seed);
            Race race = new Race(lab, new Random(seed), method == AuthMethod.MSCHAPV2 ? 16 : 8);
            lab.line = race;
            // A late Configure-Request of LCP is no race, but a new link: what was before it is void.
            lab.faulty = frame -> Frames.protocol(frame) != PppProtocol.LCP;
            lab.duplication = 0.3;
            lab.reordering = 0.3;
            lab.open().runUntilSettled().run(Duration.ofSeconds(20));
            String trace = method + ", seed " + seed + "\n" + String.join("\n", lab.log);
            assertThat(lab.client.up()).as(trace).isTrue();
            assertThat(lab.server.up()).as(trace).isTrue();
            // What passed before does not matter: that every datagram is decrypted once, in its order, does.
            lab.duplication = 0;
            lab.reordering = 0;
            for (byte i = 0; i < 3; i++) {
                assertThat(lab.client.send(new byte[] {1, i})).as(trace).isTrue();
                assertThat(lab.server.send(new byte[] {2, i})).as(trace).isTrue();
                lab.run(Duration.ofSeconds(1));
            }
            assertThat(lab.client.delivered).as(trace).hasSize(3);
            assertThat(lab.server.delivered).as(trace).hasSize(3);
            assertThat(lab.client.events)
                    .as(trace)
                    .filteredOn(event -> event instanceof PppEvent.Authenticated)
                    .hasSize(1);
        }
    }

    /** Puts more onto the line than there was, but takes nothing off it. */
    private static final class Race implements Lab.Line {
        private final Lab lab;
        private final Random random;
        private final int challengeOctets;
        private boolean busy;
        private byte[] lastChallenge = {};
        private byte[] lastSuccess = {};

        Race(Lab lab, Random random, int challengeOctets) {
            this.lab = lab;
            this.random = random;
            this.challengeOctets = challengeOctets;
        }

        @Override
        public byte[] carry(boolean toServer, byte[] frame) {
            if (busy) {
                return frame;
            }
            busy = true;
            ahead(toServer ? lab.server : lab.client);
            if (random.nextInt(4) == 0) {
                byte[] text = "xxxxMSRASV5.10".getBytes(StandardCharsets.US_ASCII);
                lab.put(toServer, Frames.control(PppProtocol.LCP, 12 + random.nextInt(2), random.nextInt(256), text));
            }
            if (!toServer && Frames.is(frame, PppProtocol.CHAP, 1)) {
                lastChallenge = frame;
                for (int i = random.nextInt(4); i > 0; i--) {
                    reissue(frame[5]);
                }
            } else if (!toServer && Frames.is(frame, PppProtocol.CHAP, 3)) {
                lastSuccess = frame;
                for (int i = random.nextInt(3); i > 0; i--) {
                    lab.putToClient(frame);
                }
            } else if (lastChallenge.length > 0 && random.nextInt(5) == 0) {
                lab.putToClient(lastChallenge);
            } else if (lastSuccess.length > 0 && random.nextInt(5) == 0) {
                lab.putToClient(lastSuccess);
            }
            busy = false;
            return frame;
        }

        /** One that has not authenticated yet hears from one that thinks it has, at once. */
        private void ahead(Lab.End end) {
            boolean early = end.events.stream().noneMatch(event -> event instanceof PppEvent.Authenticated);
            if (early && random.nextInt(3) == 0) {
                end.receive(
                        switch (random.nextInt(4)) {
                            case 0 -> Frames.control(PppProtocol.IPCP, 1, 1, new byte[] {3, 6, 10, 0, 0, 1});
                            case 1 -> Frames.control(PppProtocol.CCP, 1, 1, new byte[] {18, 6, 1, 0, 0, 0x40});
                            case 2 -> Frames.control(PppProtocol.IPV6CP, 1, 1, new byte[10]);
                            default -> Frames.control(PppProtocol.COMPRESSED, 0x90, 0, new byte[20]);
                        });
            }
        }

        /** A Challenge with another identifier and value, whose Response the server has forgotten when it comes. */
        private void reissue(int identifier) {
            byte[] data = new byte[1 + challengeOctets];
            random.nextBytes(data);
            data[0] = (byte) challengeOctets;
            lab.putToClient(Frames.control(PppProtocol.CHAP, 1, (identifier + 1 + random.nextInt(200)) & 0xff, data));
        }
    }

    private static PppConfig client(AuthMethod method) {
        return Configs.client("s3cret", Set.of(method), MppePolicy.REQUIRE_128_STATELESS);
    }

    private static PppConfig server(AuthMethod method) {
        PppConfig usual = Configs.server();
        Credentials alice = new Credentials(NAME, "s3cret".toCharArray());
        AuthRole.Accounts accounts = name -> name.equals(NAME) ? new AuthRole.Account(alice, 0) : null;
        return new PppConfig(
                usual.mru(),
                "",
                new AuthRole.Authenticator("gate", accounts, List.of(method), 0),
                usual.mppe(),
                usual.ipcp(),
                usual.timing());
    }
}
