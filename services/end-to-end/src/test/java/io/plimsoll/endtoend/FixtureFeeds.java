package io.plimsoll.endtoend;

import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.advisory.feed.Feed;
import io.plimsoll.scanning.advisory.feed.FeedLimits;
import io.plimsoll.scanning.advisory.index.AdvisoryIndexWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The shared feeds as {@code plimsoll feeds import} leaves them: one index in a folder. */
final class FixtureFeeds {

    private FixtureFeeds() {}

    /** @param feeds a folder in osv.dev's layout, with CISA's catalogue beside */
    static void write(Path feeds, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path aside = Files.createTempFile(folder, "index", ".aside");
        try (FileChannel target = FileChannel.open(
                        folder.resolve("advisories.idx"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                FileChannel scratch = FileChannel.open(aside, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            AdvisoryIndexWriter writer = new AdvisoryIndexWriter(target, scratch, AdvisoryIndexWriter.MEMORY_BYTES_MAX);
            for (Path ecosystem : below(feeds.resolve("osv"))) {
                Feed feed = feed("osv/" + ecosystem.getFileName(), FeedState.Kind.OSV, writer);
                try (InputStream in = Files.newInputStream(ecosystem.resolve("all.zip"))) {
                    feed.archive("all.zip", in);
                }
                writer.feed(feed.end());
            }
            Feed exploited = feed("kev", FeedState.Kind.KNOWN_EXPLOITED, writer);
            for (Path file : below(feeds.resolve("kev"))) {
                try (InputStream in = Files.newInputStream(file)) {
                    exploited.file(file.toString(), in);
                }
            }
            writer.feed(exploited.end());
            writer.finish();
        } finally {
            Files.delete(aside);
        }
    }

    private static Feed feed(String name, FeedState.Kind kind, AdvisoryIndexWriter writer) {
        return new Feed(name, kind, writer, Instant.now(), FeedLimits.DEFAULT);
    }

    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
