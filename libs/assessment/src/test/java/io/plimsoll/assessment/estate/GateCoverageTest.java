package io.plimsoll.assessment.estate;

import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.Golden;
import org.junit.jupiter.api.Test;

class GateCoverageTest {

    @Test
    void thePageSaysWhichCaseShowsEachGate() {
        Golden.matches(Fixtures.repository().resolve("docs/reference/gate-coverage.md"), GateCoveragePage.write());
    }
}
