package io.plimsoll.embedded.place;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Versioned folders that are made once: a folder is there whole or not at all, and two processes that want it at the
 * same time make it once.
 */
public record Cache(Path folder) {

    /** Fills an empty folder. */
    @FunctionalInterface
    public interface Maker {
        void make(Path empty) throws IOException;
    }

    // File locks are held by the process: threads of this one need a lock of their own.
    private static final ConcurrentMap<Path, Object> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    /**
     * The folder of that name; makes it first where it is missing.
     *
     * @param bytes room that making it takes
     */
    public Path entry(String name, long bytes, Maker maker) throws IOException {
        Path entry = folder.resolve(name);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        synchronized (IN_THIS_PROCESS.computeIfAbsent(entry, path -> new Object())) {
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (Files.isDirectory(entry) || !lock.isValid()) {
                    return entry;
                }
                Places.requireSpace(folder, bytes, "unpacking " + name);
                Path draft = folder.resolve(name + ".draft");
                Folders.delete(draft);
                Unix.createFolder(draft, "rwxr-xr-x");
                maker.make(draft);
                Files.move(draft, entry, StandardCopyOption.ATOMIC_MOVE);
                return entry;
            }
        }
    }
}
