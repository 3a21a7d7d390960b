package io.plimsoll.imagescan.feed;

import io.plimsoll.imagescan.ImageScanConfig;
import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.advisory.index.AdvisoryIndex;
import io.plimsoll.scanning.advisory.index.MalformedIndex;
import io.plimsoll.scanning.match.DistributionLife;
import io.plimsoll.scanning.match.Freshness;
import io.plimsoll.scanning.match.Matcher;
import io.plimsoll.scanning.reference.Digest;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The imported feeds, opened when they change. An import replaces the file in one step, so a file once opened stays whole. Any thread.
 */
@ApplicationScoped
public class Feeds {

    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);
    /** As {@code plimsoll feeds import} names it. */
    private static final String INDEX = "advisories.idx";

    private static final String NONE = "none";

    /**
     * An index as it was opened.
     *
     * @param mark of the file, by what the file system knows of it
     * @param name another one for other contents, the same for a copy; {@code none} where there is no index
     */
    private record Opened(String mark, String name, AdvisoryIndex index, Optional<FileChannel> channel) {}

    private final ImageScanConfig config;
    private final Clock clock;
    private Opened opened = new Opened(NONE, NONE, AdvisoryIndex.none(), Optional.empty());
    private @Nullable String refused;

    public Feeds(ImageScanConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Looks whether there are others by now. */
    public synchronized void look() {
        Optional<Path> file =
                config.feeds().map(folder -> folder.resolve(INDEX)).filter(Files::isRegularFile);
        try {
            String mark = file.isPresent() ? mark(file.get()) : NONE;
            if (!mark.equals(opened.mark()) && !mark.equals(refused)) {
                open(mark, file);
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", String.valueOf(e.getMessage())).log("feeds cannot be looked at");
        }
    }

    /** A new import is a new file. */
    private static String mark(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.lastModifiedTime().toInstant() + "-" + attributes.size();
    }

    private static String name(AdvisoryIndex index) {
        StringBuilder all = new StringBuilder();
        index.feeds()
                .forEach(feed -> all.append(feed.name())
                        .append(' ')
                        .append(feed.digest())
                        .append(' ')
                        .append(feed.importedAt())
                        .append('\n'));
        return Digest.sha256(all.toString().getBytes(StandardCharsets.UTF_8)).hex();
    }

    private void open(String mark, Optional<Path> file) throws IOException {
        Opened fresh = new Opened(mark, NONE, AdvisoryIndex.none(), Optional.empty());
        if (file.isPresent()) {
            FileChannel channel = FileChannel.open(file.get());
            try {
                AdvisoryIndex index = AdvisoryIndex.open(channel);
                index.verify();
                fresh = new Opened(mark, name(index), index, Optional.of(channel));
            } catch (MalformedIndex e) {
                channel.close();
                // What was open stays: old feeds find, and their age is told.
                refused = mark;
                LOG.atError()
                        .addKeyValue("file", file.get())
                        .addKeyValue("reason", String.valueOf(e.getMessage()))
                        .log("these feeds cannot be used, the ones before stay");
                return;
            }
        }
        Opened before = opened;
        opened = fresh;
        close(before);
        LOG.atInfo()
                .addKeyValue("feeds", fresh.name())
                .addKeyValue("advisories", fresh.index().advisories())
                .log("feeds opened");
    }

    /** What {@link #match} is done with now. */
    public synchronized String name() {
        return opened.name();
    }

    /** What was imported; empty when nothing was. */
    public synchronized List<FeedState> states() {
        return opened.index().feeds();
    }

    public synchronized long advisories() {
        return opened.index().advisories();
    }

    /** Whether anything is imported. */
    public synchronized boolean present() {
        return !opened.name().equals(NONE);
    }

    public Freshness freshness(Instant now) {
        return new Freshness(now, config.feedAgeMax(), Freshness.ENRICHMENT_AGE_MAX);
    }

    /** Something is asked of the present feeds. */
    public interface Matching<T> {
        T with(String feeds, Matcher matcher) throws IOException;
    }

    /** One after the other: an index that is replaced is closed only when nobody reads it. */
    public synchronized <T> T match(Matching<T> work) throws IOException {
        return work.with(
                opened.name(), new Matcher(opened.index(), freshness(clock.instant()), DistributionLife.builtIn()));
    }

    private static void close(Opened opened) {
        opened.channel().ifPresent(channel -> {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.atDebug().setCause(e).log("an index could not be closed");
            }
        });
    }

    @PreDestroy
    synchronized void end() {
        close(opened);
        opened = new Opened(NONE, NONE, AdvisoryIndex.none(), Optional.empty());
    }
}
