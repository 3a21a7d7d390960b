package io.plimsoll.imagescan.flow;

import io.plimsoll.imagescan.feed.Feeds;
import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.match.Freshness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How old the feeds are that images are matched with. The oldest counts: an answer is as old as what it stands on. */
@ApplicationScoped
public class FeedAge {

    private final Feeds feeds;
    private final Clock clock;

    FeedAge(Feeds feeds, Clock clock) {
        this.feeds = feeds;
        this.clock = clock;
    }

    public Optional<Instant> made() {
        return feeds.states().stream()
                .map(feed -> feed.newest().orElse(feed.importedAt()))
                .min(Instant::compareTo);
    }

    public Optional<Instant> imported() {
        return feeds.states().stream().map(FeedState::importedAt).min(Instant::compareTo);
    }

    /** Of each feed, by name: how old its data are. */
    public Duration age(FeedState feed) {
        return feed.age(clock.instant());
    }

    public long advisories() {
        return feeds.advisories();
    }

    /** Hex; empty when there are none. */
    public String digest() {
        return feeds.present() ? feeds.name() : "";
    }

    /** Also when there are none at all. */
    public boolean isStale() {
        Freshness freshness = feeds.freshness(clock.instant());
        return feeds.states().isEmpty()
                || feeds.states().stream().anyMatch(feed -> freshness.of(feed) != Freshness.State.CURRENT);
    }
}
