package org.jpptp.cli.report;

import io.netty.util.NetUtil;
import java.io.StringWriter;
import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jpptp.cli.usage.Wording;
import org.jpptp.client.Cidr;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.NameScope;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus.Refusal;
import org.jpptp.client.TunnelStatus.Traffic;
import org.jpptp.client.diagnosis.Verdict;
import org.jpptp.client.doctor.Finding;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Rung;
import org.jpptp.client.explain.evidence.Flow;
import org.jpptp.client.explain.evidence.Flow.RoundTrip;
import org.jpptp.client.explain.evidence.Flow.Volume;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.report.Report;
import org.jpptp.client.report.TunnelReport;

/** Reports of each kind. */
final class Reports {
    /** What a hostile peer calls itself. */
    static final String HOSTILE = "<script>alert(1)</script>\"'&amp;<img src=x onerror=alert(1)>]]>\u202e\u0007";

    private static final Instant WRITTEN = Instant.parse("2026-11-29T05:40:12Z");
    private static final boolean AGREED = true;

    private Reports() {}

    static String page(Report report) {
        StringWriter out = new StringWriter();
        ReportPage.write(out, report, Wording.OPTIONS, ZoneOffset.UTC);
        return out.toString();
    }

    /** All of them, by a name for each. */
    static Map<String, Report> all() {
        Map<String, Report> all = new LinkedHashMap<>();
        all.put("up", up());
        all.put("failed", failed("Microsoft Windows NT", "alice"));
        all.put("hostile", failed(HOSTILE, HOSTILE));
        all.put("refused", refused());
        all.put("records", records());
        all.put("nothing", new Report(WRITTEN, List.of("a.pcap"), List.of(), 0, List.of("It is empty."), null));
        return all;
    }

    /** One of them. */
    static Report named(String name) {
        return Objects.requireNonNull(all().get(name));
    }

    /** A tunnel of ours that was up for an hour, and was lost once. */
    static Report up() {
        List<Rung> rungs = new ArrayList<>(negotiation());
        long number = rungs.size();
        for (int i = 0; i < 900; i++) {
            rungs.add(new Rung(
                    ++number,
                    10_000 + i * 4000L,
                    i % 2 == 0 ? Side.CLIENT : Side.SERVER,
                    Rung.Kind.KEEPALIVE,
                    i % 2 == 0 ? "LCP EchoReq id=0x7" : "LCP EchoRep id=0x7"));
        }
        rungs.add(new Rung(
                ++number,
                3_600_000,
                Side.CLIENT,
                Rung.Kind.PROGRESS,
                "LCP TermReq id=0x2 \"the user ended the tunnel\""));
        Failure lost = Failure.of(FailureReason.LINK_LOST, "The server fell silent.", "");
        return new Report(
                WRITTEN,
                List.of(),
                List.of(new TunnelReport(
                        "",
                        "vpn.example.com",
                        "linux",
                        new TunnelReport.Outcome(
                                Verdict.of(lost, Verdict.Confidence.SEEN), List.of(rungs.get(3)), null, null, AGREED),
                        milestones("linux", "CORP\\alice", 6),
                        List.of("MPPE keys of 40 bits are found by trying them all."),
                        new TunnelReport.Happenings(
                                List.of(
                                        new TunnelReport.Happening(
                                                4000,
                                                new TunnelEvent.Warning(
                                                        "MPPE keys of 40 bits are found by trying them all.")),
                                        new TunnelReport.Happening(
                                                900_000, new TunnelEvent.Reconnecting(lost, 1, Duration.ofSeconds(1)))),
                                0,
                                List.of()),
                        new TunnelReport.Ladder(rungs.subList(0, 800), 112),
                        course(),
                        new TunnelReport.Counters(
                                new Traffic(
                                        1_200_000,
                                        900_000_000,
                                        2_400_000,
                                        3_400_000_000L,
                                        12,
                                        340,
                                        16,
                                        Map.of(Refusal.DUPLICATE, 3L, Refusal.IN_CLEAR, 0L),
                                        Duration.ofMillis(12),
                                        Duration.ofNanos(11_400_000)),
                                null,
                                0,
                                0,
                                Map.of("LCP ConfReq", 4L, "CHAP Challenge", 1L),
                                1))),
                0,
                List.of(),
                machine());
    }

