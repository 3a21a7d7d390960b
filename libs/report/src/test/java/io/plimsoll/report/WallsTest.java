package io.plimsoll.report;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void knowsOnlyWhatAnEngineMay() {
        Walls.holdForEngine(
                "io.plimsoll.report",
                "io.plimsoll.assessment..",
                "io.plimsoll.maturity..",
                "com.fasterxml.jackson.core..");
    }
}
