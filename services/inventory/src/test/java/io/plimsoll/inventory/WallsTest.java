package io.plimsoll.inventory;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void theHouseIsInOrder() {
        Walls.holdForService("io.plimsoll.inventory", false);
    }
}
