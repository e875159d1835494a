package org.jpptp.client.diagnosis;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jpptp.ppp.AddressFailure;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.Negotiation;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.wire.PppProtocol;

/** Every failure of a link, with facts as servers bring them about; one at least of each kind. */
final class LinkFailures {
    private static final boolean CCP_SETTLED = true;
    private static final boolean KEYS_REQUIRED = true;

    static final MppeOffer FORTY =
            MppeOffer.of(EnumSet.of(MppeStrength.BITS_40), MppeMode.STATEFUL).withMppc();
    static final EncryptionFailure.Terms TERMS =
            new EncryptionFailure.Terms(MppePolicy.REQUIRE_128_STATELESS, List.of(FORTY), FORTY);
    static final EncryptionFailure.Terms NOTHING =
            new EncryptionFailure.Terms(MppePolicy.REQUIRE_128_STATELESS, List.of(), null);
    /** Of a link that was as safe as can be. */
    static final Background ENCRYPTED =
            Background.NONE.with(AuthMethod.MSCHAPV2).with(Background.Encryption.AGREED);

    /** Of a server that is heard on TCP. */
    static final Background QUIET_GRE = Background.NONE.with(Background.Control.ANSWERS);

    private static final Negotiation SILENT = new Negotiation(0xC021, 10, "LCP ConfReq id=0x1 <mru 1400>", "");
    private static final Negotiation ANSWERED = new Negotiation(
            0xC021, 6, "LCP ConfReq id=0x6 <mru 1400>", "LCP ConfNak id=0x58 <magic 0x859e5ce1> <pcomp> <accomp>");
    private static final List<AuthMethod> SAFE = List.of(AuthMethod.MSCHAPV2, AuthMethod.EAP_MSCHAPV2);

    private LinkFailures() {}

    /** A verdict of the server's on MS-CHAP. */
    static Refusal refusal(int error) {
        return new Refusal(Refusal.Verdict.CHAP_FAILURE, "alice", error, "");
    }

    static List<PppFailure> all() {
        List<PppFailure> all = Stream.of(link(), authentication(), encryption(), addresses())
                .flatMap(List::stream)
                .toList();
        Set<Class<?>> missing = kinds(PppFailure.class);
        all.forEach(failure -> missing.remove(failure.getClass()));
        if (!missing.isEmpty()) {
            throw new IllegalStateException("no sample of " + missing);
        }
        return all;
    }

