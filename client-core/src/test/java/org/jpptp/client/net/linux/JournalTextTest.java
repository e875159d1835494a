package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTextTest {
    private static final JournalOwner OWNER = new JournalOwner(4711, 889123, 4026531840L);
    /** As the first version wrote it, one change of each form. */
    private static final String OLD = """
            jpptp undo 1
            owner 4711 started 889123 netns 4026531840
            0 route del 203.0.113.7/32 via 192.0.2.1 dev eth0
            0 route del 203.0.113.7/32 via inet6 fe80::1 dev eth0
            0 route del 203.0.113.7/32 dev wlan0.7 scope link
            7 link set dev pptp0 mtu 1500
            7 link set dev pptp0 addrgenmode stable_secret
            7 addr del 10.0.0.2/32 dev pptp0
            7 addr del 10.0.0.2 peer 10.0.0.1/32 dev pptp0
            7 link set dev pptp0 down
            7 route del 10.0.0.0/8 dev pptp0
            8 -n blue link set dev pptp0 netns HOME
            8 -n blue addr del 10.0.0.2/32 dev pptp0
            8 -n blue addr del fe80::21c:2ff:fe03:4/64 dev pptp0
            8 addr del fe80::1/64 dev pptp0
            8 -n blue route del 0.0.0.0/0 dev pptp0
            """;

    private static final List<String> LINES = List.of(
            "ip 0 route del 203.0.113.7/32 via 192.0.2.1 dev eth0",
            "ip 0 route del 203.0.113.7/32 via 192.0.2.1 dev eth0 proto 172",
            "ip 0 route del 203.0.113.7/32 dev wlan0.7 scope link",
            "ip 7 link set dev pptp0 mtu 1500",
            "ip 8 -n blue link set dev pptp0 netns HOME",
            "ip 7 route del 10.0.0.0/8 dev pptp0 proto 172 metric 50",
            "ip 7 route del 0.0.0.0/0 dev pptp0 table 172300",
            "ip 7 route del ::/0 dev pptp0 table 172300",
            "ip 0 route del unreachable 0.0.0.0/0 table 172300 metric 4278198272",
            "ip 0 route del unreachable ::/0 table 172300 metric 4278198272",
            "ip 0 route del unreachable 10.0.0.0/8 metric 4278198272 proto 172",
            "ip 0 rule del not fwmark 172300 table 172300",
            "ip 0 -6 rule del priority 999 not fwmark 172300 table 172300",
            "ip 0 -6 rule del table main suppress_prefixlength 0",
            "ip 0 rule del priority 32763 not fwmark 172300 table 172301",
            "ip 0 -6 rule del priority 32764 table main suppress_ifgroup default",
            "ip 0 rule del priority 32763 ipproto udp sport 68 dport 67 table main",
            "ip 0 -6 rule del priority 32762 fwmark 0xca6c table main",
            "ip 0 route del 192.168.7.0/24 dev eth0 scope link table 172300 proto 172",
            "ip 7 link set dev pptp0 group default",
            "resolved 7 pptp0",
            "resolvconf office",
            "networkmanager pptp0",
            "file /etc/resolv.conf link x2e2e2f72756e2f78 x6e",
            "file /etc/resolv.conf 644 0 x6e x",
            "file /etc/netns/blue/resolv.conf absent x6e61",
            "sysctl net.ipv4.conf.all.src_valid_mark 0",
            "advice 7 pptp0 accept_ra 1",
            "advice 7 wlan0.7 accept_redirects -1",
            "nft pptp0");

    private static String whole() {
        return JournalText.head(OWNER) + String.join("\n", LINES) + "\n";
    }

    private static List<String> lines(JournalText text) {
        return text.changes().stream().map(Change::line).toList();
    }

    @Test
    void readsWhatWasWritten() {
        JournalText text = JournalText.parse(whole());
        assertThat(text.owner()).contains(OWNER);
        assertThat(text.isWhole()).isTrue();
        assertThat(lines(text)).isEqualTo(LINES);
        assertThat(whole()).startsWith("""
                jpptp undo 2
                owner 4711 started 889123 netns 4026531840
                ip 0 route del 203.0.113.7/32 via 192.0.2.1 dev eth0
                """);
    }

    /** A new kind is not done before it has its lines: in these tests, and in the documentation. */
    @Test
    void everyKindHasALine() throws Exception {
        assertThat(JournalText.parse(whole()).changes())
                .extracting(change -> (Object) change.getClass())
                .containsAll(List.of(Change.class.getPermittedSubclasses()));

        String documentation = Files.readString(Path.of("../docs/journal.md"));
        Set<String> kinds = LINES.stream().map(line -> line.split(" ", 2)[0]).collect(Collectors.toSet());
        assertThat(Pattern.compile("(?m)^\\| `([a-z]+) [A-Z]")
                        .matcher(documentation.substring(documentation.indexOf("| line | the change |")))
                        .results()
                        .map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(kinds);
        Matcher example = Pattern.compile("(?s)```\n(jpptp undo .*?)```").matcher(documentation);
        assertThat(example.find()).isTrue();
        assertThat(JournalText.parse(example.group(1)).isWhole()).isTrue();
    }

    @Test
    void readsTheFirstVersion() {
        JournalText text = JournalText.parse(OLD);
        assertThat(text.owner()).contains(OWNER);
        assertThat(text.isWhole()).isTrue();
        assertThat(lines(text))
                .isEqualTo(OLD.lines().skip(2).map(line -> "ip " + line).toList());
        for (String newer : LINES) {
            assertThat(JournalText.parse(OLD + newer + "\n").isWhole())
                    .as(newer)
                    .isFalse();
        }
    }

    @Test
    void leavesLaterVersionsAlone() {
        assertThat(JournalText.isOfLaterVersion(OLD)).isFalse();
        assertThat(JournalText.isOfLaterVersion(whole())).isFalse();
        assertThat(JournalText.isOfLaterVersion("jpptp undo")).isFalse();
        assertThat(JournalText.isOfLaterVersion("jpptp undo 3\nanything")).isTrue();
    }

    @Test
    void keepsTheEndedLinesWhereverItIsCut() {
        String whole = whole();
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            JournalText text = JournalText.parse(cut);
            int ended = (int) cut.chars().filter(c -> c == '\n').count();

            assertThat(text.owner()).isEqualTo(ended < 2 ? Optional.empty() : Optional.of(OWNER));
            assertThat(lines(text)).isEqualTo(LINES.subList(0, Math.max(0, ended - 2)));
            assertThat(text.isWhole()).isEqualTo(ended >= 2 && cut.endsWith("\n"));
        }
    }

    @Test
    void keepsWhatIsBeforeADamagedLine() {
        JournalText text =
                JournalText.parse(JournalText.head(OWNER) + LINES.get(0) + "\nrubbish\n" + LINES.get(1) + "\n");

        assertThat(text.owner()).contains(OWNER);
        assertThat(lines(text)).isEqualTo(LINES.subList(0, 1));
        assertThat(text.isWhole()).isFalse();
    }

    /** Written apart from the patterns in the code: what root may be made to do at all. */
    private static void assertHarmless(Change change) {
        assertThat(change.isReadable()).isTrue();
        if (change instanceof IpChange ip) {
            // Interfaces and namespaces may be named as they like.
            String words =
                    String.join(" ", ip.inverse()).replaceFirst("^-n \\S+ ", "").replaceFirst(" dev \\S+", "");
            assertThat(words).matches("(-6 )?(addr del|route del|rule del|link set) [^-].*");
            assertThat(words).doesNotContain(" -", "  ");
            assertThat(words.contains("rule del")).isEqualTo(ip.index() == 0 && !words.contains("route del"));
            if (words.contains("route del")) {
                assertThat(words).matches(".* del (unreachable )?[0-9a-f.:]+/[0-9]+( .*)?");
            }
            if (words.contains(" table ")) {
                assertThat(words)
                        .matches(".* table (1723[0-9]{2}|main|main suppress_(prefixlength 0|ifgroup default))"
                                + "( proto .*| metric .*)?");
            }
            assertThat(ip.command()).isEmpty();
        } else if (change instanceof FileChange file) {
            assertThat(file.path().normalize()).isEqualTo(file.path());
            assertThat(file.path().toString()).matches("/etc/(netns/[^/]+/)?resolv\\.conf");
            file.before()
                    .ifPresent(before -> assertThat(before.mode() == HostFile.LINK || (before.mode() & ~0775) == 0)
                            .isTrue());
        } else if (change instanceof SysctlChange) {
            assertThat(change.line()).isEqualTo("sysctl net.ipv4.conf.all.src_valid_mark 0");
        } else if (change instanceof AdviceChange) {
            assertThat(change.line())
                    .matches("advice [1-9][0-9]* [^ /]+ (accept_ra|accept_redirects) -?[1-9][0-9]*")
                    .doesNotContain(" .. ", " all ", " default ");
        } else {
            assertThat(change.line()).matches("(resolved [0-9]+|resolvconf|networkmanager|nft) [A-Za-z0-9_][^ /]*");
        }
    }

    @Test
    void neverThrowsAndNeverInventsAForm() {
        Random random = new Random(1);
        int read = 0;
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? OLD : whole());
            for (int i = random.nextInt(4); i >= 0; i--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
            }
            List<Change> changes = JournalText.parse(text.toString()).changes();
            changes.forEach(JournalTextTest::assertHarmless);
            read += changes.size();
        }
        assertThat(read).isPositive();
    }

    /** Lines of the grammar's own words, put together at random: some are whole by chance. */
    @Test
    void wordsInAnyOrderMakeNoOtherForm() {
        List<String> words = LINES.stream()
                .flatMap(line -> Stream.of(line.split(" ", -1)))
                .distinct()
                .toList();
        List<String> more =
                List.of("", "-batch", "../..", "/etc/passwd", "4755", "exec", "flush", "local", "\u0000", "x");
        Random random = new Random(2);
        int read = 0;
        for (int round = 0; round < 60_000; round++) {
            List<String> line = new ArrayList<>(
                    List.of(LINES.get(random.nextInt(LINES.size())).split(" ", -1)));
            for (int i = random.nextInt(3); i >= 0; i--) {
                String word = random.nextInt(4) == 0
                        ? more.get(random.nextInt(more.size()))
                        : words.get(random.nextInt(words.size()));
                int at = random.nextInt(line.size());
                switch (random.nextInt(3)) {
                    case 0 -> line.add(at, word);
                    case 1 -> line.set(at, word);
                    default -> line.remove(at);
                }
                if (line.isEmpty()) {
                    line.add(word);
                }
            }
            Optional<? extends Change> change = Change.parse(String.join(" ", line));
            change.ifPresent(JournalTextTest::assertHarmless);
            change.ifPresent(found -> assertThat(found.line()).isEqualTo(String.join(" ", line)));
            read += change.isPresent() ? 1 : 0;
        }
        assertThat(read).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ip 0",
                "ip 0 ",
                "ip route del 203.0.113.7/32 dev eth0 scope link",
                "ip 0 route del 203.0.113.7/32 dev eth0; reboot",
                "ip 0 route del 203.0.113.7/32 dev eth0 scope link ",
                "ip 0 route del 203.0.113.7/32 dev $(reboot) scope link",
                "ip 0  route del 203.0.113.7/32 dev eth0 scope link",
                "ip 0 route add 203.0.113.7/32 dev eth0 scope link",
                "ip 0 route flush table main",
                "ip 0 route del default dev eth0",
                "ip 0 route del 203.0.113.7 via 192.0.2.1 dev eth0",
                "ip 0 link del dev eth0",
                "ip 7 link set dev eth0 up",
                "ip 7 link set dev eth0/../x down",
                "ip 7 link set dev sixteen-octets-6 down",
                "ip 7 link set dev eth0 netns blue",
                "ip 7 link set dev eth0 mtu 1500 down",
                "ip 7 -batch /tmp/x",
                "ip 7 -n ../blue link set dev eth0 down",
                "ip 7 -n -b link set dev eth0 down",
                "ip 7 netns exec blue reboot",
                "ip -1 link set dev eth0 down",
                "ip 01 link set dev eth0 down",
                "ip 9999999999 link set dev eth0 down",
                "ip 7 link set dev eth0 down\r",
                "ip 7 link set dev eth0\tdown",
                "ip 7 link set dev eth\u00fc down",
                "ip 0 link set dev eth0 down",
                "ip 0 addr del 10.0.0.2/32 dev pptp0",
                "ip 7 route del 203.0.113.7/32 via 192.0.2.1 dev eth0",
                "ip 0 route del 0.0.0.0/0 via 192.0.2.1 dev eth0",
                "ip 7 route del 0.0.0.0/0 dev pptp0 table main",
                "ip 7 route del 0.0.0.0/0 dev pptp0 table 254",
                "ip 0 rule del table main",
                "ip 0 rule del priority 0 table local",
                "ip 0 rule del not fwmark 172300 table 51820",
                "ip 0 rule del fwmark 0xca6c table 172300",
                "ip 0 rule del fwmark 0xca6c",
                "ip 0 rule del ipproto udp sport 68 dport 68 table main",
                "ip 0 rule del table main suppress_ifgroup 172",
                "ip 0 route del 192.168.0.0/24 dev eth0 scope link proto 172",
                "ip 0 route del 192.168.0.0/24 dev eth0 scope link table 254 proto 172",
                "ip 7 link set dev pptp0 group 172 up",
                "ip 0 rule del not fwmark 172300 table 254",
                "ip 7 rule del not fwmark 172300 table 172300",
                "ip 0 route del unreachable 10.0.0.0/8 table 172300",
                "ip 0 route del unreachable 10.0.0.0/8",
                "ip 0 route del unreachable 10.0.0.0/8 metric 5 proto 172",
                "ip 7 route del unreachable 10.0.0.0/8 metric 4278198272 proto 172",
                "resolved 0 pptp0",
                "resolved 7 --help",
                "resolved 7 pptp0 eth0",
                "resolvconf -f",
                "resolvconf eth0/../x",
                "resolvconf sixteen-octets-6",
                "nft inet filter",
                "sysctl net.ipv4.conf.all.src_valid_mark 1",
                "sysctl net.ipv4.ip_forward 0",
                "advice 7 .. accept_ra 1",
                "advice 7 a/b accept_ra 1",
                "advice 7 pptp0 forwarding 1",
                "advice 7 pptp0 accept_ra 0",
                "advice 0 pptp0 accept_ra 1",
                "advice 7 all accept_ra 1",
                "advice 7 default accept_ra 1",
                "nft ",
                "nft pptp0 }",
                "file /etc/passwd 644 0 x x",
                "file /etc/netns/../resolv.conf absent x",
                "file /etc/netns/./resolv.conf absent x",
                "file /etc/netns/a/b/resolv.conf absent x",
                "file etc/resolv.conf absent x",
                "file /etc/resolv.conf 4755 0 x x",
                "file /etc/resolv.conf 666 0 x x",
                "file /etc/resolv.conf 644 -1 x x",
                "file /etc/resolv.conf 644 0 x6 x",
                "file /etc/resolv.conf 644 0 x6E x",
                "file /etc/resolv.conf 644 0 x",
                "file /etc/resolv.conf absent",
                "file /etc/resolv.conf absent x6",
                "exec /bin/sh",
                "IP 7 link set dev pptp0 down"
            })
    void readsNoOtherForm(String line) {
        assertThat(Change.parse(line)).isEmpty();
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
