package org.jpptp.cli.report;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jpptp.cli.usage.Wording;
import org.jpptp.client.Failure;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explanation;
import org.jpptp.client.report.Report;
import org.jpptp.client.report.TunnelReport;
import org.jspecify.annotations.Nullable;

/** The report of captures and logs. */
public final class RecordReport {
    /** More are counted only: a browser has to show them. */
    private static final int MOST_TUNNELS = 100;

    private final @Nullable ReportFile file;
    private final List<String> files = new ArrayList<>();
    private final List<TunnelReport> tunnels = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long more;

    /** @param file null where nobody wants a report: it does nothing then */
    public RecordReport(@Nullable ReportFile file) {
        this.file = file;
    }

    /** A file is explained. */
    public void add(String name, Explanation explanation) {
        if (file == null) {
            return;
        }
        files.add(name);
        notes.addAll(explanation.warnings());
        Failure unusable = explanation.unusable();
        if (unusable != null) {
            notes.add(unusable.sentence());
        }
        more += explanation.more();
        for (Explained call : explanation.calls()) {
            if (tunnels.size() < MOST_TUNNELS) {
                tunnels.add(TunnelReport.of(call));
            } else {
                more++;
            }
        }
    }

    /**
     * All files are explained.
     *
     * @return why there is none that was wanted
     */
    public Optional<Failure> write() {
        if (file == null) {
            return Optional.empty();
        }
        try {
            file.write(new Report(Instant.now(), files, tunnels, more, notes, null), Wording.OPTIONS);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(file.unwritten(e));
        }
    }
}
