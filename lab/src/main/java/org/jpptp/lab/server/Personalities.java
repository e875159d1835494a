package org.jpptp.lab.server;

import static org.jpptp.lab.server.PersonalityBuilder.requires;
import static org.jpptp.ppp.MppeMode.STATEFUL;
import static org.jpptp.ppp.MppeMode.STATELESS;
import static org.jpptp.ppp.MppeStrength.BITS_128;
import static org.jpptp.ppp.MppeStrength.BITS_40;
import static org.jpptp.ppp.MppeStrength.BITS_56;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jpptp.client.PolicySettings;
import org.jpptp.gre.GreConfig.Numbering;
import org.jpptp.lab.server.Personality.Mishap;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.PppHabits.EarlyIpcp;
import org.jpptp.ppp.wire.ConfigOption;

/**
 * The servers that people meet, each with the traits that tell it from the others: from captures, logs and sources, as far
 * as a client notices them.
 */
public final class Personalities {
    private static final int ACCM = 2;
    private static final int PFC = 7;
    private static final int ACFC = 8;
    private static final int CALLBACK = 13;
    private static final int MRRU = 17;
    private static final int ENDPOINT_DISCRIMINATOR = 19;
    /** Operation 6 of the Callback option: the Callback Control Protocol will decide. */
    private static final byte CBCP = 6;
    /** Class 1 of the endpoint discriminator: a locally assigned address (RFC 1990 §5.1.3). */
    private static final byte LOCAL = 1;

    private static final PolicySettings EITHER_MODE =
            PolicySettings.DEFAULT.with(MppePolicy.require(EnumSet.of(BITS_128), EnumSet.of(STATELESS, STATEFUL)));
    private static final PolicySettings FORTY_BITS =
            PolicySettings.DEFAULT.with(MppePolicy.require(EnumSet.of(BITS_40), EnumSet.of(STATELESS, STATEFUL)));

    /** A server of ours, which has nothing peculiar. */
    public static final Personality OURS = Personality.named("jpptp", "a server of our own")
            .saysOfItself("server", "jpptp", 1)
            .build();

    /** Stateful encryption only, and IPCP as soon as authentication is over. */
    public static final Personality WINDOWS_NT4 = Personality.named("nt4", "Windows NT 4 RAS")
            .saysOfItself("nt4", "Microsoft Windows NT", 0)
            .authenticatesBy(AuthMethod.MSCHAPV2, AuthMethod.MSCHAPV1)
            .encryptsBy(requires(STATEFUL, BITS_40, BITS_128).withMppc())
            .asksInCcpWithAllBits()
            .takesIpcpBeforeItsTime(EarlyIpcp.STARTS)
            .greets("")
            .isReachedWith("--mppe-mode any", EITHER_MODE)
            .build();

    /** The same behind a RADIUS server that returns no keys: it takes the password and drops the link (Q282799). */
    public static final Personality WINDOWS_NT4_WITHOUT_KEYS = WINDOWS_NT4
            .but("nt4-radius", "Windows NT 4 RAS with a RADIUS server that returns no MPPE keys")
            .hasNoKeys()
            .build();

    /** Offers EAP, callback and multilink first, asks for all encryption at once, and takes no early IPCP. */
    public static final Personality WINDOWS_RRAS = Personality.named("windows", "Windows 2000 and later, RRAS")
            .saysOfItself("rras", "Microsoft", 3790)
            .echoesAfter(Duration.ofSeconds(30))
            .identifiesItself("MSRASV5.20", 2)
            .authenticatesBy(AuthMethod.EAP_MSCHAPV2, AuthMethod.MSCHAPV2)
            .asksInLcp(
                    ConfigOption.of(CALLBACK, CBCP),
                    ConfigOption.ofShort(MRRU, 1614),
                    ConfigOption.of(ENDPOINT_DISCRIMINATOR, LOCAL, (byte) 'r', (byte) 'r', (byte) 'a', (byte) 's'))
            .encryptsBy(MppePolicy.require(EnumSet.of(BITS_40, BITS_56, BITS_128), EnumSet.of(STATELESS, STATEFUL))
                    .withMppc())
            .asksInCcpWithAllBits()
            .takesIpcpBeforeItsTime(EarlyIpcp.TERMINATE_ACKS)
            .greets("")
            .build();

