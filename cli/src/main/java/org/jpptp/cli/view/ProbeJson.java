package org.jpptp.cli.view;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.client.Failure;
import org.jpptp.client.probe.Advice;
import org.jpptp.client.probe.ProbeReport;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/** What a probe has found, as a document for programs: the schema of docs/probe-json.md. */
public final class ProbeJson {
    /** Counts up when a field changes its meaning or goes; fields may be added at any time. */
    private static final int SCHEMA = 1;

    private ProbeJson() {}

    /** Writes it as one line of UTF-8. */
    public static void write(ProbeReport report, String version, PrintStream out) {
        byte[] line = (of(report, version) + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(line, 0, line.length);
        out.flush();
    }

    static JsonObject of(ProbeReport report, String version) {
        Advice advice = Advice.of(report).orElse(null);
        return new JsonObject.Builder()
                .put("schema", SCHEMA)
                .put("version", version)
                .put("server", report.server().host())
                .put("port", report.server().port())
                .put(
                        "addresses",
                        report.addresses().stream().map(ProbeJson::address).toList())
                .put("vendor", report.vendor().map(vendor -> vendor.id()).orElse(null))
                .put("call", report.call() == null ? null : call(report.call()))
                .put("calls", report.calls())
                .put("gre", gre(report))
                .put("link", report.link().request().isEmpty() ? null : link(report.link()))
                .put("path", report.path().octets() == 0 ? null : path(report.path()))
                .put("encryption", report.encryption() == null ? null : encryption(report.encryption()))
                .put("advice", advice == null ? null : advice(advice, report))
                .put("failure", report.failure() == null ? null : failure(report.failure()))
                .put(
                        "exitCode",
                        report.failure() == null
                                ? ExitCodes.SUCCESS
                                : report.failure().reason().exitCode())
                .put("tookMs", report.took().toMillis())
                .build();
    }

    private static JsonObject address(ProbeReport.Address address) {
        Duration tcp = address.tcp();
        ProbeReport.Greeting greeting = address.greeting();
        return new JsonObject.Builder()
                .put("address", address.address().getHostAddress())
                .put("tcpMs", tcp == null ? null : tcp.toMillis())
                .put(
                        "says",
                        greeting == null
                                ? null
                                : new JsonObject.Builder()
                                        .put("vendor", greeting.vendor())
                                        .put("host", greeting.hostName())
                                        .put("firmware", greeting.firmware())
                                        .put("framing", greeting.framing())
                                        .put("bearer", greeting.bearer())
                                        .put("channels", greeting.channels())
                                        .build())
                .put("failure", address.failure() == null ? null : failure(address.failure()))
                .build();
    }

    private static JsonObject call(ProbeReport.Call call) {
        return new JsonObject.Builder()
                .put("bitsPerSecond", call.bitsPerSecond())
                .put("window", call.window())
                .put("tookMs", call.took().toMillis())
                .build();
    }

    private static JsonObject gre(ProbeReport report) {
        JsonObject.Builder sources = new JsonObject.Builder();
        report.sources().forEach(sources::put);
        return new JsonObject.Builder()
                .put("passage", report.gre().passage().name().toLowerCase(Locale.ROOT))
                .put("sent", report.gre().sent())
                .put("received", report.gre().received())
                .put("sources", sources.build())
                .build();
    }

    private static JsonObject link(ProbeReport.Link link) {
        return new JsonObject.Builder()
                .put("request", link.request())
                .put("mru", link.peerMru())
                .put("methods", labels(link.methods()))
                .put("complete", link.complete())
                .put("eap", link.concealsEap() ? null : labels(link.eap()))
                .build();
    }

    private static List<String> labels(List<AuthDemand> demands) {
        return demands.stream().map(AuthDemand::label).toList();
    }

    private static JsonObject path(ProbeReport.Path path) {
        return new JsonObject.Builder()
                .put("octets", path.octets())
                .put("limited", path.limited())
                .put("datagram", path.datagram())
                .build();
    }

    private static JsonObject encryption(ProbeReport.Encryption seen) {
        PppEvent.EncryptionSettled settled = seen.settled();
        return new JsonObject.Builder()
                .put("method", seen.method() == null ? null : seen.method().label())
                .put(
                        "offers",
                        seen.offers().stream().map(offer -> offer.label()).toList())
                .put("send", settled == null ? null : coding(settled.send()))
                .put("receive", settled == null ? null : coding(settled.receive()))
                .build();
    }

    private static String coding(PppEvent.@Nullable Coding coding) {
        return coding == null ? "none" : coding.label();
    }

    private static JsonObject advice(Advice advice, ProbeReport report) {
        return new JsonObject.Builder()
                .put("command", ProbeView.command(advice, report.server()))
                .put(
                        "profile",
                        ProbeView.profile(advice, report.server()).stream().collect(Collectors.joining("\n")))
                .put("guess", advice.guess())
                .put("givesUp", advice.givesUp())
                .build();
    }

    private static JsonObject failure(Failure failure) {
        return new JsonObject.Builder()
                .put("reason", failure.reason().name().toLowerCase(Locale.ROOT))
                .put("exitCode", failure.reason().exitCode())
                .put("sentence", failure.sentence())
                .put("remedy", FailureText.remedy(failure))
                .put("windowsError", failure.windowsError() == 0 ? null : failure.windowsError())
                .build();
    }
}
