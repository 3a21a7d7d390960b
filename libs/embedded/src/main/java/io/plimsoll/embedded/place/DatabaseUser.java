package io.plimsoll.embedded.place;

import io.plimsoll.embedded.EmbeddedProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who runs the database server. It refuses to run as root, so root hands it to {@code nobody}; everybody else runs it
 * as themselves.
 *
 * @param dropped true when started by root
 */
public record DatabaseUser(boolean dropped) {

    private static final int NOBODY = 65534;

    public static DatabaseUser ofThisProcess() {
        return new DatabaseUser(Unix.uid() == 0);
    }

    /** What a command line has to begin with so that it runs as this user; the process id stays the child's own. */
    public List<String> prefix() {
        return dropped ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups") : List.of();
    }

    /** Creates the folder where it is missing, for this user alone. */
    public void own(Path folder) throws IOException {
        Files.createDirectories(folder);
        give(folder, "rwx------");
    }

    /** Hands one existing file or folder to this user with the given permissions. */
    public void give(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        if (dropped) {
            Files.setAttribute(file, "unix:gid", NOBODY);
            Files.setAttribute(file, "unix:uid", NOBODY);
        }
    }

    /**
     * Checks that this user can come as far as {@code folder}: all existing folders above it, and itself, must be open
     * to enter.
     *
     * @throws EmbeddedProblem naming the first folder that is closed
     */
    public void requireWayTo(Path folder, String option) throws IOException {
        if (!dropped) {
            return;
        }
        Optional<Path> closed = firstClosed(folder);
        if (closed.isPresent()) {
            throw new EmbeddedProblem("the database's user (nobody) cannot enter " + closed.get() + " on the way to "
                    + folder.toAbsolutePath() + "; choose another folder with " + option + ", or run: chmod o+x "
                    + closed.get());
        }
    }

    /** The outermost existing folder on the way that others cannot enter; empty when all can be. */
    static Optional<Path> firstClosed(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        Path existing = absolute;
        for (Path parent = existing.getParent();
                !Files.exists(existing) && parent != null;
                parent = parent.getParent()) {
            existing = parent;
        }
        Path real = existing.toRealPath();
        Path at = Path.of("/");
        for (Path name : real) {
            at = at.resolve(name);
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(at);
            if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }
}
