package io.plimsoll.scanning.match;

import io.plimsoll.scanning.advisory.Ecosystem;
import io.plimsoll.scanning.advisory.FeedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the imported feeds can be asked about. Any number of threads. */
final class Coverage {
    private final List<FeedState> feeds;
    private final Freshness freshness;
    private final Map<Ecosystem, List<Gap>> known = new ConcurrentHashMap<>();

    Coverage(List<FeedState> feeds, Freshness freshness) {
        this.feeds = feeds;
        this.freshness = freshness;
    }

    /** Why an answer about this ecosystem is not whole; empty when it is. */
    List<Gap> gaps(Ecosystem ecosystem) {
        return known.computeIfAbsent(ecosystem, this::look);
    }

    private List<Gap> look(Ecosystem ecosystem) {
        List<FeedState> speaking =
                feeds.stream().filter(feed -> feed.speaksFor(ecosystem)).toList();
        if (speaking.isEmpty()) {
            return List.of(new Gap(Gap.Reason.NO_FEED, ecosystem.base()));
        }
        List<FeedState> filled =
                speaking.stream().filter(feed -> !feed.isEmpty()).toList();
        if (filled.isEmpty()) {
            return List.of(new Gap(Gap.Reason.FEED_EMPTY, speaking.getFirst().name()));
        }
        List<Gap> gaps = new ArrayList<>();
        boolean released = ecosystem.release().isEmpty()
                || filled.stream().anyMatch(feed -> feed.affected().containsKey(ecosystem.toString()));
        if (!released) {
            gaps.add(new Gap(Gap.Reason.RELEASE_NOT_IN_FEED, ecosystem.toString()));
        }
        for (FeedState feed : filled) {
            if (!feed.complete()) {
                gaps.add(new Gap(Gap.Reason.FEED_INCOMPLETE, feed.name()));
            }
        }
        // One current feed is enough: the same ecosystem may come in several.
        if (filled.stream().allMatch(feed -> feed.age(freshness.asOf()).compareTo(freshness.ageMax()) > 0)) {
            gaps.add(stale(filled.getFirst()));
        }
        return List.copyOf(gaps);
    }

    private Gap stale(FeedState feed) {
        return new Gap(
                Gap.Reason.FEED_STALE,
                feed.name() + " is " + feed.age(freshness.asOf()).toDays() + " days old");
    }

    /** Why a feed that enriches cannot be relied on; empty when it can. */
    List<Gap> gaps(FeedState.Kind kind) {
        List<FeedState> there =
                feeds.stream().filter(feed -> feed.kind() == kind).toList();
        if (there.isEmpty()) {
            return List.of(new Gap(Gap.Reason.NO_FEED, kind.slug()));
        }
        FeedState feed = there.getLast();
        if (feed.isEmpty()) {
            return List.of(new Gap(Gap.Reason.FEED_EMPTY, feed.name()));
        }
        if (!feed.complete()) {
            return List.of(new Gap(Gap.Reason.FEED_INCOMPLETE, feed.name()));
        }
        return feed.age(freshness.asOf()).compareTo(freshness.enrichmentAgeMax()) > 0
                ? List.of(stale(feed))
                : List.of();
    }
}
