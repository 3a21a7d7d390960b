package io.plimsoll.embedded;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void knowsNoFramework() {
        Walls.holdForService("io.plimsoll.embedded", true);
    }
}