    /** The records of a sealed type. */
    static Set<Class<?>> kinds(Class<?> sealed) {
        Set<Class<?>> kinds = new LinkedHashSet<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isRecord()) {
                kinds.add(permitted);
            } else {
                kinds.addAll(kinds(permitted));
            }
        }
        return kinds;
    }

    private static List<PppFailure> link() {
        return List.of(
                new LinkFailure.Closed("the user ended the tunnel"),
                new LinkFailure.LcpTimeout(SILENT),
                new LinkFailure.LcpNotConverging(ANSWERED),
                new LinkFailure.LcpRenegotiated(21),
                new LinkFailure.LcpRejected(),
                new LinkFailure.Looped(LinkFailure.Reflection.CONFIGURE_REQUESTS, 3),
                new LinkFailure.Looped(LinkFailure.Reflection.ECHO_REQUESTS, 3),
                new LinkFailure.NetworkTimeout(Duration.ofSeconds(60), CCP_SETTLED, "req_sent"),
                ended(LinkFailure.Reached.UP, "maintenance"),
                ended(LinkFailure.Reached.UP, "", PppProtocol.IPV6CP),
                ended(LinkFailure.Reached.ESTABLISHING, ""),
                ended(LinkFailure.Reached.AUTHENTICATING, ""),
                ended(LinkFailure.Reached.ENCRYPTING, ""),
                ended(LinkFailure.Reached.ADDRESSING, "no free address"),
                ended(LinkFailure.Reached.ADDRESSING, "", PppProtocol.IPV6CP, 0x8281),
                new LinkFailure.IpcpTerminated(""),
                new LinkFailure.IpcpRejected(),
                new LinkFailure.EchoLost(4, LinkFailure.Echoes.NEVER_ANSWERED),
                new LinkFailure.EchoLost(4, LinkFailure.Echoes.ANSWERED));
    }

    static LinkFailure.PeerTerminated ended(LinkFailure.Reached reached, String said, Integer... rejected) {
        return new LinkFailure.PeerTerminated(reached, List.of(rejected), said);
    }

    private static List<PppFailure> authentication() {
        List<AuthDemand> demands = List.of(
                AuthDemand.of(AuthProtocol.EAP),
                AuthDemand.of(AuthProtocol.CHAP_MD5),
                AuthDemand.of(AuthProtocol.SPAP),
                AuthDemand.of(AuthProtocol.PAP));
        AuthDemand inside = new AuthDemand("EAP-MD5", null, AuthMethod.EAP_MD5);
        List<AuthMethod> all = List.of(AuthMethod.values());
        return Stream.<PppFailure>concat(
                        Stream.of(
                                new AuthFailure.MethodRefused(demands, all, KEYS_REQUIRED),
                                new AuthFailure.MethodRefused(demands.subList(3, 4), SAFE, KEYS_REQUIRED),
                                new AuthFailure.MethodRefused(demands.subList(1, 2), List.of(), !KEYS_REQUIRED),
                                new AuthFailure.DemandRefused(demands, List.of(AuthProtocol.MSCHAPV2), SAFE),
                                new AuthFailure.DemandRejected(AuthProtocol.MSCHAPV2),
                                new AuthFailure.ProtocolRejected(AuthProtocol.MSCHAPV2),
                                new AuthFailure.MethodWeakened(AuthMethod.MSCHAPV2, AuthMethod.PAP),
                                new AuthFailure.EapMethodRefused(
                                        List.of(inside, new AuthDemand("EAP type 99", null, null)), SAFE),
                                new AuthFailure.EapMethodNotTaken(inside, SAFE),
                                new AuthFailure.EapMethodNotTaken(null, SAFE),
                                new AuthFailure.CredentialsTooLong(255),
                                new AuthFailure.NewPasswordTooLong(refusal(648), 256),
                                new AuthFailure.ProofReflected(),
                                new AuthFailure.ProofMissing("M=welcome to the server of the example"),
                                new AuthFailure.ProofWrong()),
                        Stream.concat(
                                Stream.of(AuthFailure.Awaited.values())
                                        .map(awaited -> new AuthFailure.AuthTimeout(awaited, 10)),
                                refusals().map(Refusal::failure)))
                .toList();
    }

    private static Stream<Refusal> refusals() {
        return Stream.of(645, 646, 647, 648, 649, 691, 709, 812, 913, 930, 999, 0)
                .flatMap(error -> Stream.of(Refusal.Verdict.values())
                        .map(verdict -> new Refusal(verdict, "CORP\\alice", error, "you are not welcome here")));
    }

    private static List<PppFailure> encryption() {
        return Stream.<PppFailure>concat(
                        Stream.of(
                                new EncryptionFailure.NoKeys(EncryptionFailure.Lack.METHOD_WITHOUT_KEYS),
                                new EncryptionFailure.NoKeys(EncryptionFailure.Lack.OTHER_STRENGTH),
                                new EncryptionFailure.CcpTimeout(SILENT, MppePolicy.REQUIRE_128_STATELESS),
                                new EncryptionFailure.CcpNotConverging(ANSWERED, NOTHING),
                                new EncryptionFailure.CcpNotConverging(ANSWERED, TERMS),
                                new EncryptionFailure.MppeRejected(
                                        List.of(FORTY, MppeOffer.of(Set.of(), MppeMode.STATEFUL)), TERMS),
                                new EncryptionFailure.CcpTerminated("no", NOTHING),
                                new EncryptionFailure.LinkTerminatedInstead("encryption refused", TERMS),
                                new EncryptionFailure.EncryptionDemanded(
                                        "MPPE required but peer negotiation failed", unwanted(FORTY)),
                                new EncryptionFailure.EncryptionDemanded("MPPE required", unwanted()),
                                new EncryptionFailure.EncryptionRenegotiated(),
                                new EncryptionFailure.NothingDecrypts(),
                                new EncryptionFailure.GarbageRejected(List.of(0x3a01, 0x3a03, 0x3a05)),
                                new EncryptionFailure.OutOfStep(List.of(0x3a01, 0x3a03, 0x3a05)),
                                new EncryptionFailure.OutOfStep(List.of()),
                                new EncryptionFailure.EndedBeforeCcp("MPPE required but not available"),
                                new EncryptionFailure.EndedBeforeCcp("")),
                        Stream.of(EncryptionFailure.How.values())
                                .map(how -> new EncryptionFailure.EncryptionRefused(how, TERMS)))
                .toList();
    }

    /** What a peer asked for in vain, where encryption is switched off. */
    static EncryptionFailure.Terms unwanted(MppeOffer... asked) {
        return new EncryptionFailure.Terms(
                MppePolicy.NONE, List.of(asked), asked.length == 0 ? null : asked[asked.length - 1]);
    }

    private static List<PppFailure> addresses() {
        return Stream.of(
                        Stream.of(
                                new AddressFailure.IpcpTimeout(SILENT),
                                new AddressFailure.IpcpNotConverging(ANSWERED),
                                new AddressFailure.IpcpRefused("no more addresses"),
                                new AddressFailure.AddressAbsurd(address("127.0.0.1")),
                                new AddressFailure.Ipv6Terminated("no"),
                                new AddressFailure.Ipv6cpNotConverging(ANSWERED)),
                        Stream.of(AddressFailure.How.values()).map(AddressFailure.AddressesRefused::new),
                        Stream.of(AddressFailure.Ipv6How.values()).map(AddressFailure.Ipv6Refused::new))
                .<PppFailure>flatMap(failures -> failures.map(failure -> (PppFailure) failure))
                .toList();
    }

    private static Inet4Address address(String text) {
        try {
            return (Inet4Address) InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
