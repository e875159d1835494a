package org.jpptp.lab.fuzz;

import java.util.List;
import java.util.Set;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;

/**
 * What MPPE decrypts, in both modes: a link that is up takes forged, damaged, lost and genuine frames. Whatever it was,
 * genuine datagrams arrive afterwards, and the link is still up: garbage alone ends none.
 */
public final class MppeFuzz {
    private static final List<MppePolicy> POLICIES = List.of(
            MppePolicy.REQUIRE_128_STATELESS,
            MppePolicy.require(Set.of(MppeStrength.BITS_40), LinkSetting.STATELESS),
            MppePolicy.require(Set.of(MppeStrength.BITS_128), LinkSetting.STATEFUL),
            MppePolicy.require(Set.of(MppeStrength.BITS_56), LinkSetting.STATEFUL));

    private MppeFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        CodedRun.run(data, POLICIES, CodedRun.Afterwards.RECOVERED);
    }
}
