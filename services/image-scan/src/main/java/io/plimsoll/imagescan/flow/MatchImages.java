package io.plimsoll.imagescan.flow;

import io.plimsoll.imagescan.ImageScanConfig;
import io.plimsoll.imagescan.feed.Feeds;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.kept.KeptReportReader;
import io.plimsoll.scanning.match.ImageAnswer;
import io.plimsoll.scanning.match.Matcher;
import io.plimsoll.scanning.vex.Vex;
import io.plimsoll.scanning.vex.VexImage;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Matches kept images with the present feeds: those just read, all when feeds move, each once a day besides. No image is pulled for it. */
@ApplicationScoped
public class MatchImages {

    private static final Logger LOG = LoggerFactory.getLogger(MatchImages.class);
    /** Images taken at a time; all their reports are held in memory. */
    private static final int AT_A_TIME = 40;

    private static final Duration MINE = Duration.ofMinutes(5);

    private final ReadingQueue queue;
    private final Feeds feeds;
    private final Statements statements;
    private final ImageScanConfig config;
    private final Clock clock;

    MatchImages(ReadingQueue queue, Feeds feeds, Statements statements, ImageScanConfig config, Clock clock) {
        this.queue = queue;
        this.feeds = feeds;
        this.statements = statements;
        this.config = config;
        this.clock = clock;
    }

    /** False when all that is kept was matched with the present feeds lately. */
    public boolean next() throws IOException {
        Statements.Current said = statements.current();
        return feeds.match((feed, matcher) -> {
            Instant now = clock.instant();
            String name = said.mark().isEmpty() ? feed : feed + "+" + said.mark();
            List<ReadingQueue.Unmatched> images =
                    queue.unmatched(name, now.minus(config.matchEvery()), AT_A_TIME, MINE);
            // As many at a time as there are processors; what comes out is in the order of what went in.
            List<ReadingQueue.Found> found = images.parallelStream()
                    .flatMap(image -> found(image, matcher, said.vex()).stream())
                    .toList();
            if (!found.isEmpty()) {
                queue.matched(name, now, found);
            }
            return !images.isEmpty();
        });
    }

    private static Optional<ReadingQueue.Found> found(ReadingQueue.Unmatched image, Matcher matcher, Vex vex) {
        try {
            ImageReport report = KeptReportReader.read(image.report());
            ImageAnswer answer = matcher.match(
                    report.catalogue().packages(), report.catalogue().distribution());
            VexImage named = new VexImage(
                    image.digest(), image.name(), report.catalogue().distribution());
            return Optional.of(new ReadingQueue.Found(image.digest(), Matched.of(report, vex.apply(answer, named))));
        } catch (IOException e) {
            LOG.atError().setCause(e).addKeyValue("digest", image.digest()).log("a kept image cannot be matched");
            return Optional.empty();
        }
    }
}
