package io.plimsoll.analyser;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {

    @Test
    void roomsAreNamedAndFilesAreSmall() {
        Walls.holdForService("io.plimsoll.analyser", false);
    }
}
