package io.plimsoll.sensing;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void knowsObjectsAndTheirReader() {
        Walls.holdForEngine("io.plimsoll.sensing", "io.plimsoll.kubernetes..", "com.fasterxml.jackson.core..");
    }
}
