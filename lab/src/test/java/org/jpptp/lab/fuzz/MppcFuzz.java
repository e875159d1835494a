package org.jpptp.lab.fuzz;

import java.util.List;
import java.util.Set;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;

/** What MPPC decompresses, alone and under MPPE. Alone, anybody may write into the history: what arrives is not promised. */
public final class MppcFuzz {
    private static final List<MppePolicy> POLICIES = List.of(
            MppePolicy.permit(Set.of(), LinkSetting.STATEFUL).withMppc(),
            MppePolicy.permit(Set.of(), Set.of(MppeMode.STATELESS, MppeMode.STATEFUL))
                    .withMppc(),
            MppePolicy.require(LinkSetting.EVERY, LinkSetting.STATELESS).withMppc(),
            MppePolicy.require(LinkSetting.EVERY, LinkSetting.STATEFUL).withMppc());

    private MppcFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        CodedRun.run(data, POLICIES, CodedRun.Afterwards.ANYTHING);
    }
}
