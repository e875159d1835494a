package org.jpptp.lab.fuzz;

import java.util.List;
import java.util.Set;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;

/** What MPPC decompresses, alone and under MPPE. Alone, anybody may write into the history: what arrives is not promised. */
public final class MppcFuzz {
    private static final List<MppePolicy> POLICIES = List.of(
            new MppePolicy(false, Set.of(), LinkSetting.STATEFUL, true),
            new MppePolicy(false, Set.of(), Set.of(MppeMode.STATELESS, MppeMode.STATEFUL), true),
            new MppePolicy(true, LinkSetting.EVERY, LinkSetting.STATELESS, true),
            new MppePolicy(true, LinkSetting.EVERY, LinkSetting.STATEFUL, true));

    private MppcFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        CodedRun.run(data, POLICIES, false);
    }
}
