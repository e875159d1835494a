package org.jpptp.ppp.link;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.IpcpSettings;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppTiming;

/** Configurations of a usual client and a usual server. */
final class Configs {
    private Configs() {}

    static Inet4Address address(String text) {
        try {
            return (Inet4Address) InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static PppConfig client() {
        return client(MppePolicy.REQUIRE_128_STATELESS);
    }

    static PppConfig client(MppePolicy mppe) {
        return client("s3cret", Set.of(AuthMethod.MSCHAPV2), mppe);
    }

    static PppConfig client(String password, Set<AuthMethod> allowed, MppePolicy mppe) {
        return new PppConfig(
                1400,
                "",
                new AuthRole.Authenticatee(new Credentials("EXAMPLE\\alice", password.toCharArray()), allowed),
                mppe,
                IpcpSettings.client(),
                PppTiming.DEFAULT);
    }

    static PppConfig server() {
        return server(MppePolicy.REQUIRE_128_STATELESS);
    }

    static PppConfig server(MppePolicy mppe) {
        return server("s3cret", mppe, "192.168.9.1", "192.168.9.7");
    }

    static PppConfig server(String password, MppePolicy mppe, String local, String peer) {
        return server(password, List.of(AuthMethod.MSCHAPV2), mppe, local, peer);
    }

    static PppConfig server(List<AuthMethod> methods, MppePolicy mppe) {
        return server("s3cret", methods, mppe, "192.168.9.1", "192.168.9.7");
    }

    static PppConfig server(String password, List<AuthMethod> methods, MppePolicy mppe, String local, String peer) {
        Credentials alice = new Credentials("EXAMPLE\\alice", password.toCharArray());
        return new PppConfig(
                1400,
                "",
                new AuthRole.Authenticator(
                        "gate", name -> name.equals(alice.name()) ? new AuthRole.Account(alice, 0) : null, methods, 0),
                mppe,
                IpcpSettings.server(
                        address(local),
                        address(peer),
                        List.of(address("192.168.9.53"), address("192.168.9.54")),
                        List.of()),
                PppTiming.DEFAULT);
    }
}
