package io.plimsoll.messaging;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void knowsNoFramework() {
        Walls.holdForService("io.plimsoll.messaging", true);
    }
}
