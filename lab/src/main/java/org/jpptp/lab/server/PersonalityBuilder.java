package org.jpptp.lab.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.client.PolicySettings;
import org.jpptp.control.ControlConfig;
import org.jpptp.control.ServerTraits;
import org.jpptp.gre.GreConfig.Numbering;
import org.jpptp.lab.server.Personality.Mishap;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.PppHabits.EarlyIpcp;
import org.jpptp.ppp.PppHabits.Way;
import org.jpptp.ppp.wire.ConfigOption;

/** Describes a {@link Personality} so that it can be read aloud. */
public final class PersonalityBuilder {
    private static final int VJ_COMPRESSION = 2;

    private final String name;
    private final String title;
    private ControlConfig control = ControlConfig.standard("jpptp");
    private ServerTraits traits = ServerTraits.ACCEPTING;
    private int reserved;
    private int mru = 1500;
    private String identification = "";
    private List<AuthMethod> methods = List.of(AuthMethod.MSCHAPV2);
    private boolean keys = true;
    private MppePolicy mppe = MppePolicy.REQUIRE_128_STATELESS;
    private boolean ipv6;
    private final List<ConfigOption> lcpOptions = new ArrayList<>();
    private final Set<Integer> lcpRejects = new HashSet<>();
    private final List<ConfigOption> ipcpOptions = new ArrayList<>();
    private int identifications = 1;
    private final Set<Way> ways = EnumSet.noneOf(Way.class);
    private EarlyIpcp earlyIpcp = EarlyIpcp.WAITS;
    private String greeting = "Access granted";
    private int sendWindow;
    private Numbering numbering = Numbering.FROM_ZERO;
    private Mishap mishap = Mishap.NONE;
    private Personality.Client client = Personality.Client.DEFAULT;

    PersonalityBuilder(String name, String title) {
        this.name = name;
        this.title = title;
    }

    PersonalityBuilder(Personality other, String name, String title) {
        this(name, title);
        control = other.control().config();
        traits = other.control().traits();
        reserved = other.control().reserved();
        mru = other.link().mru();
        identification = other.link().identification();
        methods = other.identity().methods();
        keys = other.identity().keys();
        greeting = other.identity().greeting();
        mppe = other.link().mppe();
        ipv6 = other.link().ipv6();
        PppHabits habits = other.link().habits();
        lcpOptions.addAll(habits.lcpOptions());
        lcpRejects.addAll(habits.lcpRejects());
        ipcpOptions.addAll(habits.ipcpOptions());
        identifications = habits.identifications();
        ways.addAll(habits.ways());
        earlyIpcp = habits.earlyIpcp();
        mishap = other.link().mishap();
        sendWindow = other.gre().sendWindow();
        numbering = other.gre().numbering();
        client = other.client();
    }

    /** What Start-Control-Connection-Reply says of it. */
    public PersonalityBuilder saysOfItself(String hostName, String vendor, int firmware) {
        control = control.named(hostName, vendor, firmware);
        return this;
    }

    /** After how long a silence it asks whether the client is still there. */
    public PersonalityBuilder echoesAfter(Duration idle) {
        control = control.with(control.waits().withEchoIdle(idle));
        return this;
    }

    public PersonalityBuilder answersTheControlConnection(ServerTraits how) {
        traits = how;
        return this;
    }

    /** Its Call-Disconnect-Notify carries the client's call id. */
    public PersonalityBuilder disconnectsByTheClientsCallId() {
        traits = traits.disconnectingByTheClientsCallId();
        return this;
    }

    /** What it says that it can do: framing and bearer as bits, and channels (RFC 2637 §2.2). */
    public PersonalityBuilder can(int framing, int bearer, int channels) {
        traits = traits.with(new ServerTraits.Abilities(framing, bearer, channels));
        return this;
    }

    public PersonalityBuilder leavesInReservedFields(int value) {
        reserved = value;
        return this;
    }

    public PersonalityBuilder receivesAtMost(int octets) {
        mru = octets;
        return this;
    }

    public PersonalityBuilder identifiesItself(String text, int times) {
        identification = text;
        identifications = times;
        return this;
    }

    /** Methods it accepts; it demands the first. */
    public PersonalityBuilder authenticatesBy(AuthMethod... accepted) {
        methods = List.of(accepted);
        return this;
    }

    /** Its RADIUS server returns no MPPE keys. */
    public PersonalityBuilder hasNoKeys() {
        keys = false;
        return this;
    }

    public PersonalityBuilder encryptsBy(MppePolicy policy) {
        mppe = policy;
        return this;
    }

