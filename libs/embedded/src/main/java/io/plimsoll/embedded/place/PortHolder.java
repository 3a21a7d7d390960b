package io.plimsoll.embedded.place;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who listens on a port, as far as this user may see it in {@code /proc}. */
final class PortHolder {

    private static final String LISTENING = "0A";

    private PortHolder() {}

    /** For instance {@code "process 4711 (java)"}; empty off Linux and for other people's processes. */
    static Optional<String> of(int port) {
        try {
            Set<String> sockets = new HashSet<>();
            for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
                sockets.addAll(inodes(Path.of(table), port));
            }
            return sockets.isEmpty() ? Optional.empty() : process(sockets);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Columns of the table: number, local address, remote address, state, ..., inode as the tenth. */
    private static Set<String> inodes(Path table, int port) throws IOException {
        String ending = String.format(Locale.ROOT, ":%04X", port);
        Set<String> found = new HashSet<>();
        for (String line : Files.readAllLines(table)) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length > 9 && columns[1].endsWith(ending) && columns[3].equals(LISTENING)) {
                found.add("socket:[" + columns[9] + "]");
            }
        }
        return found;
    }

    private static Optional<String> process(Set<String> sockets) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, sockets)) {
                    return Optional.of("process " + process.getFileName() + " ("
                            + Files.readString(process.resolve("comm")).strip() + ")");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException | RuntimeException e) {
            // Ended meanwhile, or another user's.
            return false;
        }
        return false;
    }
}
