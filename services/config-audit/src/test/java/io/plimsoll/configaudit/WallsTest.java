package io.plimsoll.configaudit;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void roomsAreNamedAndSmall() {
        Walls.holdForService("io.plimsoll.configaudit", false);
    }
}
