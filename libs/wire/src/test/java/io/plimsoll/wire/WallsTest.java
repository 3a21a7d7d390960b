package io.plimsoll.wire;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void knowsNoFrameworkBeyondTheGeneratedTypes() {
        Walls.holdForService("io.plimsoll.wire", true);
    }
}
