package io.plimsoll.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the operating system that a test runs and that a machine may lack. */
public final class Tools {

    private Tools() {}

    /**
     * The program, from the PATH or from where {@code .ci} unpacks what it fetches.
     *
     * @throws IllegalStateException when it is absent and {@code CI=true}: a check that cannot run must not look green
     */
    public static Optional<Path> find(String name) {
        Optional<Path> found = optional(name);
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(name + " is absent, and .ci/prometheus-tools could not fetch it");
        }
        return found;
    }

    /** The same for a program that no package repository offers: where it is absent its check is skipped everywhere. */
    public static Optional<Path> optional(String name) {
        String path = System.getenv("PATH");
        return Stream.concat(
                        Arrays.stream((path == null ? "" : path).split(":")).map(Path::of),
                        Stream.of(Fixtures.repository().resolve("target/prometheus-tools/usr/bin")))
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