    private static Report.Machine machine() {
        return new Report.Machine(
                "1.2.3",
                "Linux 6.1.0, amd64",
                "17.0.9",
                List.of(
                        Finding.fine("rights", "This process may make interfaces and raw sockets."),
                        Finding.warning("clock", "The clock is not synchronized.", "timedatectl set-ntp true"),
                        Finding.fault(
                                "filter",
                                "Chain input of table inet filter drops GRE.",
                                "nft insert rule inet filter input meta l4proto gre accept",
                                FailureReason.GRE_BLOCKED)));
    }

    /** A tunnel of ours that did not come up. */
    static Report failed(String vendor, String user) {
        Failure failure = new Failure(
                FailureReason.CREDENTIALS_REJECTED,
                "The server rejected the name or the password of \"" + user + "\" (E=691).",
                Remedy.of("Check both. If the account is in a domain, log on with ")
                        .set(Setting.USER, "DOMAIN\\" + user)
                        .say("."),
                691);
        List<Rung> rungs = new ArrayList<>(negotiation().subList(0, 6));
        Rung proof = new Rung(
                7,
                430,
                Side.SERVER,
                Rung.Kind.PROGRESS,
                "CHAP Failure id=0x1 \"E=691 R=0 C=9f... V=3 M=" + user + "\"");
        rungs.add(proof);
        return new Report(
                WRITTEN,
                List.of(),
                List.of(new TunnelReport(
                        "",
                        "vpn.example.com",
                        vendor,
                        new TunnelReport.Outcome(
                                Verdict.of(failure, Verdict.Confidence.SEEN),
                                List.of(proof),
                                "On Windows: allow dial-in in the account’s properties, then try --auth mschapv2. "
                                        + vendor,
                                null,
                                !AGREED),
                        milestones(vendor, user, 3),
                        List.of(),
                        TunnelReport.Happenings.NONE,
                        new TunnelReport.Ladder(rungs, 0),
                        Flow.Course.NONE,
                        new TunnelReport.Counters(Traffic.NONE, null, 0, 0, Map.of(vendor, 1L), 0))),
                0,
                List.of("Beware of " + vendor),
                new Report.Machine("1.2.3", "Linux", "17", List.of()));
    }

    /** One that this host refused before anything was sent. */
    static Report refused() {
        Failure failure = Failure.of(FailureReason.NO_PRIVILEGE, "Only root may do this.", "Run it with sudo.");
        return new Report(
                WRITTEN,
                List.of(),
                List.of(new TunnelReport(
                        "",
                        "192.0.2.1",
                        "",
                        new TunnelReport.Outcome(
                                Verdict.of(failure, Verdict.Confidence.SEEN), List.of(), null, null, !AGREED),
                        List.of(),
                        List.of(),
                        TunnelReport.Happenings.NONE,
                        new TunnelReport.Ladder(List.of(), 0),
                        Flow.Course.NONE,
                        new TunnelReport.Counters(Traffic.NONE, null, 0, 0, Map.of(), 0))),
                0,
                List.of(),
                machine());
    }

    /** Two tunnels of a capture. */
    static Report records() {
        Failure failure =
                Failure.of(FailureReason.GRE_BLOCKED, "12 GRE packets were sent, none came.", "Let GRE pass.");
        Explained.Way way = new Explained.Way(120, 30, 0, 80, 2);
        TunnelReport.Counters counters = new TunnelReport.Counters(
                null,
                new Explained.Traffic(WRITTEN.minusSeconds(86_400), way, way, course()),
                80,
                2,
                Map.of("Echo-Request", 2L),
                0);
        TunnelReport one = new TunnelReport(
                "192.0.2.9",
                "192.0.2.1",
                "MikroTik",
                new TunnelReport.Outcome(
                        Verdict.of(failure, Verdict.Confidence.LIKELY),
                        List.of(negotiation().get(3)),
                        null,
                        new Explained.Password(AGREED, "The password given is the one that was used here."),
                        !AGREED),
                milestones("MikroTik", "bob", 2),
                List.of(),
                TunnelReport.Happenings.NONE,
                new TunnelReport.Ladder(negotiation(), 0),
                course(),
                counters);
        return new Report(
                WRITTEN, List.of("one.pcap", "two.pcap"), List.of(one, one), 7, List.of("two.pcap is cut off."), null);
    }

