package org.jpptp.lab.server;

import java.net.Inet4Address;
import java.util.List;
import org.jpptp.control.ControlConfig;
import org.jpptp.control.ServerTraits;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.IpcpSettings;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppTiming;

/**
 * What an embedded server is told.
 *
 * @param control its side of the control connection
 * @param traits how it answers starts and calls
 * @param accounts its users
 * @param mppe the encryption that it agrees to
 * @param local its inner address
 * @param pool inner addresses for its clients, one each
 * @param dns DNS servers that it names
 * @param wins NetBIOS name servers that it names
 * @param timing timers of its PPP links
 * @param filter how its links misbehave
 * @param takesGre whether it opens a raw socket; without one its kernel answers ICMP protocol-unreachable
 */
public record ServerConfig(
        ControlConfig control,
        ServerTraits traits,
        AuthRole.Accounts accounts,
        MppePolicy mppe,
        Inet4Address local,
        List<Inet4Address> pool,
        List<Inet4Address> dns,
        List<Inet4Address> wins,
        PppTiming timing,
        FrameFilter filter,
        boolean takesGre) {
    private static final int MRU = 1500;

    public ServerConfig {
        pool = List.copyOf(pool);
        dns = List.copyOf(dns);
        wins = List.copyOf(wins);
    }

    /** A server that behaves: MS-CHAPv2, MPPE 128-bit stateless required. */
    public static ServerConfig standard(
            String name, AuthRole.Accounts accounts, Inet4Address local, List<Inet4Address> pool) {
        return new ServerConfig(
                ControlConfig.standard(name),
                ServerTraits.ACCEPTING,
                accounts,
                MppePolicy.REQUIRE_128_STATELESS,
                local,
                pool,
                List.of(),
                List.of(),
                PppTiming.DEFAULT,
                FrameFilter.NONE,
                true);
    }

    /** The link of one client, who gets the address given. */
    PppConfig link(Inet4Address client) {
        return new PppConfig(
                MRU,
                "",
                new AuthRole.Authenticator(control.hostName(), accounts, AuthMethod.MSCHAPV2),
                mppe,
                new IpcpSettings(local, client, false, dns, wins),
                timing);
    }

    /** The same server with other traits. */
    public ServerConfig with(ServerTraits other) {
        return new ServerConfig(control, other, accounts, mppe, local, pool, dns, wins, timing, filter, takesGre);
    }

    /** The same server with other encryption. */
    public ServerConfig with(MppePolicy other) {
        return new ServerConfig(control, traits, accounts, other, local, pool, dns, wins, timing, filter, takesGre);
    }

    /** The same server with other patience. */
    public ServerConfig with(PppTiming other) {
        return new ServerConfig(control, traits, accounts, mppe, local, pool, dns, wins, other, filter, takesGre);
    }

    /** The same server misbehaving. */
    public ServerConfig with(FrameFilter other) {
        return new ServerConfig(control, traits, accounts, mppe, local, pool, dns, wins, timing, other, takesGre);
    }

    /** The same server without a raw socket. */
    public ServerConfig withoutGre() {
        return new ServerConfig(control, traits, accounts, mppe, local, pool, dns, wins, timing, filter, false);
    }
}
