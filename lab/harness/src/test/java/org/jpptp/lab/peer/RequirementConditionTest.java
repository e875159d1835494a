package org.jpptp.lab.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jpptp.lab.peer.RequirementCondition.Missing;
import org.junit.jupiter.api.Test;

class RequirementConditionTest {
    @RequiresRoot
    private static final class NeedsRoot {}

    private static final class NeedsNothing {}

    @Test
    void skipsExactlyWhenSomethingIsMissing() {
        var result = RequirementCondition.decide(Optional.of(NeedsRoot.class), Missing.SKIPS);
        assertThat(result.isDisabled()).isEqualTo(!Requirement.ROOT.missing().isEmpty());
        assertThat(result.getReason()).isPresent();
    }

    @Test
    void aTestThatNeedsNothingRunsEverywhere() {
        assertThat(RequirementCondition.decide(Optional.of(NeedsNothing.class), Missing.FAILS)
                        .isDisabled())
                .isFalse();
    }
}
