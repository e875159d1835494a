package org.jpptp.client.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jpptp.client.Cidr;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.diagnosis.ConnectDiagnosis.Attempt;
import org.jpptp.client.net.AddressObjection;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.Lockdown;
import org.jpptp.client.net.NameService;
import org.jpptp.client.net.Surroundings;
import org.jpptp.client.net.User;
import org.jpptp.control.ConnectFailure;
import org.jpptp.control.ControlFailure;
import org.jpptp.gre.GreStats;
import org.jpptp.gre.IcmpError;
import org.jpptp.gre.io.Errno;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No sentence to a user is longer than one takes in at first reading. */
class SentencesTest {
    private static final Cidr NETWORK = Cidr.parse("10.0.0.0/8").orElseThrow();
    private static final MppePolicy LOOSE = MppePolicy.require(
                    EnumSet.allOf(MppeStrength.class), EnumSet.allOf(MppeMode.class))
            .withMppc();

    static Stream<Failure> failures() throws UnknownHostException {
        return Stream.of(links(), controls(), hosts(), names(), others()).flatMap(all -> all);
    }

    private static Stream<Failure> links() {
        List<ClientConfig> policies = List.of(
                Policies.of("alice"),
                Policies.of("alice", EnumSet.of(AuthMethod.MSCHAPV2), MppePolicy.REQUIRE_128_STATELESS),
                Policies.of("CORP\\alice", EnumSet.allOf(AuthMethod.class), LOOSE),
                Policies.of("alice", EnumSet.of(AuthMethod.EAP_MD5), MppePolicy.NONE));
        return LinkFailures.all().stream()
                .filter(why -> why.cause() != PppFailure.Cause.CLOSED)
                .flatMap(why -> policies.stream()
                        .flatMap(policy -> Stream.of(Background.NONE, LinkFailures.ENCRYPTED, LinkFailures.QUIET_GRE)
                                .map(background -> LinkDiagnosis.of(why, policy, background))));
    }

    private static Stream<Failure> controls() {
        String server = "vpn.example.com";
        ControlFailure silent =
                new ControlFailure.Unanswered(ControlFailure.Awaited.CALL_REPLY, Duration.ofSeconds(50), 0);
        Stream<Failure> ends = Stream.of(
                ControlDiagnosis.unansweredCall(silent, server, 3),
                ControlDiagnosis.stillConnected(
                        ControlDiagnosis.of(new ControlFailure.StartRefused(3, 0, 0x0100, 0x0100), server, ""), 3),
                ControlDiagnosis.stillborn(
                        new ControlFailure.Cleared(ControlFailure.Phase.UP), server, Duration.ofMillis(340)));
        Stream<Failure> all = ControlFailures.all().stream()
                .filter(why -> why.cause() != ControlFailure.Cause.CLOSED)
                .flatMap(why -> Stream.of("", " while waiting for the server's answer to our call request")
                        .map(during -> ControlDiagnosis.of(why, server, during)));
        return Stream.concat(all, ends);
    }

