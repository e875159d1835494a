package org.jpptp.ppp.ipcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jpptp.ppp.IpcpSettings;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.fsm.Verdict;
import org.jpptp.ppp.text.OptionText;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.PppProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpcpPolicyTest {
    /** The peer has not had its share of Naks yet. */
    private static final boolean MAY_NAK = true;

    /** Van Jacobson compression of TCP headers, eight slots (RFC 1332 §4). */
    private static final ConfigOption VJ = ConfigOption.ofInt(2, 0x002d0700);

    private final IpcpPolicy client = new IpcpPolicy(IpcpSettings.client(), List.of());
    private final IpcpPolicy server = new IpcpPolicy(
            IpcpSettings.server(
                    address("10.0.0.1"),
                    address("10.0.0.7"),
                    List.of(address("10.0.0.53")),
                    List.of(address("10.0.0.42"))),
            List.of(VJ));

    private static Inet4Address address(String text) {
        try {
            return (Inet4Address) InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ConfigOption option(int type, String address) {
        return ConfigOption.ofAddress(type, address(address));
    }

    private static String text(List<ConfigOption> options) {
        return OptionText.describe(PppProtocol.IPCP, options);
    }

    private static String judge(IpcpPolicy policy, boolean mayNak, ConfigOption... request) {
        Verdict verdict = policy.judge(List.of(request), mayNak);
        if (verdict instanceof Verdict.Nak nak) {
            return "Nak " + text(nak.suggested());
        }
        return verdict instanceof Verdict.Reject reject ? "Reject " + text(reject.options()) : "Ack";
    }

    @Test
    void aClientAsksAndFollows() {
        assertThat(text(client.request()))
                .isEqualTo("<addr 0.0.0.0> <ms-dns1 0.0.0.0> <ms-wins 0.0.0.0> <ms-dns2 0.0.0.0> <ms-wins 0.0.0.0>");
        assertThat(client.local()).isNull();
        assertThat(client.rejected(List.of(option(132, "0.0.0.0"), option(131, "0.0.0.0"))))
                .isNull();
        assertThat(client.nakked(List.of(option(3, "10.64.64.65"), option(129, "10.0.0.53"), option(130, "10.0.0.42"))))
                .isNull();
        assertThat(text(client.request())).isEqualTo("<addr 10.64.64.65> <ms-dns1 10.0.0.53> <ms-wins 10.0.0.42>");
        assertThat(client.local()).isEqualTo(address("10.64.64.65"));
        assertThat(client.dns()).containsExactly(address("10.0.0.53"));
        assertThat(client.wins()).containsExactly(address("10.0.0.42"));
    }

    /** Threats, row 16. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1.2.3",
                "127.0.0.1",
                "127.255.255.255",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255"
            })
    void absurdAddressesAreRefused(String absurd) {
        PppFailure failure = client.nakked(List.of(option(3, absurd)));
        assertThat(failure).isNotNull();
        assertThat(failure.cause()).isEqualTo(Cause.ADDRESSES_REFUSED);
        assertThat(failure.toString()).contains("AddressAbsurd").contains(absurd);
    }

    @Test
    void withoutAnAddressThereIsNoNetwork() {
        assertThat(client.nakked(List.of(option(3, "0.0.0.0")))).isNull();
        assertThat(client.local()).isNull();
        PppFailure failure = client.rejected(List.of(option(3, "0.0.0.0")));
        assertThat(failure).isNotNull();
        assertThat(failure.cause()).isEqualTo(Cause.ADDRESSES_REFUSED);
    }

    @Test
    void theServersAddressMayBeOddOrAbsent() {
        assertThat(judge(client, MAY_NAK, option(3, "10.64.64.64"))).isEqualTo("Ack");
        assertThat(client.remote()).isEqualTo(address("10.64.64.64"));
        assertThat(judge(client, MAY_NAK)).isEqualTo("Ack");
        assertThat(client.remote()).isNull();
        assertThat(judge(client, MAY_NAK, option(3, "0.0.0.0"))).isEqualTo("Reject <addr 0.0.0.0>");
    }

    @Test
    void compressionIsRejected() {
        ConfigOption vj = ConfigOption.of(2, (byte) 0, (byte) 0x2d, (byte) 7, (byte) 0);
        ConfigOption addresses = ConfigOption.of(1, new byte[8]);
        assertThat(judge(client, MAY_NAK, option(3, "172.31.1.252"), vj, addresses))
                .isEqualTo("Reject <compress VJ 07 00> <addrs 0.0.0.0 0.0.0.0>");
        assertThat(judge(client, MAY_NAK, option(129, "0.0.0.0"))).isEqualTo("Reject <ms-dns1 0.0.0.0>");
        assertThat(judge(client, MAY_NAK, ConfigOption.of(3, (byte) 1))).isEqualTo("Reject < 03 03 01>");
    }

    @Test
    void aServerAssignsByNak() {
        assertThat(judge(server, MAY_NAK, option(3, "0.0.0.0"), option(129, "0.0.0.0"), option(130, "0.0.0.0")))
                .isEqualTo("Nak <addr 10.0.0.7> <ms-dns1 10.0.0.53> <ms-wins 10.0.0.42>");
        assertThat(judge(server, MAY_NAK, option(131, "0.0.0.0"))).isEqualTo("Reject <ms-dns2 0.0.0.0>");
        assertThat(judge(server, MAY_NAK)).isEqualTo("Nak <addr 10.0.0.7>");
        assertThat(judge(server, !MAY_NAK)).isEqualTo("Ack");
        assertThat(judge(server, MAY_NAK, option(3, "10.0.0.7"))).isEqualTo("Ack");
        assertThat(server.remote()).isEqualTo(address("10.0.0.7"));
        assertThat(server.nakked(List.of(option(3, "1.2.3.4")))).isNull();
        assertThat(text(server.request())).as("it insists on its own").isEqualTo("<addr 10.0.0.1> <compress VJ 07 00>");
    }

    @Test
    void asksForMoreUntilThatIsRefused() {
        assertThat(server.request()).contains(VJ);
        assertThat(server.rejected(List.of(VJ))).isNull();
        assertThat(server.request()).doesNotContain(VJ).isNotEmpty();
        server.start();
        assertThat(server.request()).contains(VJ);
    }
}
