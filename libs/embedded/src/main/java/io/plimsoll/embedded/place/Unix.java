package io.plimsoll.embedded.place;

import io.plimsoll.embedded.EmbeddedProblem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Locale;

/** Facts about the system below: who runs this process, which tools are on the path, which JVM it is. */
public final class Unix {

    private Unix() {}

    /** The number of the user who runs this process. */
    public static int uid() {
        try {
            Path probe = Files.createTempFile("plimsoll", ".uid");
            try {
                return (Integer) Files.getAttribute(probe, "unix:uid");
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            throw new EmbeddedProblem(
                    "cannot write to the temporary folder " + System.getProperty("java.io.tmpdir") + ": "
                            + e.getMessage(),
                    e);
        }
    }

    public static boolean linux() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
    }

    public static boolean onPath(String tool) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder.isEmpty() ? "." : folder, tool)));
    }

    /** The {@code java} of the JVM that runs this. */
    public static Path java() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (!Files.isExecutable(java)) {
            throw new EmbeddedProblem("no java at " + java + "; install a JDK 21 or newer and point JAVA_HOME at it");
        }
        return java;
    }

    /** Creates the folder where it is missing; a new one gets these permissions whatever the umask says. */
    public static void createFolder(Path folder, String permissions) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        }
    }

    /** Writes a small file for its owner's eyes, whole or not at all. */
    public static void writePrivately(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, text);
        Files.move(
                draft,
                file,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
