package io.plimsoll.imagescan.work;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.plimsoll.imagescan.feed.Feeds;
import io.plimsoll.imagescan.flow.ReadingQueue;
import io.plimsoll.telemetry.MetricName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Figures of the queue and the feeds, looked up by the matcher's thread, so that a scrape asks no database. */
@ApplicationScoped
public class ImageMetrics implements MeterBinder {

    /** Feeds beyond have no figure of their own. */
    private static final int FEEDS_MAX = 100;

    /** What is not there has no age; the name is shown all the same. */
    private static final MultiGauge.Row<?> NONE = MultiGauge.Row.of(Tags.of("feed", "none"), Double.NaN);

    private final Feeds feeds;
    private final ReadingQueue queue;
    private final Clock clock;
    private volatile double waiting = Double.NaN;
    private volatile double failing = Double.NaN;
    private volatile @Nullable MultiGauge ages;

    ImageMetrics(Feeds feeds, ReadingQueue queue, Clock clock) {
        this.feeds = feeds;
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(MetricName.IMAGES_WAITING, this, metrics -> metrics.waiting)
                .register(registry);
        Gauge.builder(MetricName.IMAGES_FAILING, this, metrics -> metrics.failing)
                .register(registry);
        MultiGauge gauge = MultiGauge.builder(MetricName.FEED_AGE).register(registry);
        gauge.register(List.of(NONE), true);
        ages = gauge;
    }

    /** Looks them up. */
    void look() {
        waiting = queue.waiting();
        failing = queue.failing();
        MultiGauge gauge = ages;
        if (gauge != null) {
            List<MultiGauge.Row<?>> rows = feeds.states().stream()
                    .limit(FEEDS_MAX)
                    .<MultiGauge.Row<?>>map(feed -> MultiGauge.Row.of(
                            Tags.of("feed", feed.name()),
                            () -> feed.age(clock.instant()).toSeconds()))
                    .toList();
            gauge.register(rows.isEmpty() ? List.of(NONE) : rows, true);
        }
    }
}
