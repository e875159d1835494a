package org.jpptp.client.explain;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.diagnosis.Background;
import org.jpptp.client.diagnosis.LinkDiagnosis;
import org.jpptp.client.diagnosis.RecordDiagnosis;
import org.jpptp.client.diagnosis.TunnelDiagnosis;
import org.jpptp.client.diagnosis.Verdict;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.OwnVerdict;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.explain.evidence.Step;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.text.PeerText;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a record shows into the verdict that the client in it would have given, had it been ours: the same facts go to
 * the same diagnosis.
 */
final class Judge {
    /** A side that has said nothing for so long is waited for in vain. */
    private static final Duration SILENCE = Duration.ofSeconds(3);
    /** What our own clients call themselves. */
    static final String OURS = "jpptp";
    /** What our own clients say where their users end a tunnel, and what pppd says. */
    private static final List<String> USER_ENDS = List.of("the user ended the tunnel", "User request");

    /** In the place of a name. */
    private static final String UNNAMED = "(not named)";

    private final Story story;
    private final Call call;
    private final List<Step> proofs = new ArrayList<>();
    private final @Nullable Check check;

    /** What is known of the keys from a password; null where there is none. */
    interface Check {
        /** Whether none of the packets that came from the server could be decrypted, of enough of them. */
        boolean nothingDecrypts();
    }

    private Judge(Story story, @Nullable Check check) {
        this.story = story;
        this.call = story.call;
        this.check = check;
    }

    /** A verdict and what proves it. */
    record Judgement(Verdict verdict, List<Step> proofs) {}

    static Judgement of(Story story, @Nullable Check check) {
        Judge judge = new Judge(story, check);
        Verdict verdict = judge.verdict();
        Set<Step> proofs = new LinkedHashSet<>(judge.proofs);
        return new Judgement(verdict, List.copyOf(proofs));
    }

    /** A client of ours that has told why knew more than a record has: what this host did, and what it had tried. */
    private Verdict verdict() {
        Verdict judged = judged();
        OwnVerdict told = call.told();
        return told == null || judged.sentence().equals(told.sentence())
                ? judged
                : Verdict.of(
                        RecordDiagnosis.told(
                                FailureReason.valueOf(told.reason()),
                                told.sentence(),
                                told.remedy(),
                                told.windowsError()),
                        Verdict.Confidence.SEEN);
    }

    private Verdict judged() {
        Failure early = new ControlJudge(story, this).beforeTheCall();
        if (early != null) {
            return Verdict.of(early, certain());
        }
        Ending ending = story.link.ending();
        if (ending != null && ending.step() != null) {
            prove(ending.step());
        }
        PppFailure failure = new LinkJudge(story, this, policy()).failure();
        if (failure != null && failure.cause() != PppFailure.Cause.CLOSED) {
            return Verdict.of(linkFailure(failure), certain());
        }
        Failure end = new ControlJudge(story, this).end();
        if (end != null) {
            return Verdict.of(end, certain());
        }
        return fine();
    }