    public PersonalityBuilder speaksIpv6() {
        ipv6 = true;
        return this;
    }

    public PersonalityBuilder asksInLcp(ConfigOption... options) {
        lcpOptions.addAll(List.of(options));
        return this;
    }

    public PersonalityBuilder rejectsInLcp(Integer... types) {
        lcpRejects.addAll(List.of(types));
        return this;
    }

    public PersonalityBuilder sendsAnLcpEchoAtOnce() {
        ways.add(Way.ECHO_AT_ONCE);
        return this;
    }

    /**
     * Inside EAP it counts its identifiers on and proposes nothing to whom it does not know, and a client that Naks what it asks
     * for is not let in.
     */
    public PersonalityBuilder speaksEapAsPppdDoes() {
        ways.add(Way.EAP_COUNTS_ON);
        ways.add(Way.EAP_PROPOSES_TO_USERS_ONLY);
        ways.add(Way.DEMANDS_ONE_PROTOCOL);
        return this;
    }

    /** Says nothing of CCP before the client has, and answers before it asks. */
    public PersonalityBuilder waitsWithCcp() {
        ways.add(Way.CCP_ANSWERS_FIRST);
        return this;
    }

    /** Its CCP asks with all bits that it can do, and lets the client choose. */
    public PersonalityBuilder asksInCcpWithAllBits() {
        ways.add(Way.CCP_ASKS_FOR_ALL);
        return this;
    }

    /** Its Naks suggest compression, even to a client that did not ask for it. */
    public PersonalityBuilder suggestsCompression() {
        ways.add(Way.CCP_SUGGESTS_MPPC);
        return this;
    }

    public PersonalityBuilder takesIpcpBeforeItsTime(EarlyIpcp how) {
        earlyIpcp = how;
        return this;
    }

    /** Van Jacobson compression of TCP headers (RFC 1332 §4), with eight slots. */
    public PersonalityBuilder asksForHeaderCompression() {
        ipcpOptions.add(ConfigOption.ofInt(VJ_COMPRESSION, 0x002D0700));
        return this;
    }

    /** Its challenges name nobody. */
    public PersonalityBuilder challengesWithoutName() {
        ways.add(Way.CHALLENGES_WITHOUT_NAME);
        return this;
    }

    /** It is not ready for CCP when the first request comes, and never answers it. */
    public PersonalityBuilder missesTheFirstRequestOfCcp() {
        ways.add(Way.CCP_MISSES_FIRST);
        return this;
    }

    /** Asks for MPLS beside IP, and takes no for an answer. */
    public PersonalityBuilder offersMpls() {
        ways.add(Way.OFFERS_MPLS);
        return this;
    }

    /** Begins with IPCP beside CCP, and hangs up on a client that Terminate-Acks it. */
    public PersonalityBuilder insistsOnEarlyIpcp() {
        ways.add(Way.ENDS_WITH_EARLY_IPCP);
        return takesIpcpBeforeItsTime(EarlyIpcp.STARTS);
    }

    /** How it begins to count its GRE packets. */
    public PersonalityBuilder numbersItsPackets(Numbering how) {
        numbering = how;
        return this;
    }

    /** The text after its proof. */
    public PersonalityBuilder greets(String text) {
        greeting = text;
        return this;
    }

    /** Does flow control: never more packets on their way than the client has room for. */
    public PersonalityBuilder sendsAhead(int packets) {
        sendWindow = packets;
        return this;
    }

    /** What goes wrong with each of its calls. */
    public PersonalityBuilder fails(Mishap how) {
        mishap = how;
        return this;
    }

    /** What a client has to allow, as it is written on the command line and as it is meant. */
    public PersonalityBuilder isReachedWith(String options, PolicySettings policy) {
        client = new Personality.Client(options, policy);
        return this;
    }

    /** Encryption without compression, or no link. */
    public static MppePolicy requires(MppeMode mode, MppeStrength strength, MppeStrength... more) {
        return MppePolicy.require(EnumSet.of(strength, more), EnumSet.of(mode));
    }

    public Personality build() {
        return new Personality(
                name,
                title,
                new Personality.Control(control, traits, reserved),
                new Personality.Identity(methods, keys, greeting),
                new Personality.Link(
                        mru,
                        identification,
                        mppe,
                        ipv6,
                        new PppHabits(lcpOptions, lcpRejects, identifications, ipcpOptions, earlyIpcp, ways),
                        mishap),
                new Personality.Gre(sendWindow, numbering),
                client);
    }
}
