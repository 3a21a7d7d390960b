package io.plimsoll.imagescan;

import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.advisory.feed.Feed;
import io.plimsoll.scanning.advisory.feed.FeedLimits;
import io.plimsoll.scanning.advisory.index.AdvisoryIndexWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** An index of a few npm advisories, as {@code plimsoll feeds import} would leave it. */
final class SmallFeeds {

    private SmallFeeds() {}

    /**
     * Replaces the index.
     *
     * @param names CVE names; each says that {@code left} below 2.0.0 has it, and that it is critical
     */
    static void write(Path folder, String... names) throws IOException {
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "index", ".new");
        Path aside = Files.createTempFile(folder, "index", ".aside");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (FileChannel target = FileChannel.open(fresh, StandardOpenOption.WRITE);
                FileChannel scratch = FileChannel.open(aside, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            AdvisoryIndexWriter writer = new AdvisoryIndexWriter(target, scratch, AdvisoryIndexWriter.MEMORY_BYTES_MAX);
            Feed feed = new Feed("osv/npm", FeedState.Kind.OSV, writer, now, FeedLimits.DEFAULT);
            for (String name : names) {
                String record = """
                        {"schema_version": "1.7.0", "id": "GHSA-%s", "aliases": ["%s"], "modified": "%s",
                         "summary": "it falls over",
                         "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
                         "affected": [{"package": {"ecosystem": "npm", "name": "left"},
                           "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "2.0.0"}]}]}]}
                        """.formatted(name, name, now);
                feed.file("GHSA-" + name + ".json", new ByteArrayInputStream(record.getBytes(StandardCharsets.UTF_8)));
            }
            writer.feed(feed.end());
            writer.finish();
        }
        Files.delete(aside);
        Files.move(
                fresh,
                folder.resolve("advisories.idx"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
