package io.plimsoll.scanning.match;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.advisory.feed.Feed;
import io.plimsoll.scanning.advisory.feed.FeedLimits;
import io.plimsoll.scanning.advisory.index.AdvisoryIndex;
import io.plimsoll.scanning.advisory.index.AdvisoryIndexWriter;
import io.plimsoll.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Indexes for tests: of the shared feed, made once, and of a few records written out in the test. */
final class Feeds {
    static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

    private static @Nullable AdvisoryIndex shared;

    private Feeds() {}

    /** The shared feed whole; the test is skipped where it is not here. */
    static synchronized AdvisoryIndex shared() throws IOException {
        var folder = Fixtures.folder("feed");
        assumeTrue(folder.isPresent(), "shared cases are not here");
        AdvisoryIndex known = shared;
        if (known == null) {
            known = index(writer -> readShared(folder.orElseThrow(), writer));
            shared = known;
        }
        return known;
    }

    interface Filling {
        void fill(AdvisoryIndexWriter writer) throws IOException;
    }

    static AdvisoryIndex index(Filling filling) throws IOException {
        Path file = Files.createTempFile("advisories", ".idx");
        file.toFile().deleteOnExit();
        Path aside = Files.createTempFile("scratch", ".tmp");
        try (FileChannel target = FileChannel.open(file, StandardOpenOption.WRITE);
                FileChannel scratch = FileChannel.open(
                        aside, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            AdvisoryIndexWriter writer = new AdvisoryIndexWriter(target, scratch, AdvisoryIndexWriter.MEMORY_BYTES_MAX);
            filling.fill(writer);
            writer.finish();
        }
        // Open as long as the tests run.
        return AdvisoryIndex.open(FileChannel.open(file));
    }

    static void readShared(Path folder, AdvisoryIndexWriter writer) throws IOException {
        try (Stream<Path> ecosystems = Files.list(folder.resolve("osv"))) {
            for (Path ecosystem : ecosystems.sorted().toList()) {
                Feed feed = feed("osv/" + ecosystem.getFileName(), FeedState.Kind.OSV, writer);
                try (InputStream in = Files.newInputStream(ecosystem.resolve("all.zip"))) {
                    feed.archive("all.zip", in);
                }
                writer.feed(feed.end());
            }
        }
        readFiles(folder.resolve("kev"), "kev", FeedState.Kind.KNOWN_EXPLOITED, writer);
        readFiles(
                folder.resolve("distro-samples/rhel/test-fixtures/csaf/advisories"),
                "csaf",
                FeedState.Kind.CSAF,
                writer);
        readFiles(folder.resolve("distro-samples/ubuntu/test-fixtures/osv"), "osv/Ubuntu", FeedState.Kind.OSV, writer);
        readFiles(folder.resolveSibling("config/k8s-cve/stackrox"), "kubernetes", FeedState.Kind.KUBERNETES, writer);
    }

    private static void readFiles(Path folder, String name, FeedState.Kind kind, AdvisoryIndexWriter writer)
            throws IOException {
        Feed feed = feed(name, kind, writer);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    feed.file(file.getFileName().toString(), in);
                }
            }
        }
        writer.feed(feed.end());
    }

    private static Feed feed(String name, FeedState.Kind kind, AdvisoryIndexWriter writer) {
        return new Feed(name, kind, writer, NOW, FeedLimits.DEFAULT);
    }

    /** OSV records by feed name, dated a day before {@link #NOW}. */
    static AdvisoryIndex of(Map<String, List<String>> recordsByFeed) {
        try {
            return index(writer -> {
                for (Map.Entry<String, List<String>> one : new LinkedHashMap<>(recordsByFeed).entrySet()) {
                    Feed feed = feed(one.getKey(), FeedState.Kind.OSV, writer);
                    for (String record : one.getValue()) {
                        String dated = record.replaceFirst("\\{", "{\"modified\":\"2026-11-24T00:00:00Z\",");
                        feed.file("record.json", new ByteArrayInputStream(dated.getBytes(StandardCharsets.UTF_8)));
                    }
                    if (!feed.problems().isEmpty()) {
                        throw new IllegalArgumentException(feed.problems().toString());
                    }
                    writer.feed(feed.end());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Matcher matcher(AdvisoryIndex index) {
        return new Matcher(index, Freshness.at(NOW), DistributionLife.builtIn());
    }
}
