package io.plimsoll.embedded.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a service's JVM learned at an earlier start (JEP 483, 514 and 515): its classes loaded and linked. Good for the very jars and the very
 * runtime it was made with; the JVM itself compares them, and starts without it where they differ.
 *
 * @param file the cache
 */
public record StartCache(Path file) {

    /** First runtime that makes and reads them without further ado. */
    private static final int RUNTIME_MIN = 25;

    /** Of a built service, beside the folder its build wrote; of this process' runtime. */
    public static StartCache beside(Path jar) {
        Path built = jar.toAbsolutePath().getParent();
        if (built == null) {
            throw new IllegalArgumentException("no folder: " + jar);
        }
        return new StartCache(built.resolveSibling("start-" + Runtime.version() + ".aot"));
    }

    /** Whether this process' runtime can make and read one. */
    public static boolean possible() {
        return Runtime.version().feature() >= RUNTIME_MIN;
    }

    /** Options of a JVM that runs the jar: none where there is no cache, or one of an earlier build. */
    public List<String> options(Path jar) {
        return possible() && newerThan(jar) ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    private boolean newerThan(Path jar) {
        try {
            return Files.isRegularFile(file)
                    && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
