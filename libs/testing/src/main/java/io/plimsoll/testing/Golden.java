package io.plimsoll.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Golden files: big outputs live beside the test, {@code ./mvnw -Pgolden verify} rewrites them, review reads the diff. */
public final class Golden {

    private Golden() {}

    /** True while golden files are being rewritten instead of compared. */
    public static boolean rewriting() {
        return Boolean.getBoolean("plimsoll.golden");
    }

    /**
     * Compares {@code actual} with the file, or writes it when rewriting.
     *
     * @throws AssertionError naming the file and the first line that differs
     */
    public static void matches(Path file, String actual) {
        try {
            if (rewriting()) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, actual);
                return;
            }
            if (!Files.exists(file)) {
                throw new AssertionError("golden file missing: " + file + " (./mvnw -Pgolden verify writes it)");
            }
            String expected = Files.readString(file);
            if (!expected.equals(actual)) {
                throw new AssertionError(file + " differs" + firstDifference(expected, actual)
                        + "\n(./mvnw -Pgolden verify rewrites it; review the diff)");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstDifference(String expected, String actual) {
        String[] want = expected.split("\n", -1);
        String[] have = actual.split("\n", -1);
        for (int line = 0; line < Math.max(want.length, have.length); line++) {
            String w = line < want.length ? want[line] : "(end of file)";
            String h = line < have.length ? have[line] : "(end of file)";
            if (!w.equals(h)) {
                return " at line " + (line + 1) + "\n  expected: " + w + "\n  actual:   " + h;
            }
        }
        return "";
    }
}
