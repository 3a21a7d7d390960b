package io.plimsoll.embedded.place;

import io.plimsoll.embedded.EmbeddedProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two folders of one machine.
 *
 * @param data what must be kept: databases, topics, secrets, logs, the run file
 * @param cache what can be made again: unpacked and built parts, by version, shared by all data folders of a user
 */
public record Places(Path data, Path cache) {

    /** Free bytes below which nothing is started: a database that cannot write its log stops in the middle. */
    private static final long DATA_BYTES_MIN = 256L << 20;

    public Places {
        data = data.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
    }

    /** Root keeps things where services do, everybody else below their home ({@code XDG_DATA_HOME, XDG_CACHE_HOME}). */
    public static Path defaultData() {
        return Unix.uid() == 0
                ? Path.of("/var/lib/plimsoll")
                : home("XDG_DATA_HOME", ".local/share").resolve("plimsoll");
    }

    /** As {@link #defaultData}; {@code PLIMSOLL_CACHE} goes first. */
    public static Path defaultCache() {
        String given = System.getenv("PLIMSOLL_CACHE");
        if (given != null && !given.isBlank()) {
            return Path.of(given);
        }
        return Unix.uid() == 0
                ? Path.of("/var/cache/plimsoll")
                : home("XDG_CACHE_HOME", ".cache").resolve("plimsoll");
    }

    private static Path home(String variable, String otherwise) {
        String given = System.getenv(variable);
        if (given != null && !given.isBlank()) {
            return Path.of(given);
        }
        // The shell's home goes first, as everywhere; the runtime's is the one in the list of users.
        return Path.of(System.getenv().getOrDefault("HOME", System.getProperty("user.home")), otherwise);
    }

    /**
     * Creates both folders, after checking that they can serve.
     *
     * @throws EmbeddedProblem when the database's user cannot come there, when they cannot be written, or when the disk
     *     is full
     */
    public void prepare(DatabaseUser user) {
        try {
            user.requireWayTo(data, "--data");
            user.requireWayTo(cache, "PLIMSOLL_CACHE");
            Unix.createFolder(data, user.dropped() ? "rwx--x--x" : "rwx------");
            Unix.createFolder(cache, "rwxr-xr-x");
            // Once more: the last folder itself may have been there, or a strict umask made those above it.
            user.requireWayTo(data, "--data");
            user.requireWayTo(cache, "PLIMSOLL_CACHE");
            Unix.createFolder(log(), "rwx------");
        } catch (IOException e) {
            throw new EmbeddedProblem("cannot use " + data + " and " + cache + ": " + describe(e), e);
        }
        requireSpace(data, DATA_BYTES_MIN, "the platform's data");
    }

    public Path log() {
        return data.resolve("log");
    }

    /**
     * Checks that the disk below {@code folder} has room.
     *
     * @throws EmbeddedProblem with what is free and what is needed
     */
    public static void requireSpace(Path folder, long bytes, String forWhat) {
        long free = freeBytes(folder);
        if (free < bytes) {
            throw new EmbeddedProblem("the disk of " + folder + " is full: " + forWhat + " needs " + (bytes >> 20)
                    + " MiB, " + (free >> 20) + " MiB are free");
        }
    }

    /** Bytes this user can still write below an existing folder; {@link Long#MAX_VALUE} where it cannot be known. */
    public static long freeBytes(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /** What went wrong with a file, in words: the exception's own message is often the path alone. */
    static String describe(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException denied -> "no permission for " + denied.getFile();
            case java.nio.file.FileAlreadyExistsException there -> there.getFile() + " is not a folder";
            default -> String.valueOf(e.getMessage());
        };
    }
}
