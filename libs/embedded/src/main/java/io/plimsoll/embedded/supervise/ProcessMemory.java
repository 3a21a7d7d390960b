package io.plimsoll.embedded.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Resident memory of a process with its children, in MiB. Pages that several of them share are counted once where the
 * system tells each one's part of them ({@code Pss}), which it does to the same user and to root.
 */
public final class ProcessMemory {

    private ProcessMemory() {}

    /** Empty where the system tells nothing. */
    public static OptionalLong mebibytes(long pid) {
        return ProcessHandle.of(pid)
                .map(root -> Stream.concat(Stream.of(root), root.descendants()).toList())
                .map(ProcessMemory::sum)
                .orElse(OptionalLong.empty());
    }

    /** The same without its children. */
    public static OptionalLong ownMebibytes(long pid) {
        return ProcessHandle.of(pid).map(process -> sum(List.of(process))).orElse(OptionalLong.empty());
    }

    private static OptionalLong sum(List<ProcessHandle> processes) {
        long kibibytes = 0;
        for (ProcessHandle process : processes) {
            Path folder = Path.of("/proc", Long.toString(process.pid()));
            OptionalLong own = value(folder.resolve("smaps_rollup"), "Pss:");
            if (own.isEmpty()) {
                own = value(folder.resolve("status"), "VmRSS:");
            }
            if (own.isEmpty()) {
                return OptionalLong.empty();
            }
            kibibytes += own.getAsLong();
        }
        return OptionalLong.of((kibibytes + 512) / 1024);
    }

    /** Lines look like {@code VmRSS:     1234 kB}. */
    private static OptionalLong value(Path file, String key) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(
                            line.substring(key.length()).replace("kB", "").strip()))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