    /**
     * The server of the mailing-list thread of December 2003: 40 bits, stateful, with compression; VJ before encryption is
     * settled.
     */
    public static final Personality NORTEL_CONTIVITY = Personality.named("nortel", "Nortel Contivity")
            .saysOfItself("172.31.1.252", "Nortel Networks", 1)
            .asksInLcp(ConfigOption.ofShort(1, 1500), ConfigOption.ofInt(ACCM, 0x000A0000))
            .encryptsBy(requires(STATEFUL, BITS_40).withMppc())
            .waitsWithCcp()
            .suggestsCompression()
            .takesIpcpBeforeItsTime(EarlyIpcp.STARTS)
            .asksForHeaderCompression()
            .greets("")
            .isReachedWith("--mppe 40 --mppe-mode any", FORTY_BITS)
            .build();

    /**
     * An image for export before 12.3(11): 40 bits, and never stateless. It minds the client's receive window, counts from 1
     * and acknowledges a packet that nobody sent.
     */
    public static final Personality CISCO_IOS = Personality.named("cisco", "Cisco IOS, 40-bit image")
            .saysOfItself("ios", "Cisco Systems, Inc.", 4608)
            .leavesInReservedFields(1)
            .encryptsBy(requires(STATEFUL, BITS_40))
            .sendsAhead(16)
            .numbersItsPackets(Numbering.FROM_ONE)
            .greets("")
            .isReachedWith("--mppe 40 --mppe-mode any", FORTY_BITS)
            .build();

    /** pptpd and pppd on Linux. */
    public static final Personality POPTOP = Personality.named("poptop", "PoPToP: pptpd and pppd")
            .saysOfItself("local", "linux", 1)
            .sendsAnLcpEchoAtOnce()
            .greets("Access granted")
            .build();

    /** pptpd of OpenWrt 24.10, whose pppd does not know an option that it is given. */
    public static final Personality OPENWRT = POPTOP.but(
                    "openwrt", "OpenWrt 24.10: pptpd whose pppd dies over an option")
            .fails(Mishap.PPP_DIES)
            .build();

    /** PoPToP where pppd requires EAP: it proposes MD5 first, and takes the Nak that names MS-CHAPv2. */
    public static final Personality PPPD_EAP = POPTOP.but("pppd-eap", "pppd 2.4.9 and 2.5 that require EAP")
            .authenticatesBy(AuthMethod.EAP_MD5, AuthMethod.EAP_MSCHAPV2)
            .speaksEapAsPppdDoes()
            .build();

    /**
     * Takes nothing that it need not take, and calls itself what pptp-linux does. It allows encryption without asking for it,
     * and does not hear a request of CCP that comes as soon as authentication is over.
     */
    public static final Personality ACCEL_PPP = Personality.named("accel", "accel-ppp")
            .saysOfItself("local", "cananian", 1)
            .echoesAfter(Duration.ofSeconds(20))
            .receivesAtMost(1400)
            .rejectsInLcp(ACCM, PFC, ACFC)
            .challengesWithoutName()
            .encryptsBy(MppePolicy.permit(EnumSet.of(BITS_128), EnumSet.of(STATELESS, STATEFUL)))
            .missesTheFirstRequestOfCcp()
            .disconnectsByTheClientsCallId()
            .greets("Authentication succeeded")
            .build();

    /** The same when its pool is used up: the link ends without a word. */
    public static final Personality ACCEL_PPP_FULL = ACCEL_PPP
            .but("accel-full", "accel-ppp without an address left")
            .fails(Mishap.POOL_EMPTY)
            .build();

    /** Synchronous framing, no channel, and more protocols than a client wants; IPCP does not wait for encryption. */
    public static final Personality MIKROTIK = Personality.named("mikrotik", "MikroTik RouterOS")
            .saysOfItself("MikroTik", "MikroTik", 1)
            .can(2, 0, 0)
            .echoesAfter(Duration.ofSeconds(30))
            .receivesAtMost(1450)
            .rejectsInLcp(ACCM, PFC, ACFC)
            .authenticatesBy(AuthMethod.MSCHAPV2, AuthMethod.MSCHAPV1)
            .encryptsBy(MppePolicy.permit(EnumSet.of(BITS_40, BITS_128), EnumSet.of(STATELESS)))
            .insistsOnEarlyIpcp()
            .speaksIpv6()
            .offersMpls()
            .greets("")
            .build();

    /** Those that a demonstration can show, ours first. */
    public static final List<Personality> ALL = List.of(
            OURS,
            WINDOWS_NT4,
            WINDOWS_NT4_WITHOUT_KEYS,
            WINDOWS_RRAS,
            NORTEL_CONTIVITY,
            CISCO_IOS,
            POPTOP,
            PPPD_EAP,
            ACCEL_PPP,
            MIKROTIK,
            OPENWRT,
            ACCEL_PPP_FULL);

    private Personalities() {}

    /** Finds one by its name. */
    public static Optional<Personality> named(String name) {
        return ALL.stream().filter(known -> known.name().equals(name)).findFirst();
    }
}
