package org.jpptp.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.probe.Probe;
import org.jpptp.client.probe.ProbeReport;
import org.jpptp.client.probe.ProbeReport.Gre;
import org.jpptp.client.probe.ProbeReport.Link;
import org.jpptp.client.probe.ProbeReport.Passage;
import org.jpptp.client.probe.ProbeReport.Path;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a probe shows, at the widths of terminals. */
class ProbeViewTest {
    private static ProbeReport report(AuthProtocol method, @Nullable Failure failure) throws UnknownHostException {
        Inet4Address address = (Inet4Address) InetAddress.getByName("192.0.2.1");
        ProbeReport.Greeting greeting = new ProbeReport.Greeting("MikroTik", "office\u001b[2J", 1, 2, 0, 0);
        boolean complete = true;
        return new ProbeReport(
                ServerSettings.of("vpn.example.com"),
                List.of(new ProbeReport.Address(address, Duration.ofMillis(12), greeting, null)),
                new ProbeReport.Call(100_000_000, 64, Duration.ofMillis(20)),
                new Gre(Passage.BOTH_WAYS, 5, 6, Map.of()),
                new Link(
                        "<mru 1450> <auth pap> <magic 0x1>", 1450, List.of(AuthDemand.of(method)), complete, List.of()),
                Path.narrow(1300),
                null,
                failure,
                2,
                Duration.ofMillis(900));
    }

    private static String shown(ProbeReport report, int width) {
        return shown(report, width, Probe.LogOn.NEVER);
    }

    private static String shown(ProbeReport report, int width, Probe.LogOn logOn) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        Style style = Style.of(StandardCharsets.UTF_8, Style.Color.OFF).withWidth(width);
        new ProbeView(new PrintStream(octets, true, StandardCharsets.UTF_8), style, logOn).show(report);
        return octets.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120})
    void noLineIsLongerThanTheTerminalButForWhatIsCopied(int width) throws UnknownHostException {
        String shown = shown(report(AuthProtocol.MSCHAPV2, null), width);
        assertThat(shown.lines().filter(line -> !line.contains("jpptp connect")))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
        assertThat(shown).doesNotContain("\u001b");
    }

    @Test
    void theCommandHasWhatThePathNeeds() throws UnknownHostException {
        assertThat(shown(report(AuthProtocol.MSCHAPV2, null), 0))
                .contains("jpptp connect -u NAME --mtu 1256 vpn.example.com")
                .contains("mtu = 1256")
                .contains("MikroTik RouterOS")
                .contains("asks for MS-CHAPv2, and no other");
    }

    @Test
    void aWeakServerIsConnectedToWithWhatItGivesUp() throws UnknownHostException {
        assertThat(shown(report(AuthProtocol.PAP, null), 0))
                .contains("--auth pap --allow-pap --mppe none")
                .contains("allow-pap = on")
                .contains("PAP sends the password in clear")
                .contains("On RouterOS: /interface pptp-server server set authentication=mschap2");
    }

    @Test
    void aFailureHasNoCommandAndTheVendorsWords() throws UnknownHostException {
        Failure failure = Failure.of(FailureReason.GRE_BLOCKED, "Nothing came.", "Look.");
        assertThat(shown(report(AuthProtocol.MSCHAPV2, failure), 0))
                .contains("/ip firewall filter add chain=input protocol=gre")
                .doesNotContain("jpptp connect");
    }

    /** A server that asks a stranger for EAP and for nothing inside it. */
    @Test
    void typesOfEapThatWereNotToldAreUnknown() throws UnknownHostException {
        ProbeReport report = report(AuthProtocol.EAP, null);
        assertThat(shown(report, 0))
                .contains("asks for EAP, and no other", "-u NAME asks as somebody whom it knows")
                .contains("Most likely this connects:")
                .doesNotContain("Inside EAP: ");
        assertThat(ProbeJson.of(report, "1").object("link").toString()).contains("\"eap\":null");
        assertThat(ProbeJson.of(report(AuthProtocol.MSCHAPV2, null), "1")
                        .object("link")
                        .texts("eap"))
                .isEmpty();
    }

    /** Where a name shows more, and where it shows nothing. */
    @Test
    void aNameIsAskedForWhereItHelps() throws UnknownHostException {
        ProbeReport proving = report(AuthProtocol.MSCHAPV2, null);
        assertThat(shown(proving, 0)).contains("not seen: it shows only to whoever logs on (-u NAME)");
        assertThat(shown(proving, 0, Probe.LogOn.ONCE)).contains("not seen: nobody was logged on");
        for (Probe.LogOn logOn : Probe.LogOn.values()) {
            assertThat(shown(report(AuthProtocol.PAP, null), 0, logOn))
                    .contains("not seen: a probe logs on only by a method that proves the server")
                    .doesNotContain("(-u NAME)");
        }
        assertThat(shown(report(AuthProtocol.EAP, null), 0, Probe.LogOn.ONCE))
                .contains("Inside EAP it tells nothing to whom it does not know")
                .doesNotContain("-u NAME asks");
    }

    @Test
    void programsGetTheSame() throws UnknownHostException {
        JsonObject json = ProbeJson.of(report(AuthProtocol.MSCHAPV2, null), "1");
        assertThat(json.text("vendor")).isEqualTo("mikrotik");
        assertThat(json.object("gre").text("passage")).isEqualTo("both_ways");
        assertThat(json.object("link").texts("methods")).containsExactly("MS-CHAPv2");
        assertThat(json.object("advice").text("command")).contains("--mtu 1256");
        assertThat(json.number("exitCode")).isZero();
    }
}
