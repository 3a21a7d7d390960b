package io.plimsoll.registry;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void isFreeOfFrameworks() {
        Walls.holdForService("io.plimsoll.registry", true);
    }
}
