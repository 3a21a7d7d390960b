package io.plimsoll.embedded.supervise;

import io.plimsoll.embedded.place.Unix;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What runs, written at each change so that another process can show it, stop it, or clear up after it.
 *
 * @param supervisor who watches over the parts
 * @param parts in the order they were started in
 */
public record RunFile(ProcessId supervisor, List<Entry> parts) {

    static final int PARTS_MAX = 100;

    /**
     * One part.
     *
     * @param process absent when none runs
     * @param detail why it is not ready; may be empty
     */
    public record Entry(
            String name,
            String state,
            String detail,
            String address,
            String stopSignal,
            Duration stopWithin,
            Optional<ProcessId> process) {}

    public RunFile {
        parts = List.copyOf(parts);
    }

    public static Path in(Path data) {
        return data.resolve("run.properties");
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder("# What runs; written by the supervisor.\n");
        line(text, "supervisor.pid", supervisor.pid());
        line(text, "supervisor.started", supervisor.startedAt());
        for (int n = 0; n < parts.size(); n++) {
            Entry part = parts.get(n);
            String key = "part." + n + ".";
            line(text, key + "name", part.name());
            line(text, key + "state", part.state());
            line(text, key + "detail", part.detail());
            line(text, key + "address", part.address());
            line(text, key + "stop.signal", part.stopSignal());
            line(text, key + "stop.seconds", part.stopWithin().toSeconds());
            part.process().ifPresent(process -> {
                line(text, key + "pid", process.pid());
                line(text, key + "started", process.startedAt());
            });
        }
        Unix.writePrivately(file, text.toString());
    }

    /** The file as it stands; empty when there is none or it cannot be understood. */
    public static Optional<RunFile> read(Path file) throws IOException {
        Properties stored = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            stored.load(reader);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            List<Entry> parts = new ArrayList<>();
            for (int n = 0; n < PARTS_MAX && stored.containsKey("part." + n + ".name"); n++) {
                String key = "part." + n + ".";
                parts.add(new Entry(
                        stored.getProperty(key + "name"),
                        stored.getProperty(key + "state", ""),
                        stored.getProperty(key + "detail", ""),
                        stored.getProperty(key + "address", ""),
                        stored.getProperty(key + "stop.signal", "TERM"),
                        Duration.ofSeconds(Long.parseLong(stored.getProperty(key + "stop.seconds", "10"))),
                        stored.containsKey(key + "pid") ? Optional.of(process(stored, key)) : Optional.empty()));
            }
            return Optional.of(new RunFile(
                    new ProcessId(number(stored, "supervisor.pid"), number(stored, "supervisor.started")), parts));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Stops in reverse order what still lives of these parts; names of those that did. */
    public List<String> stopParts() throws IOException, InterruptedException {
        List<String> stopped = new ArrayList<>();
        for (Entry part : parts.reversed()) {
            if (part.process().flatMap(ProcessId::handle).isPresent()) {
                part.process().get().stop(part.stopSignal(), part.stopWithin());
                stopped.add(part.name());
            }
        }
        return stopped;
    }

    private static ProcessId process(Properties stored, String key) {
        return new ProcessId(number(stored, key + "pid"), number(stored, key + "started"));
    }

    private static long number(Properties stored, String key) {
        return Long.parseLong(stored.getProperty(key, ""));
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key)
                .append('=')
                .append(value.toString().replace("\\", "\\\\").replace("\n", " "))
                .append('\n');
    }
}
