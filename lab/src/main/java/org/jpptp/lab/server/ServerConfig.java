package org.jpptp.lab.server;

import java.net.Inet4Address;
import java.util.List;
import org.jpptp.client.Offload;
import org.jpptp.control.ServerTraits;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.IpcpSettings;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppTiming;

/**
 * What an embedded server is told.
 *
 * @param personality whose ways it has
 * @param accounts its users
 * @param retries how many wrong passwords it answers with permission to try again
 * @param local its inner address
 * @param pool inner addresses for its clients, one each
 * @param dns DNS servers that it names
 * @param wins NetBIOS name servers that it names
 * @param timing timers of its PPP links
 * @param filter how its links misbehave
 * @param takesGre whether it opens a raw socket; without one its kernel answers ICMP protocol-unreachable
 * @param offload the most that its interfaces take over of the kernel's work on packets
 */
public record ServerConfig(
        Personality personality,
        AuthRole.Accounts accounts,
        int retries,
        Inet4Address local,
        List<Inet4Address> pool,
        List<Inet4Address> dns,
        List<Inet4Address> wins,
        PppTiming timing,
        FrameFilter filter,
        boolean takesGre,
        Offload offload) {
    public ServerConfig {
        pool = List.copyOf(pool);
        dns = List.copyOf(dns);
        wins = List.copyOf(wins);
    }

    /** A server of ours. */
    public static ServerConfig standard(AuthRole.Accounts accounts, Inet4Address local, List<Inet4Address> pool) {
        return new ServerConfig(
                Personalities.OURS,
                accounts,
                0,
                local,
                pool,
                List.of(),
                List.of(),
                PppTiming.DEFAULT,
                FrameFilter.NONE,
                true,
                Offload.USO);
    }

    /** The link of one client, who gets the address given. */
    PppConfig link(Inet4Address client) {
        return new PppConfig(
                personality.mru(),
                personality.identification(),
                new AuthRole.Authenticator(
                        personality.control().hostName(),
                        accounts,
                        personality.methods(),
                        retries,
                        personality.keys(),
                        personality.greeting()),
                personality.mppe(),
                new IpcpSettings(local, client, false, dns, wins),
                personality.ipv6(),
                timing,
                personality.habits());
    }

    /** The same server in the ways of another. */
    public ServerConfig with(Personality other) {
        return new ServerConfig(other, accounts, retries, local, pool, dns, wins, timing, filter, takesGre, offload);
    }

    /** The same server answering starts and calls otherwise. */
    public ServerConfig with(ServerTraits other) {
        return with(personality.but().answersTheControlConnection(other).build());
    }

    /** The same server with other encryption. */
    public ServerConfig with(MppePolicy other) {
        return with(personality.but().encryptsBy(other).build());
    }

    /** The same server with other patience. */
    public ServerConfig with(PppTiming other) {
        return new ServerConfig(
                personality, accounts, retries, local, pool, dns, wins, other, filter, takesGre, offload);
    }

    /** The same server misbehaving. */
    public ServerConfig with(FrameFilter other) {
        return new ServerConfig(
                personality, accounts, retries, local, pool, dns, wins, timing, other, takesGre, offload);
    }

    /** The same server with other users, who may try again so often after a wrong password. */
    public ServerConfig with(AuthRole.Accounts others, int permitted) {
        return new ServerConfig(
                personality, others, permitted, local, pool, dns, wins, timing, filter, takesGre, offload);
    }

    /** The same server without a raw socket. */
    public ServerConfig withoutGre() {
        return new ServerConfig(personality, accounts, retries, local, pool, dns, wins, timing, filter, false, offload);
    }

    /** The same server with less offload. */
    public ServerConfig with(Offload other) {
        return new ServerConfig(
                personality, accounts, retries, local, pool, dns, wins, timing, filter, takesGre, other);
    }
}