    private static List<TunnelEvent> milestones(String vendor, String user, int reached) {
        List<TunnelEvent> all = List.of(
                new TunnelEvent.ServerAnswered(
                        address("203.0.113.7"), 1723, vendor, vendor, 3790, Duration.ofMillis(17)),
                new TunnelEvent.CallEstablished(41495, 43937, 100_000_000, Duration.ofMillis(3)),
                new TunnelEvent.LinkOpened(1400, 1500, AGREED, AGREED, !AGREED, Duration.ofMillis(49)),
                new TunnelEvent.IdentityProven("MS-CHAPv2", user, AGREED, "Access granted", Duration.ofMillis(435)),
                new TunnelEvent.EncryptionSettled("MPPE 40-bit stateless", null, Duration.ofMillis(8)),
                new TunnelEvent.AddressesAgreed(
                        address("10.1.0.23"),
                        address("10.1.0.1"),
                        List.of(address("10.1.0.2"), address("10.1.0.3")),
                        List.of(),
                        null,
                        null,
                        Duration.ofMillis(41)),
                new TunnelEvent.NamesSettled(
                        NameScope.DOMAINS, List.of(address("10.1.0.2")), List.of("corp.example"), "systemd-resolved"),
                new TunnelEvent.TunnelUp(
                        "pptp0", null, 1396, List.of(Cidr.parse("10.0.0.0/8").orElseThrow()), Duration.ofMillis(1400)));
        return all.subList(0, reached == 6 ? all.size() : reached);
    }

    private static List<Rung> negotiation() {
        List<Rung> rungs = new ArrayList<>();
        String[] texts = {
            "Start-Control-Connection-Request version=1.0 framing=1 bearer=1 max-channels=0 host=client vendor=jpptp",
            "Start-Control-Connection-Reply version=1.0 result=1 framing=3 bearer=3 vendor=linux",
            "LCP ConfReq id=0x1 <mru 1400> <magic 0x68699bb0> <pcomp> <accomp>",
            "LCP ConfReq id=0x1 <asyncmap 0x0> <auth chap MS-v2> <magic 0x11223344> <pcomp> <accomp>",
            "LCP ConfAck id=0x1 <asyncmap 0x0> <auth chap MS-v2> <magic 0x11223344> <pcomp> <accomp>",
            "CHAP Challenge id=0x1 <6f0dba...>, name = \"pptpd\"",
            "CCP ConfReq id=0x1 <mppe +H -M +S -L -D -C>"
        };
        for (int i = 0; i < texts.length; i++) {
            rungs.add(new Rung(i + 1, i * 37L, i % 2 == 0 ? Side.CLIENT : Side.SERVER, Rung.Kind.PROGRESS, texts[i]));
        }
        return rungs;
    }

    private static Flow.Course course() {
        List<Volume> volumes = new ArrayList<>();
        List<RoundTrip> echoes = new ArrayList<>();
        List<RoundTrip> acknowledgements = new ArrayList<>();
        long sent = 0;
        long received = 0;
        for (int i = 0; i < Flow.MOST; i++) {
            volumes.add(new Volume(i * 6000L, sent, received));
            sent += 1_000_000 + i % 50 * 20_000L;
            received += i > 200 && i < 400 ? 12_000_000 : 400_000;
            acknowledgements.add(new RoundTrip(i * 6000L, 9_000_000 + i % 37 * 300_000L));
            if (i % 60 == 0) {
                echoes.add(new RoundTrip(i * 6000L, 12_000_000 + i * 10_000L));
            }
        }
        return new Flow.Course(
                volumes, Map.of(Flow.Way.LCP_ECHO, echoes, Flow.Way.GRE_ACKNOWLEDGEMENT, acknowledgements));
    }

    static Inet4Address address(String literal) {
        return (Inet4Address) NetUtil.createInetAddressFromIpAddressString(literal);
    }
}
