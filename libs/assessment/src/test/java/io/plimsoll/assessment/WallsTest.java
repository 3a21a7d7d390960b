package io.plimsoll.assessment;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void knowsOnlyWhatAnEngineMay() {
        Walls.holdForEngine(
                "io.plimsoll.assessment",
                "io.plimsoll.kubernetes..",
                "io.plimsoll.scanning..",
                "io.plimsoll.audit..",
                "io.plimsoll.segmentation..",
                "io.plimsoll.maturity..",
                "com.fasterxml.jackson.core..");
    }
}
