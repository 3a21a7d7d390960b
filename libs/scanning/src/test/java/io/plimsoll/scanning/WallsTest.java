package io.plimsoll.scanning;

import io.plimsoll.archrules.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void knowsOnlyWhatAnEngineMay() {
        Walls.holdForEngine(
                "io.plimsoll.scanning",
                "com.fasterxml.jackson..",
                "com.github.luben.zstd..",
                "com.github.packageurl..",
                "javax.xml.stream..",
                "org.yaml.snakeyaml..",
                "us.springett.cvss..");
    }
}
