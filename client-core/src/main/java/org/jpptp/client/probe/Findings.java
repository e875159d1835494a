package org.jpptp.client.probe;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jpptp.client.Failure;
import org.jpptp.client.ServerSettings;
import org.jspecify.annotations.Nullable;

/** What has been found so far. */
final class Findings {
    final Map<Inet4Address, ProbeReport.Address> addresses = new LinkedHashMap<>();
    ProbeReport.@Nullable Call call;
    ProbeReport.Gre gre = ProbeReport.Gre.NOT_TRIED;
    ProbeReport.Link link = ProbeReport.Link.NOTHING;
    ProbeReport.Path path = ProbeReport.Path.UNKNOWN;
    ProbeReport.@Nullable Encryption encryption;
    int calls;

    /** The first that counts. */
    private @Nullable Failure failure;

    /** What a tunnel would fail for; the first counts. */
    void fails(Failure why) {
        if (failure == null) {
            failure = why;
        }
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** What came of one address. */
    void address(ProbeReport.Address found) {
        addresses.put(found.address(), found);
    }

    ProbeReport report(ServerSettings server, Duration took) {
        List<ProbeReport.Address> all = new ArrayList<>(addresses.values());
        return new ProbeReport(server, all, call, gre, link, path, encryption, failure, calls, took);
    }
}