    private Verdict fine() {
        Ending ending = story.link.ending();
        boolean byClient = ending != null && ending.kind() == Ending.Kind.CLIENT;
        RecordDiagnosis.End how = byClient ? RecordDiagnosis.End.BY_CLIENT : RecordDiagnosis.End.NOT_SHOWN;
        long datagrams = call.traffic().of(Side.CLIENT) + call.traffic().of(Side.SERVER);
        boolean inTheMiddle = call.isHeadMissing() && story.link.isUpInferred();
        if (datagrams > 0 && (inTheMiddle || story.isHeadless())) {
            return RecordDiagnosis.onlyTraffic(datagrams, how);
        }
        if (story.link.isUp()) {
            long since = story.link.upSince().nanos();
            Moment end = ending != null && ending.step() != null ? ending.step().at() : call.end();
            Duration time =
                    since == Moment.NO_TIME || !end.isTimed() ? Duration.ZERO : Duration.ofNanos(end.nanos() - since);
            // What pppd says differs from version to version, whoever ended it.
            if (ending != null && byClient && isOurs() && !ending.said().isEmpty() && !byUser(ending.said())) {
                return RecordDiagnosis.clientLeft(time, ending.said());
            }
            Verdict up = RecordDiagnosis.wasUp(time, how);
            return story.link.isUpInferred() ? up.atMostLikely() : up;
        }
        if (story.isHeadless()) {
            return RecordDiagnosis.middle(how);
        }
        if (story.noGre()) {
            return RecordDiagnosis.noGre();
        }
        if (call.isLackingControl() && !story.isAnswered() && story.link.isUntold()) {
            return RecordDiagnosis.lacking();
        }
        if (byClient) {
            return Verdict.of(TunnelDiagnosis.interrupted(doing()), certain());
        }
        boolean nothingNegotiated = !story.link.lcp.heard(Side.SERVER) && !story.link.ipcp.heard(Side.SERVER);
        if (story.link.auth.isAccepted()
                && nothingNegotiated
                && !story.link.ccp.heard(Side.SERVER)
                && story.link.auth.verdict() != null) {
            return RecordDiagnosis.onlyAuthentication(PeerText.escape(story.link.auth.user()));
        }
        return datagrams > 0 ? RecordDiagnosis.onlyTraffic(datagrams, how) : RecordDiagnosis.undecided(doing());
    }

    /** The words of the live client for each step. */
    String doing() {
        boolean logged = call.source() == Call.Source.LOG && !story.link.lcp.heard(Side.SERVER);
        boolean whole = !call.isHeadMissing() && !call.isLackingControl();
        boolean captured = call.source() == Call.Source.CAPTURE && whole && !story.isAnswered();
        if (story.control.startAnswered() == null && (captured || (logged && story.control.started() != null))) {
            return "waiting for the server's answer to our start request";
        }
        if (story.control.connected() == null && (captured || (logged && story.control.called() != null))) {
            return "waiting for the server's answer to our call request";
        }
        AuthMethod method = story.link.auth.method();
        return switch (story.link.reached()) {
            case ESTABLISHING -> "negotiating the link (LCP)";
            case AUTHENTICATING -> "authenticating with " + (method == null ? agreed() : method.label());
            case ENCRYPTING -> "negotiating encryption (CCP)";
            case ADDRESSING, UP -> "negotiating addresses (IPCP)";
        };
    }

    private String agreed() {
        return story.link.auth.agreed() == null
                ? "the server"
                : story.link.auth.agreed().label();
    }

    /**
     * The sentence names what the client in the record allowed; the remedy is for a client of ours, which begins from its
     * own defaults.
     */
    private Failure linkFailure(PppFailure failure) {
        Background background = background();
        ClientConfig seen = config(policy());
        Failure verdict = LinkDiagnosis.of(failure, seen, background);
        boolean overPolicy = verdict.reason() == FailureReason.ENCRYPTION_REFUSED
                || verdict.reason() == FailureReason.AUTH_METHOD_REFUSED;
        boolean demanded = failure.cause() == PppFailure.Cause.ENCRYPTION_DEMANDED;
        if (!overPolicy || demanded) {
            return verdict;
        }
        return verdict.with(LinkDiagnosis.of(failure, config(PolicySettings.DEFAULT), background)
                .remedy());
    }

    private Background background() {
        Background background = Background.NONE;
        AuthMethod method = story.link.auth.method();
        if (story.link.auth.isAccepted() && method != null) {
            background = background.with(method);
        }
        if (story.link.ccp.wasOpen() && EncryptionStory.offer(story.link.ccp.ofClient()) != null) {
            background = background.with(Background.Encryption.AGREED);
        }
        Step unanswered = story.link.echoes.unansweredSince();
        Moment quietSince = unanswered == null ? lastGre() : unanswered.at();
        if (quietSince.isTimed() && controlIsHeardAfter(quietSince.nanos())) {
            background = background.with(Background.Control.ANSWERS);
        }
        return background;
    }

