package io.plimsoll.segmentation;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void knowsOnlyWhatAnEngineMay() {
        Walls.holdForEngine("io.plimsoll.segmentation", "io.plimsoll.kubernetes..");
    }
}
