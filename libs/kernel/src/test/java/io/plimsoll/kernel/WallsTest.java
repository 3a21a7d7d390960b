package io.plimsoll.kernel;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void theKernelKnowsNothingButJava() {
        Walls.holdForEngine("io.plimsoll.kernel");
    }
}
