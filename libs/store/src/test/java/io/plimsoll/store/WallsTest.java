package io.plimsoll.store;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {

    @Test
    void roomsAreNamedAndFilesAreSmall() {
        Walls.holdForService("io.plimsoll.store", false);
    }
}
