package io.plimsoll.imagescan.flow;

import io.plimsoll.imagescan.ImageScanConfig;
import io.plimsoll.imagescan.feed.Feeds;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.kept.KeptReportReader;
import io.plimsoll.scanning.match.ImageAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Matches kept images with the present feeds: those just read, all when feeds move, each once a day besides. No image is pulled for it. */
@ApplicationScoped
public class MatchImages {

    private static final Logger LOG = LoggerFactory.getLogger(MatchImages.class);
    /** Images taken at a time; all their reports are held in memory. */
    private static final int AT_A_TIME = 10;

    private static final Duration MINE = Duration.ofMinutes(5);

    private final ReadingQueue queue;
    private final Feeds feeds;
    private final ImageScanConfig config;
    private final Clock clock;

    MatchImages(ReadingQueue queue, Feeds feeds, ImageScanConfig config, Clock clock) {
        this.queue = queue;
        this.feeds = feeds;
        this.config = config;
        this.clock = clock;
    }

    /** False when all that is kept was matched with the present feeds lately. */
    public boolean next() throws IOException {
        return feeds.match((name, matcher) -> {
            Instant now = clock.instant();
            List<ReadingQueue.Unmatched> images =
                    queue.unmatched(name, now.minus(config.matchEvery()), AT_A_TIME, MINE);
            for (ReadingQueue.Unmatched image : images) {
                try {
                    ImageReport report = KeptReportReader.read(image.report());
                    ImageAnswer answer = matcher.match(
                            report.catalogue().packages(), report.catalogue().distribution());
                    queue.matched(image.digest(), name, now, Matched.of(report, answer));
                } catch (IOException e) {
                    LOG.atError()
                            .setCause(e)
                            .addKeyValue("digest", image.digest())
                            .log("a kept image cannot be matched");
                }
            }
            return !images.isEmpty();
        });
    }
}
