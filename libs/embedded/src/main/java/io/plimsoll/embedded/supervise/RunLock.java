package io.plimsoll.embedded.supervise;

import io.plimsoll.embedded.EmbeddedProblem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One run for each data folder. The system lets go of it when the holder ends, however it ends. */
public final class RunLock implements AutoCloseable {

    // A process that closes any channel of a file loses its lock on it, so its own locks are asked for here first.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws EmbeddedProblem naming who holds the folder */
    public static RunLock take(Path data) throws IOException {
        Path file = data.resolve("lock");
        if (HELD_HERE.add(file)) {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return new RunLock(file, channel);
            }
            channel.close();
            HELD_HERE.remove(file);
        }
        String who = RunFile.read(RunFile.in(data))
                .map(run -> " by process " + run.supervisor().pid())
                .orElse("");
        throw new EmbeddedProblem("the data folder " + data + " is in use" + who
                + "; stop that platform (plimsoll down --data " + data + ") or choose another folder with --data");
    }

    /** Whether the folder is held now, by this process or another. */
    public static boolean held(Path data) throws IOException {
        Path file = data.resolve("lock");
        if (HELD_HERE.contains(file)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written through it.
        }
        HELD_HERE.remove(file);
    }
}
