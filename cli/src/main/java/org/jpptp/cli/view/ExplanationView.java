package org.jpptp.cli.view;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.Verdict;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explanation;
import org.jpptp.client.explain.Rung;

/** An explanation for people: the ladder, then the verdict with what proves it. */
public final class ExplanationView {
    private static final int MARK = 2;

    private final PrintStream out;
    private final Style style;
    private final Ladder ladder;

    /** Whether the name of the file is shown. */
    public enum Heading {
        NONE,
        FILE
    }

    public ExplanationView(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
        this.ladder = new Ladder(style);
    }

    /** Shows a file's tunnels. */
    public void show(String file, Explanation explanation, Heading heading) {
        if (heading == Heading.FILE && !explanation.calls().isEmpty()) {
            out.println(style.dim("== " + Style.visible(file)));
        }
        int number = 0;
        for (Explained call : explanation.calls()) {
            number++;
            if (explanation.calls().size() > 1) {
                out.println((number > 1 ? "\n" : "") + "Tunnel " + number + " of "
                        + explanation.calls().size() + ": " + who(call));
            } else {
                out.println(who(call));
            }
            show(call);
        }
        if (explanation.more() > 0) {
            out.println("\n" + explanation.more() + " more tunnels are not explained.");
        }
    }

    private static String who(Explained call) {
        String client = call.client().isEmpty() ? "client" : call.client();
        String server = call.server().isEmpty() ? "server" : call.server();
        return Style.visible(client + " to " + server + (call.vendor().isEmpty() ? "" : " (" + call.vendor() + ")"));
    }

    private void show(Explained call) {
        out.println();
        ladder.of(call.ladder(), call.leftOut()).forEach(out::println);
        out.println();
        Verdict verdict = call.verdict();
        Failure failure = verdict.failure();
        String mark = failure == null ? style.tick() : style.cross();
        String likely = verdict.confidence() == Verdict.Confidence.LIKELY ? "Most likely: " : "";
        out.println(style.hanging(mark + " ", MARK, likely + Style.visible(verdict.sentence())));
        proofs(call.proofs());
        if (failure != null && !failure.remedy().isEmpty()) {
            arrow(FailureText.remedy(failure).strip());
        }
        if (call.vendorRemedy() != null) {
            arrow(call.vendorRemedy());
        }
        if (call.password() != null) {
            out.println(style.hanging("  ", MARK, Style.visible(call.password().sentence())));
            if (call.decrypted() + call.undecrypted() > 0) {
                out.println(style.hanging(
                        "  ",
                        MARK,
                        call.decrypted() + " encrypted datagrams were decrypted, " + call.undecrypted()
                                + " were not."));
            }
        }
        if (failure != null) {
            out.println("  " + style.dim("(" + FailureText.numbers(failure) + ")"));
        }
    }

    private void arrow(String text) {
        int columns = Style.columns(style.arrow()) + 1;
        out.println(style.hanging(style.arrow() + " ", columns, Style.visible(text)));
    }

    private void proofs(List<Rung> proofs) {
        for (Rung proof : proofs) {
            String head = "  #" + proof.number() + " ";
            out.println(style.dim(style.hanging(
                    head,
                    head.length(),
                    proof.from().name().toLowerCase(Locale.ROOT) + ": " + Style.visible(proof.text()))));
        }
    }
}
