package io.plimsoll.cli.feeds;

import io.plimsoll.cli.UsageProblem;
import io.plimsoll.scanning.advisory.feed.Feed;
import io.plimsoll.scanning.advisory.feed.FeedLimits;
import io.plimsoll.scanning.advisory.feed.FeedProblem;
import io.plimsoll.scanning.advisory.index.AdvisoryIndex;
import io.plimsoll.scanning.advisory.index.AdvisoryIndexWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder that holds the index. A new index is written beside the old one and takes its place in one step: who reads has
 * the old or the new, never a part; an import that fails leaves the old one.
 */
public final class FeedStore {
    static final String INDEX = "advisories.idx";

    private final Path folder;

    public FeedStore(Path folder) {
        this.folder = folder;
    }

    public Path index() {
        return folder.resolve(INDEX);
    }

    /** @param problems what could not be read, feed by feed */
    record Imported(AdvisoryIndexWriter.Summary summary, List<FeedProblem> problems) {}

    Imported replace(List<FeedLayout.Found> feeds, Instant now) throws IOException {
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, INDEX, ".new");
        Path aside = Files.createTempFile(folder, INDEX, ".aside");
        try {
            Imported imported = write(feeds, now, fresh, aside);
            Files.move(fresh, index(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return imported;
        } finally {
            Files.deleteIfExists(fresh);
            Files.deleteIfExists(aside);
        }
    }

    private static Imported write(List<FeedLayout.Found> feeds, Instant now, Path fresh, Path aside)
            throws IOException {
        List<FeedProblem> problems = new ArrayList<>();
        try (FileChannel target = FileChannel.open(fresh, StandardOpenOption.WRITE);
                FileChannel scratch = FileChannel.open(aside, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            AdvisoryIndexWriter writer = new AdvisoryIndexWriter(target, scratch, AdvisoryIndexWriter.MEMORY_BYTES_MAX);
            for (FeedLayout.Found found : feeds) {
                Feed feed = new Feed(found.name(), found.kind(), writer, now, FeedLimits.DEFAULT);
                for (Path file : found.files()) {
                    try (InputStream in = Files.newInputStream(file)) {
                        if (file.toString().endsWith(".zip")) {
                            feed.archive(file.toString(), in);
                        } else {
                            feed.file(file.toString(), in);
                        }
                    }
                }
                writer.feed(feed.end());
                problems.addAll(feed.problems());
            }
            return new Imported(writer.finish(), problems);
        }
    }

    /** Takes over a whole index made elsewhere, after its checksum was compared. */
    void take(Path bundle) throws IOException {
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, INDEX, ".new");
        try {
            Files.copy(bundle, fresh, StandardCopyOption.REPLACE_EXISTING);
            verify(fresh);
            Files.move(fresh, index(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    static void verify(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            AdvisoryIndex.open(channel).verify();
        }
    }

    /** @throws UsageProblem when nothing was imported yet */
    Path existing() {
        if (!Files.isRegularFile(index())) {
            throw new UsageProblem("no feeds in " + folder + ": run plimsoll feeds import");
        }
        return index();
    }
}