    static Stream<Failure> hosts() throws UnknownHostException {
        Inet4Address server = address();
        return Stream.concat(
                Stream.of(
                        HostDiagnosis.unprivileged(EnumSet.allOf(HostDiagnosis.Capability.class)),
                        HostDiagnosis.badInterfaceName("0"),
                        HostDiagnosis.noNamespace("blue", List.of()),
                        HostDiagnosis.noNamespace("blue", List.of("red", "green")),
                        HostDiagnosis.noIpCommand(List.of(Path.of("/usr/sbin"), Path.of("/sbin"))),
                        HostDiagnosis.refused("ip addr add 10.0.0.1/32 dev ppp0", 2, "RTNETLINK answers: File exists"),
                        HostDiagnosis.refused("ip link set ppp0 up", 2, "RTNETLINK answers: Operation not permitted"),
                        HostDiagnosis.refused("ip link set ppp0 up", 1, ""),
                        HostDiagnosis.fileNotChanged(Path.of("/etc/resolv.conf"), "Read-only file system"),
                        NameDiagnosis.forbidden(
                                "resolvectl dns pptp0 10.1.0.2",
                                "Failed to set DNS configuration: Interactive authentication required."),
                        NameDiagnosis.rootsAlone(NameService.FILE),
                        ProxyDiagnosis.noNamespace(
                                "unshare: unshare failed: No space left on device", ProxyDiagnosis.Filter.NONE),
                        ProxyDiagnosis.noNamespace(
                                "unshare: unshare failed: Operation not permitted", ProxyDiagnosis.Filter.SYSTEM_CALLS),
                        ProxyDiagnosis.noCommand("nsenter"),
                        HostDiagnosis.noJournal(Path.of("/run/jpptp"), "No space left on device", User.ROOT),
                        HostDiagnosis.noJournal(Path.of("/run/jpptp"), "x", User.ANOTHER),
                        ProcessDiagnosis.noLibraryDirectory(List.of(
                                "/var/cache/jpptp is on a read-only file system",
                                "/tmp is mounted noexec",
                                "/dev/shm is mounted noexec")),
                        ProcessDiagnosis.librariesNotLoaded(Path.of("/var/cache/jpptp"), "no such thing at all"),
                        ProcessDiagnosis.notInBackground("/bin/sh", 8),
                        HostDiagnosis.loop(server),
                        HostDiagnosis.routeNotUnderstood(server, "what"),
                        HostDiagnosis.routeThroughTunnel(server, "ppp0"),
                        HostDiagnosis.adviceNotRefused(
                                Path.of("/proc/sys/net/ipv6/conf/pptp0/accept_ra"), "Read-only file system"),
                        HostDiagnosis.unusualInterface("x y")),
                Stream.of(
                                Errno.EPERM,
                                Errno.EMFILE,
                                Errno.ENFILE,
                                Errno.ENOENT,
                                Errno.EBUSY,
                                Errno.EINVAL,
                                Errno.ENOMEM)
                        .map(Errno::code)
                        .flatMap(errno -> Stream.of(
                                HostDiagnosis.tunNotOpened("/dev/net/tun", errno),
                                HostDiagnosis.interfaceNotMade("ppp0", errno),
                                HostDiagnosis.interfaceGone("ppp0", errno),
                                HostDiagnosis.namespaceClosed("blue", errno),
                                HostDiagnosis.noGreSocket(server, "sendto()", errno))));
    }

    static Stream<Failure> others() throws UnknownHostException {
        GreStats stats = new GreStats();
        GreStats foreign = new GreStats();
        foreign.received = 3;
        foreign.foreignCall = 3;
        IcmpError icmp = new IcmpError(3, 2, 0, address(), 0, 7);
        return Stream.of(
                TunnelDiagnosis.interrupted("waiting for the server's answer to our call request"),
                TunnelDiagnosis.notUpInTime(
                        Duration.ofMinutes(1), "waiting for the server's answer to our call request"),
                NetworkDiagnosis.addressUnusable(objection(AddressObjection.Kind.ROUTED)),
                NetworkDiagnosis.neverSettles(50),
                NetworkDiagnosis.routeIsThere(new Surroundings.Route(NETWORK, "eth0", address())),
                NetworkDiagnosis.routeIsThere(new Surroundings.Route(NETWORK, "eth0", null)),
                ConnectDiagnosis.unreachable("vpn.example.com", 1723, attempts()),
                GreDiagnosis.blocked(stats, "vpn.example.com", 9, null),
                GreDiagnosis.blocked(foreign, "vpn.example.com", 9, icmp),
                GreDiagnosis.unreachable(icmp, stats, "vpn.example.com"),
                GreDiagnosis.droppedHere(stats, "vpn.example.com", 9),
                GreDiagnosis.fromElsewhere(
                        address(),
                        address(),
                        inOrder(address(), 3, (Inet4Address) InetAddress.getByName("192.0.2.8"), 4),
                        9),
                GreDiagnosis.inwardsOnly(stats, "vpn.example.com", 9),
                ProbeDiagnosis.interrupted(),
                ProbeDiagnosis.tookTooLong(Duration.ofSeconds(55)),
                ProbeDiagnosis.asksForNothing("vpn.example.com"),
                GreDiagnosis.sendForbidden("vpn.example.com"),
                GreDiagnosis.neverSent("vpn.example.com", 3));
    }

    static Stream<Failure> names() {
        return Stream.concat(
                Stream.of(ConnectDiagnosis.NoAddress.values())
                        .map(reason -> ConnectDiagnosis.nameNotFound("vpn.example.com", reason)),
                Stream.of(Lockdown.State.OFF, Lockdown.State.ON)
                        .flatMap(lockdown -> Stream.of(
                                ConnectDiagnosis.nameUnanswered("vpn.example.com", "EAI_AGAIN", lockdown),
                                ConnectDiagnosis.nameUnanswered("vpn.example.com", 15, lockdown))));
    }

