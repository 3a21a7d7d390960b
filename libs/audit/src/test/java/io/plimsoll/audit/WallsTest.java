package io.plimsoll.audit;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void knowsOnlyWhatAnEngineMay() {
        Walls.holdForEngine(
                "io.plimsoll.audit",
                "io.plimsoll.kubernetes..",
                "io.plimsoll.scanning..",
                "dev.cel..",
                "com.google.common..",
                "com.google.protobuf..",
                "com.google.re2j..");
    }
}