    /** What the server says to the end of the tunnel does not count. */
    private boolean controlIsHeardAfter(long quietSince) {
        Ending ending = story.link.ending();
        long until =
                ending == null || ending.step() == null || !ending.step().at().isTimed()
                        ? Long.MAX_VALUE
                        : ending.step().at().nanos();
        return call.steps().stream()
                .filter(step -> step.from() == Side.SERVER && step.fact() instanceof Fact.Control)
                .map(Step::at)
                .anyMatch(at -> at.isTimed() && at.nanos() > quietSince && at.nanos() < until);
    }

    private Moment lastGre() {
        return new Moment(0, call.gre().of(Side.SERVER).lastNanos);
    }

    private ClientConfig config(PolicySettings policy) {
        ClientConfig base = ClientConfig.to(server(), new Credentials(user(), new char[0]));
        return base.with(policy);
    }

    String server() {
        return call.server().isEmpty() ? UNNAMED : call.server();
    }

    private String user() {
        return PeerText.escape(story.link.auth.shownUser());
    }

    /** What the client allowed, as far as it has shown that. */
    PolicySettings policy() {
        MppePolicy asked = story.link.encryption.policy();
        boolean withoutKeys = story.link.ipcp.heard(Side.CLIENT) && !story.link.ccp.wasOpen();
        List<AuthMethod> wanted = story.link.auth.wanted();
        boolean ours = isOurs();
        MppePolicy mppe = asked;
        if (mppe == null) {
            boolean refusesAny = story.link.rejectedByClient().contains(PppProtocol.CCP);
            // In a server's log it is the server that says so, and a client that refuses CCP altogether requires none.
            boolean says = story.says("mppe required") && !refusesAny;
            boolean required = says || (ours && !withoutKeys && !refusesAny);
            mppe = required ? MppePolicy.REQUIRE_128_STATELESS : MppePolicy.NONE;
        } else if (withoutKeys && story.link.isUp()) {
            mppe = MppePolicy.permit(mppe.strengths(), mppe.modes());
        }
        Set<AuthMethod> auth = ours || wanted.isEmpty() ? PolicySettings.DEFAULT.auth() : Set.copyOf(wanted);
        return new PolicySettings(auth, mppe);
    }

    private boolean isOurs() {
        var request = story.control.startRequest();
        return request != null && request.vendor().equals(OURS);
    }

    /** Whether the client left because its user wanted to. */
    boolean byUser(String said) {
        return USER_ENDS.stream().anyMatch(said::contains);
    }

    /** Whether what the record ends with was waited for in vain, or the record is just over. */
    boolean silent() {
        Step last =
                call.steps().isEmpty() ? null : call.steps().get(call.steps().size() - 1);
        return last != null
                && last.at().isTimed()
                && call.end().isTimed()
                && call.end().nanos() - last.at().nanos() >= SILENCE.toNanos();
    }

    @Nullable
    Check check() {
        return check;
    }

    void prove(@Nullable Step step) {
        if (step != null) {
            proofs.add(step);
        }
    }

    private Verdict.Confidence certain() {
        Ending ending = story.link.ending();
        boolean ended = ending != null && ending.kind() != Ending.Kind.NONE;
        boolean shown = ended || story.control.refused() != null;
        boolean cut = ending != null
                && ending.step() != null
                && ending.step().fact() instanceof Fact.Packet packet
                && packet.missing() > 0;
        boolean lacking = cut || call.isLackingControl() || (call.isLackingNegotiation() && !story.link.isUp());
        return shown && !lacking && !story.isHeadless() ? Verdict.Confidence.SEEN : Verdict.Confidence.LIKELY;
    }

    static Duration between(@Nullable Step from, Moment to) {
        return from == null || !from.at().isTimed() || !to.isTimed()
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, to.nanos() - from.at().nanos()));
    }

    /** To whole seconds, as people say it. */
    static Duration rounded(Duration time) {
        return Duration.ofSeconds(Math.round(time.toMillis() / 1000.0));
    }

    static @Nullable Inet4Address address(String literal) {
        try {
            return literal.matches("\\d+\\.\\d+\\.\\d+\\.\\d+") ? (Inet4Address) InetAddress.getByName(literal) : null;
        } catch (UnknownHostException | ClassCastException e) {
            return null;
        }
    }
}
