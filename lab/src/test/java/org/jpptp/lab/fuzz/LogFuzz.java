package org.jpptp.lab.fuzz;

import java.io.IOException;
import org.jpptp.client.explain.Explainer;

/** A log that is explained, of whatever program. */
public final class LogFuzz {
    private LogFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        CaptureFuzz.check(data, new Explainer(null, Explainer.Show.BEGINNINGS));
    }
}
