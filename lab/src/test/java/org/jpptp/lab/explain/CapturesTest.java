package org.jpptp.lab.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jpptp.client.FailureReason;
import org.jpptp.client.diagnosis.Verdict;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explainer;
import org.jpptp.client.explain.Explanation;
import org.jpptp.client.explain.decrypt.Decryption;
import org.jpptp.client.explain.decrypt.Secret;
import org.jpptp.lab.oracle.Tshark;
import org.jpptp.ppp.text.PacketText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures of other implementations, explained. */
class CapturesTest {
    private static final Path REAL = Path.of("harness/src/test/resources/captures");
    private static final Path ODD = Path.of("src/test/resources/captures");
    private static final String[] MESSAGES = {
        "Start-Control-Connection-Request",
        "Start-Control-Connection-Reply",
        "Stop-Control-Connection-Request",
        "Stop-Control-Connection-Reply",
        "Echo-Request",
        "Echo-Reply",
        "Outgoing-Call-Request",
        "Outgoing-Call-Reply",
        "Incoming-Call-Request",
        "Incoming-Call-Reply",
        "Incoming-Call-Connected",
        "Call-Clear-Request",
        "Call-Disconnect-Notify",
        "WAN-Error-Notify",
        "Set-Link-Info"
    };

    static Stream<Path> captures() throws IOException {
        return Stream.concat(files(REAL), files(ODD));
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        }
    }

    private static Explanation explain(Path file, String password) throws IOException {
        Decryption decryption =
                password.isEmpty() ? null : new Decryption(Secret.password(password.toCharArray()), null);
        try (InputStream in = Files.newInputStream(file)) {
            return new Explainer(decryption, Explainer.Show.BEGINNINGS).explain(file.toString(), in);
        }
    }

    private static Explained one(String name, String password) throws IOException {
        return explain(REAL.resolve(name + ".pcap"), password).calls().get(0);
    }

    /** An independent dissector counts what we count. */
    @ParameterizedTest
    @MethodSource("captures")
    void everyMessageIsCounted(Path capture) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")));
        Map<String, Long> theirs = new TreeMap<>();
        for (String line : Tshark.fields(
                capture,
                "pptp || ppp || lcp || chap || ccp || ipcp",
                "pptp.control_message_type",
                "ppp.protocol",
                "ppp.code",
                "chap.code",
                "eap.code",
                "pap.code")) {
            String[] fields = line.split("\t", -1);
            for (String type : fields[0].isEmpty() ? new String[0] : fields[0].split(",", -1)) {
                theirs.merge(MESSAGES[Integer.parseInt(type) - 1], 1L, Long::sum);
            }
            if (!fields[1].isEmpty()) {
                String code = Arrays.stream(fields, 2, 6)
                        .filter(each -> !each.isEmpty())
                        .findFirst()
                        .orElse("0");
                theirs.merge(
                        PacketText.kind(Integer.decode(fields[1].split(",", -1)[0]), Integer.parseInt(code)),
                        1L,
                        Long::sum);
            }
        }
        Map<String, Long> ours = new TreeMap<>();
        explain(capture, "")
                .calls()
                .forEach(call -> call.messages().forEach((name, count) -> ours.merge(name, count, Long::sum)));
        assertThat(ours).isEqualTo(theirs);
    }

    @Test
    void thePasswordIsCheckedWhereNothingElseIsRecorded() throws IOException {
        Explained right = one("chap-only", "bPCFyF2uL1p5Lg5yrKmqmY");
        assertThat(right.verdict().sentence()).startsWith("The server accepted the name and the password of \"moxie\"");
        assertThat(right.password()).isNotNull();
        assertThat(right.password().right()).isTrue();
        Explained wrong = one("chap-only", "another");
        assertThat(wrong.password()).isNotNull();
        assertThat(wrong.password().right()).isFalse();
        assertThat(one("chap-only", "").password()).isNull();
    }

    /** The same as the password, for MS-CHAP. */
    @Test
    void soIsItsHash() throws IOException {
        Secret hash = Secret.hash("00000000000000000000000000000000");
        assertThat(hash).isNotNull();
        try (InputStream in = Files.newInputStream(REAL.resolve("chap-only.pcap"))) {
            Explained call = new Explainer(new Decryption(hash, null), Explainer.Show.BEGINNINGS)
                    .explain("chap-only", in)
                    .calls()
                    .get(0);
            assertThat(call.password()).isNotNull();
            assertThat(call.password().right()).isFalse();
        }
        assertThat(Secret.hash("xyz")).isNull();
    }

    @Test
    void aSessionIsToldFromItsBeginningToItsEnd() throws IOException {
        Explained call = one("pptp-linux-to-poptop-2012", "");
        assertThat(call.verdict().failure()).isNull();
        assertThat(call.verdict().sentence())
                .isEqualTo("The tunnel was up for 21.2 s, until the client ended it in order.");
        assertThat(call.server()).isEqualTo("198.252.153.26");
        assertThat(call.ladder()).extracting(rung -> rung.text()).anyMatch(text -> text.startsWith("35 up, 31 down"));
    }

    @Test
    void aServerWhosePppDiedIsFoundOut() throws IOException {
        Verdict verdict = one("windows-xp-control", "").verdict();
        assertThat(verdict.failure()).isNotNull();
        assertThat(verdict.failure().reason()).isEqualTo(FailureReason.ENDED_BY_SERVER);
        assertThat(verdict.sentence()).contains("without one octet of PPP");
    }

    /** Who kept GRE out of a capture is not told that GRE was blocked. */
    @Test
    void aCaptureWithoutGreSaysSo() throws IOException {
        Verdict verdict = one("control-connection", "").verdict();
        assertThat(verdict.failure()).isNull();
        assertThat(verdict.sentence()).contains("has no GRE");
    }

    @Test
    void greOfOthersIsNothingToExplain() throws IOException {
        Explanation explanation = explain(ODD.resolve("zeek-gre-sample.pcap"), "");
        assertThat(explanation.unusable()).isNotNull();
        assertThat(explanation.unusable().reason()).isEqualTo(FailureReason.NOTHING_TO_EXPLAIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 10, 23, 24})
    void whatIsHardlyThereGetsASentence(int octets) throws IOException {
        byte[] head = Arrays.copyOf(Files.readAllBytes(REAL.resolve("chap-only.pcap")), octets);
        Explanation explanation =
                new Explainer(null, Explainer.Show.BEGINNINGS).explain("cut", new ByteArrayInputStream(head));
        assertThat(explanation.calls()).isEmpty();
        assertThat(explanation.unusable()).isNotNull();
        assertThat(explanation.unusable().reason()).isEqualTo(FailureReason.NOTHING_TO_EXPLAIN);
        assertThat(explanation.unusable().sentence()).endsWith(".");
    }

    @Test
    void whatIsCutOffIsExplainedAsFarAsItGoes() throws IOException {
        byte[] file = Files.readAllBytes(REAL.resolve("pptp-linux-to-poptop-2012.pcap"));
        Explanation explanation = new Explainer(null, Explainer.Show.BEGINNINGS)
                .explain("cut", new ByteArrayInputStream(Arrays.copyOf(file, 5000)));
        assertThat(explanation.calls()).hasSize(1);
        assertThat(explanation.warnings()).hasSize(1).allMatch(warning -> warning.contains("is cut off"));
        assertThat(List.copyOf(explanation.calls().get(0).ladder())).isNotEmpty();
    }
}