    /** As packets came; a map of another kind has another order in each run. */
    private static Map<Inet4Address, Integer> inOrder(Inet4Address one, int some, Inet4Address other, int more) {
        Map<Inet4Address, Integer> came = new LinkedHashMap<>();
        came.put(one, some);
        came.put(other, more);
        return came;
    }

    private static List<Attempt> attempts() throws UnknownHostException {
        Inet4Address address = address();
        return Stream.of(ConnectFailure.Kind.values())
                .map(kind -> new Attempt(address, kind, Duration.ofSeconds(5), "it did not work"))
                .toList();
    }

    private static Inet4Address address() throws UnknownHostException {
        return (Inet4Address) InetAddress.getByName("192.0.2.9");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void noSentenceIsLongerThan25Words(Failure failure) {
        for (String text : List.of(failure.sentence(), failure.remedy().toString())) {
            for (String sentence : text.split("\\. (?=[A-Z0-9\"])", -1)) {
                assertThat(Sentences.words(sentence)).as(sentence).isLessThanOrEqualTo(Sentences.WORDS);
            }
        }
    }

    @Test
    void norIsAWarning() {
        for (AuthMethod method : AuthMethod.values()) {
            Weaknesses.of(method).ifPresent(SentencesTest::isShort);
        }
        Weaknesses.of(new PppEvent.EncryptionSettled(
                        PppEvent.Coding.encrypted(MppeStrength.BITS_40, MppeMode.STATEFUL)
                                .withMppc(),
                        null))
                .forEach(SentencesTest::isShort);
        Weaknesses.of(new PppEvent.EncryptionSettled(null, null)).forEach(SentencesTest::isShort);
        isShort(ControlDiagnosis.callIsSlow(Duration.ofSeconds(10), Duration.ofSeconds(50), 1));
        isShort(ControlDiagnosis.triesAgain(Duration.ofSeconds(5)));
        isShort(TunnelDiagnosis.echoMissed("vpn.example.com", 2, 4));
        isShort(NetworkDiagnosis.NO_IPV6);
        isShort(NetworkDiagnosis.restored("pptp0", EnumSet.of(HostNetwork.Part.INTERFACE)));
        isShort(NetworkDiagnosis.restored("pptp0", EnumSet.complementOf(EnumSet.of(HostNetwork.Part.INTERFACE))));
        isShort(TunnelDiagnosis.onceMore(PolicySettings.DEFAULT));
        isShort(TunnelDiagnosis.onceMore(PolicySettings.DEFAULT.with(EnumSet.of(AuthMethod.MSCHAPV2))));
        Path journal = Path.of("/run/jpptp/pptp0-1234.journal");
        for (String warning : List.of(
                HostDiagnosis.damagedJournal(journal),
                HostDiagnosis.journalNotRemoved(journal, "Read-only file system"),
                HostDiagnosis.notTakenBack(List.of("ip 7 link set dev pptp0 down", "nft x", "nft y"), journal))) {
            Stream.of(warning.split("\\. (?=[A-Z])", -1)).forEach(SentencesTest::isShort);
        }
        isShort(NetworkDiagnosis.mtuTooSmallForIpv6(1280, 1000));
        Stream.of(AddressObjection.Kind.values()).forEach(kind -> isShort(NetworkDiagnosis.notRouted(objection(kind))));
        Stream.of(AddressObjection.Kind.values())
                .forEach(kind -> isShort(NetworkDiagnosis.maybeAnothers(objection(kind))));
        isShort(NetworkDiagnosis.withinOwnNetwork(
                objection(AddressObjection.Kind.FAR).address(), NETWORK));
    }

    private static AddressObjection objection(AddressObjection.Kind kind) {
        return new AddressObjection(Cidr.parse("10.0.0.1").orElseThrow().address(), kind, NETWORK);
    }

    private static void isShort(String sentence) {
        assertThat(Sentences.words(sentence)).as(sentence).isLessThanOrEqualTo(Sentences.WORDS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a b c                             | 3
            it says "four words in quotes"    | 3
            LCP ConfNak id=0x1 <mru 1400> end | 4
            letters and . _ - + = ~ @         | 2
            """)
    void wordsAreCountedAsTheyAreRead(String sentence, int words) {
        assertThat(Sentences.words(sentence)).isEqualTo(words);
    }

    @Test
    void clausesThatDoNotFitAreSentencesOfTheirOwn() {
        String twelve = "one two three four five six seven eight nine ten eleven twelve";
        assertThat(Sentences.told("The verdict", List.of("this", twelve, twelve)))
                .isEqualTo("The verdict: this; " + twelve + ". O" + twelve.substring(1) + ".");
    }
}
