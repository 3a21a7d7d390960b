package io.plimsoll.sensor;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void itsRoomsAreNamed() {
        Walls.holdForService("io.plimsoll.sensor", false);
    }
}
