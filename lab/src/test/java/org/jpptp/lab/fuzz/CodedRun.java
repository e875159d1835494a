package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import java.util.List;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.wire.PppProtocol;

/**
 * A link that is up and takes coded frames: an octet for the {@link LinkSetting}, then an octet for each step and what it
 * takes. Nothing but datagrams of the one protocol number is on the line.
 */
final class CodedRun {
    private static final int NETWORK_UP = 4;

    private CodedRun() {}

    /** Whether genuine datagrams have to arrive after everything. */
    enum Afterwards {
        RECOVERED,
        ANYTHING
    }

    static void run(byte[] data, List<MppePolicy> policies, Afterwards promise) {
        Input input = new Input(data);
        int flags = input.octet() & ~(LinkSetting.EXPIRED | LinkSetting.WRONG | LinkSetting.SILENT);
        LinkRun run =
                new LinkRun(LinkSetting.of(flags, List.of(AuthMethod.MSCHAPV2), policies), PppProtocol.COMPRESSED);
        run.open(NETWORK_UP);
        run.calm();
        kept(run.end.isUp(), "the link comes up");
        run.steps(new Input(input.rest()));
        if (promise == Afterwards.RECOVERED) {
            kept(run.carries(), "genuine datagrams arrive afterwards");
        }
        run.finish();
    }
}
