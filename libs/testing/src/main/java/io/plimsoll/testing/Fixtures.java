package io.plimsoll.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The shared cases that are not part of this repository: {@code ${PLIMSOLL_FIXTURES:-../shared/fixtures}}, the default
 * relative to the repository's root. Where they are absent a test says so and is skipped; with {@code CI=true} it fails.
 */
public final class Fixtures {

    private Fixtures() {}

    /**
     * The folder {@code name} of the shared cases.
     *
     * @throws IllegalStateException when it is absent and {@code CI=true}: a check that cannot run must not look green
     */
    public static Optional<Path> folder(String name) {
        Path folder = root().resolve(name);
        if (Files.isDirectory(folder)) {
            return Optional.of(folder);
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("shared cases not found: " + folder + " (set PLIMSOLL_FIXTURES)");
        }
        return Optional.empty();
    }

    /** The repository's root folder. */
    public static Path repository() {
        String given = System.getProperty("plimsoll.root");
        if (given != null && !given.isBlank()) {
            return Path.of(given);
        }
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.exists(here.resolve("mvnw"))) {
            here = here.getParent();
        }
        if (here == null) {
            throw new IllegalStateException("not inside the repository: no mvnw in any parent folder");
        }
        return here;
    }

    private static Path root() {
        String given = System.getenv("PLIMSOLL_FIXTURES");
        return given != null && !given.isBlank()
                ? Path.of(given)
                : repository().resolve("../shared/fixtures").normalize();
    }
}
