package org.jpptp.lab.server;

import java.net.Inet4Address;
import java.util.List;
import org.jpptp.client.Offload;
import org.jpptp.control.ServerTraits;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.IpcpSettings;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppHabits.Way;
import org.jpptp.ppp.PppTiming;

/**
 * What an embedded server is told, in groups. {@link #standard} takes the defaults; what differs is said after it.
 *
 * @param personality the server whose ways this one has
 * @param users who may log in
 * @param network what its tunnels are to its host
 * @param timing timers of its PPP links
 * @param faults how it misbehaves
 */
public record ServerConfig(Personality personality, Users users, Network network, PppTiming timing, Faults faults) {
    /**
     * Who may log in.
     *
     * @param accounts where passwords are looked up
     * @param retries how many wrong passwords it answers with permission to try again
     */
    public record Users(AuthRole.Accounts accounts, int retries) {}

    /**
     * What a server's tunnels are to its host.
     *
     * @param local its inner address
     * @param pool inner addresses for its clients, one each
     * @param dns DNS servers that it names
     * @param wins NetBIOS name servers that it names
     * @param offload the most that its interfaces take over of the kernel's work on packets
     */
    public record Network(
            Inet4Address local,
            List<Inet4Address> pool,
            List<Inet4Address> dns,
            List<Inet4Address> wins,
            Offload offload) {
        public Network {
            pool = List.copyOf(pool);
            dns = List.copyOf(dns);
            wins = List.copyOf(wins);
        }
    }

    /** Whether a server opens a raw socket. */
    public enum GreSocket {
        OPEN,
        /** Its kernel answers ICMP protocol-unreachable. */
        NONE
    }

    /**
     * How a server misbehaves.
     *
     * @param filter what becomes of the frames of its links
     * @param gre whether it takes GRE at all
     */
    public record Faults(FrameFilter filter, GreSocket gre) {
        public static final Faults NONE = new Faults(FrameFilter.NONE, GreSocket.OPEN);
    }

    /** A server of ours. */
    public static ServerConfig standard(AuthRole.Accounts accounts, Inet4Address local, List<Inet4Address> pool) {
        return new ServerConfig(
                Personalities.OURS,
                new Users(accounts, 0),
                new Network(local, pool, List.of(), List.of(), Offload.USO),
                PppTiming.DEFAULT,
                Faults.NONE);
    }

    /** The link of one client, who gets the address given. */
    PppConfig link(Inet4Address client) {
        Personality.Link link = personality.link();
        Personality.Identity identity = personality.identity();
        return new PppConfig(
                link.mru(),
                link.identification(),
                new AuthRole.Authenticator(
                        link.habits().has(Way.CHALLENGES_WITHOUT_NAME)
                                ? ""
                                : personality.control().config().hostName(),
                        users.accounts(),
                        identity.methods(),
                        users.retries(),
                        identity.keys(),
                        identity.greeting()),
                link.mppe(),
                IpcpSettings.server(network.local(), client, network.dns(), network.wins()),
                link.ipv6(),
                timing,
                link.habits());
    }

    /** The same server in the ways of another. */
    public ServerConfig with(Personality other) {
        return new ServerConfig(other, users, network, timing, faults);
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
        return new ServerConfig(personality, users, network, other, faults);
    }

    /** The same server misbehaving. */
    public ServerConfig with(FrameFilter other) {
        return new ServerConfig(personality, users, network, timing, new Faults(other, faults.gre()));
    }

    /** The same server with other users, who may try again so often after a wrong password. */
    public ServerConfig with(AuthRole.Accounts others, int permitted) {
        return new ServerConfig(personality, new Users(others, permitted), network, timing, faults);
    }

    /** The same server without a raw socket. */
    public ServerConfig withoutGre() {
        return new ServerConfig(personality, users, network, timing, new Faults(faults.filter(), GreSocket.NONE));
    }

    /** The same server, which names these DNS servers. */
    public ServerConfig naming(List<Inet4Address> dns) {
        Network more = new Network(network.local(), network.pool(), dns, network.wins(), network.offload());
        return new ServerConfig(personality, users, more, timing, faults);
    }

    /** The same server with less offload. */
    public ServerConfig with(Offload other) {
        Network less = new Network(network.local(), network.pool(), network.dns(), network.wins(), other);
        return new ServerConfig(personality, users, less, timing, faults);
    }
}
