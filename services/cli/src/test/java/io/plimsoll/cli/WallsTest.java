package io.plimsoll.cli;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void theCommandLineKnowsNoQuarkus() {
        Walls.holdForService("io.plimsoll.cli", true);
    }
}
