package io.plimsoll.embedded.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheTest {

    @TempDir
    Path target;

    private Path jar;
    private StartCache cache;

    @BeforeEach
    void built() throws IOException {
        jar = Files.createFile(
                Files.createDirectory(target.resolve("quarkus-app")).resolve("quarkus-run.jar"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-02T00:00:00Z")));
        cache = StartCache.beside(jar);
    }

    private void made(String when) throws IOException {
        Files.writeString(cache.file(), "");
        Files.setLastModifiedTime(cache.file(), FileTime.from(Instant.parse(when)));
    }

    @Test
    void liesBesideWhatWasBuiltAndSaysWhichRuntimeMadeIt() {
        assertThat(cache.file().getParent()).isEqualTo(target);
        assertThat(cache.file().getFileName().toString())
                .contains(Runtime.version().toString());
    }

    @Test
    void isUsedWhereItIsNewerThanTheJar() throws IOException {
        assumeTrue(StartCache.possible(), "Java 25 makes caches");
        assertThat(cache.options(jar)).as("none was made").isEmpty();
        made("2026-01-03T00:00:00Z");
        assertThat(cache.options(jar)).containsExactly("-XX:AOTCache=" + cache.file());
    }

    @Test
    void ofAnEarlierBuildIsNotUsed() throws IOException {
        made("2026-01-01T00:00:00Z");
        assertThat(cache.options(jar)).isEmpty();
    }
}
