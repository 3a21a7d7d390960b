package io.plimsoll.kubernetes;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void knowsTheKernelAndItsParsers() {
        Walls.holdForEngine("io.plimsoll.kubernetes", "org.yaml.snakeyaml..", "com.fasterxml.jackson.core..");
    }
}
