package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTextTest {
    private static final JournalOwner OWNER = new JournalOwner(4711, 889123, 4026531840L);
    private static final List<Undo> UNDOS = List.of(
            undo(0, "route del 203.0.113.7/32 via 192.0.2.1 dev eth0"),
            undo(0, "route del 203.0.113.7/32 via inet6 fe80::1 dev eth0"),
            undo(0, "route del 203.0.113.7/32 dev wlan0.7 scope link"),
            undo(7, "link set dev pptp0 mtu 1500"),
            undo(7, "link set dev pptp0 addrgenmode stable_secret"),
            undo(7, "addr del 10.0.0.2/32 dev pptp0"),
            undo(7, "addr del 10.0.0.2 peer 10.0.0.1/32 dev pptp0"),
            undo(7, "link set dev pptp0 down"),
            undo(7, "route del 10.0.0.0/8 dev pptp0"),
            undo(8, "-n blue link set dev pptp0 netns HOME"),
            undo(8, "-n blue addr del 10.0.0.2/32 dev pptp0"),
            undo(8, "-n blue addr del fe80::21c:2ff:fe03:4/64 dev pptp0"),
            undo(8, "addr del fe80::1/64 dev pptp0"),
            undo(8, "-n blue route del 0.0.0.0/0 dev pptp0"));

    private static Undo undo(int index, String words) {
        return new Undo(index, List.of(words.split(" ", -1)));
    }

    private static String whole() {
        StringBuilder text = new StringBuilder(JournalText.head(OWNER));
        UNDOS.forEach(undo -> text.append(undo.line()).append('\n'));
        return text.toString();
    }

    @Test
    void readsWhatWasWritten() {
        assertThat(JournalText.parse(whole())).isEqualTo(new JournalText(Optional.of(OWNER), UNDOS, true));
        assertThat(whole()).startsWith("""
                jpptp undo 1
                owner 4711 started 889123 netns 4026531840
                0 route del 203.0.113.7/32 via 192.0.2.1 dev eth0
                """);
    }

    @Test
    void keepsTheEndedLinesWhereverItIsCut() {
        String whole = whole();
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            JournalText text = JournalText.parse(cut);
            int ended = (int) cut.chars().filter(c -> c == '\n').count();

            assertThat(text.owner()).isEqualTo(ended < 2 ? Optional.empty() : Optional.of(OWNER));
            assertThat(text.undos()).isEqualTo(UNDOS.subList(0, Math.max(0, ended - 2)));
            assertThat(text.isWhole()).isEqualTo(ended >= 2 && cut.endsWith("\n"));
        }
    }

    @Test
    void keepsWhatIsBeforeADamagedLine() {
        String damaged = JournalText.head(OWNER) + UNDOS.get(0).line() + "\nrubbish\n"
                + UNDOS.get(1).line() + "\n";

        assertThat(JournalText.parse(damaged))
                .isEqualTo(new JournalText(Optional.of(OWNER), UNDOS.subList(0, 1), false));
    }

    @Test
    void neverThrowsAndNeverInventsAForm() {
        Random random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(whole());
            for (int i = random.nextInt(4); i >= 0; i--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
            }
            assertThat(JournalText.parse(text.toString()).undos()).allMatch(Undo::isReadable);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0 ",
                "route del 203.0.113.7/32 dev eth0 scope link",
                "0 route del 203.0.113.7/32 dev eth0; reboot",
                "0 route del 203.0.113.7/32 dev eth0 scope link ",
                "0 route del 203.0.113.7/32 dev $(reboot) scope link",
                "0  route del 203.0.113.7/32 dev eth0 scope link",
                "0 route add 203.0.113.7/32 dev eth0 scope link",
                "0 route flush table main",
                "0 route del default dev eth0",
                "0 route del 203.0.113.7 via 192.0.2.1 dev eth0",
                "0 link del dev eth0",
                "0 link set dev eth0 up",
                "0 link set dev eth0/../x down",
                "0 link set dev sixteen-octets-6 down",
                "0 link set dev eth0 netns blue",
                "0 link set dev eth0 mtu 1500 down",
                "0 -batch /tmp/x",
                "0 -n ../blue link set dev eth0 down",
                "0 -n -b link set dev eth0 down",
                "0 netns exec blue reboot",
                "-1 link set dev eth0 down",
                "01 link set dev eth0 down",
                "9999999999 link set dev eth0 down",
                "0 link set dev eth0 down\r",
                "0 link set dev eth0\tdown",
                "0 link set dev eth\u00fc down"
            })
    void readsNoOtherForm(String line) {
        assertThat(Undo.parse(line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "owner -1 started 1 netns 1",
                "owner 1 started 1 netns",
                "owner 99999999999 started 1 netns 1",
                "owner 1 started 1 netns 1 ",
                ""
            })
    void readsNoOtherOwner(String line) {
        assertThat(JournalOwner.parse(line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1 (a) S 0 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 889123 9 9, 889123",
        "1 (a b) (c) Z) S 0 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 77 9 9, 77",
        "1 (a) Z 0 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 889123 9 9, ",
        "1 (a) S 0 1, ",
        "'', ",
    })
    void findsTheStartTime(String stat, Long expected) {
        assertThat(JournalOwner.startTime(stat)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void knowsTheLiving() {
        JournalOwner own = JournalOwner.current();

        assertThat(own.isAlive()).isTrue();
        assertThat(own.started()).isPositive();
        assertThat(own.namespace()).isPositive();
        assertThat(new JournalOwner(own.pid(), own.started() + 1, own.namespace()).isAlive())
                .isFalse();
        assertThat(new JournalOwner(9_999_999_999L, 1, 1).isAlive()).isFalse();
    }
}
