package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explainer;
import org.jpptp.client.explain.Explanation;
import org.jpptp.client.explain.capture.PcapngWriter;
import org.jpptp.client.explain.decrypt.Decryption;
import org.jpptp.client.explain.decrypt.Secret;

/** A capture file that is explained, with a password. */
public final class CaptureFuzz {
    private CaptureFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        try (PcapngWriter out = new PcapngWriter(OutputStream.nullOutputStream())) {
            check(
                    data,
                    new Explainer(
                            new Decryption(Secret.password("bPCFyF2uL1p5Lg5yrKmqmY".toCharArray()), out),
                            Explainer.Show.SECRETS));
        }
    }

    static void check(byte[] data, Explainer explainer) throws IOException {
        Explanation explanation = explainer.explain("input", new ByteArrayInputStream(data));
        kept(explanation.calls().isEmpty() == (explanation.unusable() != null), "there is something, or a reason");
        for (Explained call : explanation.calls()) {
            kept(!call.verdict().sentence().isEmpty(), "each tunnel has a verdict");
            kept(
                    call.ladder().stream().allMatch(rung -> rung.text().chars().allMatch(c -> c >= ' ' && c <= '~')),
                    "a step is printable ASCII");
        }
    }
}
