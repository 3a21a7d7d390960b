package io.plimsoll.embedded.supervise;

import io.plimsoll.embedded.place.Unix;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The log of one part: the process writes the file itself, so it goes on writing whatever happens to the supervisor.
 * Two files of {@value #BYTES_MAX} bytes at most; lines written in the moment of turning over may be lost.
 */
record PartLog(Path file) {

    static final long BYTES_MAX = 8L << 20;

    private static final int TAIL_BYTES = 8 * 1024;

    /** Appending, so that emptying the file below the process's hands works. */
    ProcessBuilder.Redirect target() throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Unix.createFolder(folder, "rwx------");
        }
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    void turnOverWhenFull() throws IOException {
        if (Files.exists(file) && Files.size(file) > BYTES_MAX) {
            Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        }
    }

    /** The last lines, oldest first; empty when there are none. */
    List<String> tail(int lines) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long length = log.length();
            byte[] bytes = new byte[(int) Math.min(length, TAIL_BYTES)];
            log.seek(length - bytes.length);
            log.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
