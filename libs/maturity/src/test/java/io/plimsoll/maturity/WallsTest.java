package io.plimsoll.maturity;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void knowsOnlyWhatAnEngineMay() {
        Walls.holdForEngine("io.plimsoll.maturity", "io.plimsoll.kubernetes..");
    }
}
